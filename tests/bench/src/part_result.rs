//! Result of a part: rows compared with the budgets, and details in Markdown.

use std::path::PathBuf;

use serde::Serialize;

/// A row of the table of budgets.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    what: String,
    measured: String,
    budget: String,
    /// True when the measured value is within the budget.
    met: bool,
}

/// Result of a part.
#[derive(Debug, Serialize)]
pub(crate) struct Part {
    part: &'static str,
    rows: Vec<Row>,
    /// Markdown: method and all measured values.
    details: String,
}

impl Part {
    pub(crate) fn new(part: &'static str) -> Self {
        Self {
            part,
            rows: Vec::new(),
            details: String::new(),
        }
    }

    /// Adds a row with a budget.
    pub(crate) fn add_row(&mut self, what: &str, measured: String, budget: &str, met: bool) {
        let verdict = if met { "met" } else { "NOT met" };
        println!("  {what}: {measured} ({budget}: {verdict})");
        self.rows.push(Row {
            what: what.to_owned(),
            measured,
            budget: budget.to_owned(),
            met,
        });
    }

    /// Adds a line to the details.
    pub(crate) fn add_details(&mut self, line: &str) {
        self.details.push_str(line);
        self.details.push('\n');
    }

    /// Writes the result as JSON to `BENCH_OUT`.
    pub(crate) fn write(&self) {
        let folder = PathBuf::from(std::env::var("BENCH_OUT").unwrap_or_else(|_| ".".to_owned()));
        let file = folder.join(format!("{}.json", self.part));
        std::fs::write(file, serde_json::to_vec_pretty(self).unwrap()).unwrap();
    }
}

/// A size that an environment variable can override, to test the harness.
pub(crate) fn size(variable: &str, default: usize) -> usize {
    let from_environment = std::env::var(variable).ok();
    let overriding = from_environment.and_then(|text| text.parse().ok());
    overriding.unwrap_or(default)
}

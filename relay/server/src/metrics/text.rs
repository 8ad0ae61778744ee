//! Prometheus' text format, version 0.0.4, as far as it is used here.

use std::fmt::{Display, Write as _};

/// Page being written.
#[derive(Debug, Default)]
pub(crate) struct PrometheusText(String);

impl PrometheusText {
    /// Media type of the page.
    pub(crate) const MEDIA_TYPE: &'static str = "text/plain; version=0.0.4; charset=utf-8";

    /// Begins a family of samples.
    pub(crate) fn family(&mut self, name: &str, kind: &str, help: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    /// Writes a sample.
    pub(crate) fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        self.0.push_str(name);
        for (index, (label, text)) in labels.iter().enumerate() {
            let opening = if index == 0 { '{' } else { ',' };
            let _ = write!(self.0, "{opening}{label}=\"{}\"", escape(text));
        }
        if !labels.is_empty() {
            self.0.push('}');
        }
        let _ = writeln!(self.0, " {value}");
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_the_text_format_of_prometheus() {
        let mut text = PrometheusText::default();
        text.family("a_total", "counter", "What is counted");
        text.sample("a_total", &[], 1);
        text.sample("a_total", &[("b", "\"\\\n"), ("c", "d")], 2);
        assert_eq!(
            text.into_string(),
            "# HELP a_total What is counted\n# TYPE a_total counter\na_total 1\n\
             a_total{b=\"\\\"\\\\\\n\",c=\"d\"} 2\n"
        );
    }
}

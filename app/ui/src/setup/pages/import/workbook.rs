//! Sheets of a workbook. They are read by a web worker (`app/workbook`), which is loaded only when a workbook is
//! opened.

use serde::Deserialize;
use yobirin_domain::csv::field::KnownHeaders;
use yobirin_domain::csv::separator::HEADER_SEARCH_ROWS;

use crate::browser::worker;

/// URL of the web worker that reads workbooks.
const WORKER_URL: &str = "/setup/workbook-worker.js";

/// Sheet of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Worksheet {
    /// Name.
    pub(crate) name: String,
    /// Cells of each row.
    pub(crate) rows: Vec<Vec<String>>,
}

/// Reads a workbook; `None` when it cannot be read.
pub(super) async fn read_worksheets(bytes: &[u8]) -> Option<Vec<Worksheet>> {
    let json = worker::ask(WORKER_URL, bytes).await?;
    serde_json::from_str(&json).ok()
}

/// Index of the sheet to import: the one with the most known column titles in one of its first rows, the first of
/// several such.
pub(super) fn best_worksheet(worksheets: &[Worksheet]) -> usize {
    let known_headers = KnownHeaders::new();
    let known_count = |worksheet: &Worksheet| {
        let rows = worksheet.rows.iter().take(HEADER_SEARCH_ROWS);
        let counts = rows.map(|row| known_headers.count(row.iter().map(String::as_str)));
        counts.max().unwrap_or_default()
    };
    // Reversed, because `max_by_key` takes the last of equals.
    let indexed = worksheets.iter().enumerate().rev();
    let best = indexed.max_by_key(|(_, worksheet)| known_count(worksheet));
    best.map_or(0, |(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_with_the_most_known_titles_is_chosen() {
        let sheet = |titles: &[&str]| Worksheet {
            name: String::new(),
            rows: vec![titles.iter().map(|&title| title.to_owned()).collect()],
        };
        let cover = sheet(&["社員名簿"]);
        let list = sheet(&["氏名", "部署"]);
        let other = sheet(&["名前", "グループ"]);
        assert_eq!(best_worksheet(&[cover.clone(), list, other]), 1);
        assert_eq!(best_worksheet(&[cover.clone(), cover]), 0);
        assert_eq!(best_worksheet(&[]), 0);
    }

    #[test]
    fn the_workers_answer_is_read() {
        let json = r#"[{"name":"Sheet1","rows":[["氏名"],["佐藤"]]}]"#;
        let sheets: Vec<Worksheet> = serde_json::from_str(json).expect("sheets");
        assert_eq!(
            (sheets[0].name.as_str(), sheets[0].rows.len()),
            ("Sheet1", 2)
        );
    }
}

//! Rows of cells of a list, with the line number of each row in the file. Cells are cleaned of control characters and
//! invisible characters.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};

use super::separator::Separator;
use crate::text::{self, Lines};

/// Parsed list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// All rows that have at least one non-empty cell.
    pub rows: Vec<Row>,
    /// Line of the last row, when it contains an unclosed quotation mark, which makes the rest of the file one cell.
    pub unclosed_quote_line: Option<usize>,
    /// Separator of the cells; `None` for the sheet of a workbook.
    pub separator: Option<Separator>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// First line of the row in the file, from 1.
    pub line: usize,
    /// Unquoted cells.
    pub cells: Vec<String>,
}

impl Row {
    /// Cell of a column; `""` when the row is too short.
    #[must_use]
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// Parses CSV with the separator that [`Separator::of`] detects. Never fails: invalid quoting is parsed leniently.
#[must_use]
pub fn read(text: &str) -> Sheet {
    read_with(text, Separator::of(&without_byte_order_marks(text)))
}

/// Parses CSV with a known separator.
#[must_use]
pub fn read_with(text: &str, separator: Separator) -> Sheet {
    let text = &*without_byte_order_marks(text);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator.byte())
        .from_reader(text.as_bytes());
    let mut sheet = Sheet {
        separator: Some(separator),
        ..Sheet::default()
    };
    let mut lines = LineCounter {
        text,
        position: 0,
        line: 1,
    };
    let (mut record, mut last_start) = (StringRecord::new(), 0);
    // Cannot fail: the text is UTF-8 and rows may have any length.
    while reader.read_record(&mut record).unwrap_or(false) {
        let start = record.position().map_or(0, csv::Position::byte);
        last_start = usize::try_from(start).unwrap_or(usize::MAX);
        let line = lines.line_of(last_start);
        sheet.add_row(line, record.iter());
    }
    let last_row = text.get(last_start..).unwrap_or_default();
    let has_odd_quotes = last_row.matches('"').count() % 2 == 1;
    // A row of one line may have a single quotation mark as a character, such as the sign for inches.
    let has_lines = |row: &&Row| row.cells.iter().any(|cell| cell.contains('\n'));
    if has_odd_quotes {
        sheet.unclosed_quote_line = sheet.rows.last().filter(has_lines).map(|row| row.line);
    }
    sheet
}

/// Text without its byte order marks, which also occur inside a file, where files were joined.
fn without_byte_order_marks(text: &str) -> Cow<'_, str> {
    if text.contains('\u{feff}') {
        Cow::Owned(text.replace('\u{feff}', ""))
    } else {
        Cow::Borrowed(text)
    }
}

impl Sheet {
    /// Sheet of a workbook: all its rows from the first line.
    #[must_use]
    pub fn of_cells(rows: &[Vec<String>]) -> Self {
        let mut sheet = Self::default();
        for (line, cells) in (1..).zip(rows) {
            sheet.add_row(line, cells.iter().map(String::as_str));
        }
        sheet
    }

    /// Adds a row of cleaned cells, unless all are empty.
    fn add_row<'a>(&mut self, line: usize, cells: impl Iterator<Item = &'a str>) {
        let clean = |cell: &str| text::clean(&cell.replace("\r\n", "\n"), usize::MAX, Lines::Many);
        let cells: Vec<String> = cells.map(clean).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            self.rows.push(Row { line, cells });
        }
    }
}

/// Counts the lines up to a row. The `csv` crate may report the position of an empty line before the row.
struct LineCounter<'a> {
    text: &'a str,
    /// Position up to which lines are counted, in bytes.
    position: usize,
    /// Line of the position, from 1.
    line: usize,
}

impl LineCounter<'_> {
    /// Line of the row at a position, from 1. Empty lines between the position and the row are skipped. Positions
    /// must not decrease from call to call.
    fn line_of(&mut self, position: usize) -> usize {
        self.line += self.count_line_ends(self.position, position);
        self.position = position;
        let row = self.text.as_bytes().get(position..).unwrap_or_default();
        let line_ends = row.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        self.line + self.count_line_ends(position, position + line_ends.count())
    }

    /// Number of line ends between two positions: CRLF, LF, or the lone CR of old spreadsheets.
    fn count_line_ends(&self, from: usize, to: usize) -> usize {
        let bytes = self.text.as_bytes();
        let is_end = |&index: &usize| match bytes.get(index) {
            Some(b'\n') => true,
            Some(b'\r') => bytes.get(index + 1) != Some(&b'\n'),
            _ => false,
        };
        (from..to).filter(is_end).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
        let rows = read(text).rows.into_iter();
        rows.map(|row| (row.line, row.cells)).collect()
    }

    fn row(line: usize, cells: &[&str]) -> (usize, Vec<String>) {
        (line, cells.iter().map(|&cell| cell.to_owned()).collect())
    }

    #[test]
    fn line_numbers_count_empty_lines_and_quoted_line_breaks() {
        let text = "\u{feff}a,b\r\n\r\n\r\n1,\"x\r\ny\"\r\n,,\r\n2,\"say \"\"hi\"\"\"\r\n";
        let expected = [
            row(1, &["a", "b"]),
            row(4, &["1", "x\ny"]),
            row(7, &["2", "say \"hi\""]),
        ];
        assert_eq!(rows(text), expected);
        assert_eq!(rows(&text.replace("\r\n", "\n")), expected);
    }

    #[test]
    fn short_rows_and_a_missing_final_line_end_are_parsed() {
        assert_eq!(
            rows("a,b,c\n1\n2,3,4"),
            [
                row(1, &["a", "b", "c"]),
                row(2, &["1"]),
                row(3, &["2", "3", "4"])
            ]
        );
        assert_eq!(rows(""), []);
        assert_eq!(rows("\r\n\r\n"), []);
    }

    #[test]
    fn the_separator_is_detected_in_the_first_row() {
        assert_eq!(
            rows("a\tb,c\td\n1\t2\t3"),
            [row(1, &["a", "b,c", "d"]), row(2, &["1", "2", "3"])]
        );
        assert_eq!(rows("a;b\n1;2"), [row(1, &["a", "b"]), row(2, &["1", "2"])]);
    }

    #[test]
    fn cells_are_cleaned_and_rows_without_a_visible_character_are_dropped() {
        let text = "a,b\n\"x\u{b}y\n\u{200b}z\",\0c\u{ad}\n\u{1a}\n\u{200b},\u{feff}\n";
        assert_eq!(rows(text), [row(1, &["a", "b"]), row(2, &["x y\nz", "c"])]);
    }

    #[test]
    fn byte_order_marks_inside_a_file_do_not_hide_a_quotation_mark() {
        assert_eq!(
            rows("\u{feff}\"a\",b\n\u{feff}\"a\",b\n"),
            [row(1, &["a", "b"]), row(2, &["a", "b"])]
        );
    }

    #[test]
    fn the_sheet_of_a_workbook_keeps_its_line_numbers() {
        let cells = [
            vec!["名前".to_owned()],
            vec![],
            vec!["佐藤\u{200b}".to_owned()],
        ];
        let sheet = Sheet::of_cells(&cells);
        let lines: Vec<_> = sheet
            .rows
            .iter()
            .map(|row| (row.line, row.cell(0)))
            .collect();
        assert_eq!(
            (lines, sheet.separator),
            (vec![(1, "名前"), (3, "佐藤")], None)
        );
    }

    #[test]
    fn an_unclosed_quotation_mark_is_reported() {
        let unclosed_quote_line = |text| read(text).unclosed_quote_line;
        assert_eq!(unclosed_quote_line("a,b\n1,\"x\n2,y\n3,z\n"), Some(2));
        assert_eq!(unclosed_quote_line("a,b\n1,\"x\ny\"\n"), None);
    }
}

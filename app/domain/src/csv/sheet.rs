//! Parses CSV text to rows of cells, with the line number of each row in the file.

use csv::{ReaderBuilder, StringRecord};

/// Parsed CSV file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Rows without empty ones.
    pub rows: Vec<Row>,
    /// Line of the last row, when it contains an unclosed quotation mark, which makes the rest of the file one cell.
    pub unclosed: Option<usize>,
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

/// Parses CSV with comma, tab or semicolon, whichever is most frequent in the first row. Never fails: invalid quoting
/// is parsed leniently.
#[must_use]
pub fn read(text: &str) -> Sheet {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::default();
    let mut lines = LineCounter {
        text,
        at: 0,
        line: 1,
    };
    let (mut record, mut last) = (StringRecord::new(), 0);
    // Cannot fail: the text is UTF-8 and rows may have any length.
    while reader.read_record(&mut record).unwrap_or(false) {
        let start = record.position().map_or(0, csv::Position::byte);
        last = usize::try_from(start).unwrap_or(usize::MAX);
        let line = lines.line_of(last);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let cells = record.iter().map(|cell| cell.replace("\r\n", "\n"));
        let cells = cells.collect();
        sheet.rows.push(Row { line, cells });
    }
    let marks = text.get(last..).unwrap_or_default().matches('"').count();
    sheet.unclosed = sheet
        .rows
        .last()
        .filter(|row| marks % 2 == 1 && row.cells.iter().any(|cell| cell.contains('\n')))
        .map(|row| row.line);
    sheet
}

/// Counts lines between positions. The `csv` crate may report an empty line before the row as its position.
struct LineCounter<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl LineCounter<'_> {
    fn line_of(&mut self, position: usize) -> usize {
        self.line += self.count_line_ends(self.at, position);
        self.at = position;
        let rest = self.text.as_bytes().get(position..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        self.line + self.count_line_ends(position, position + blank.count())
    }

    /// Number of line ends between two positions: CRLF, LF, or the lone CR of old spreadsheets.
    fn count_line_ends(&self, from: usize, to: usize) -> usize {
        let bytes = self.text.as_bytes();
        let is_end = |&at: &usize| match bytes.get(at) {
            Some(b'\n') => true,
            Some(b'\r') => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        (from..to).filter(is_end).count()
    }
}

fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty());
    let first = first.unwrap_or_default();
    let (mut best, mut most) = (b',', 0);
    for candidate in [b',', b'\t', b';'] {
        let (mut quoted, mut count) = (false, 0);
        for byte in first.bytes() {
            quoted ^= byte == b'"';
            count += usize::from(!quoted && byte == candidate);
        }
        if count > most {
            (best, most) = (candidate, count);
        }
    }
    best
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
    fn an_unclosed_quotation_mark_is_reported() {
        assert_eq!(read("a,b\n1,\"x\n2,y\n3,z\n").unclosed, Some(2));
        assert_eq!(read("a,b\n1,\"x\ny\"\n").unclosed, None);
    }
}

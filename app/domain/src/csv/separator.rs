//! Separators between the cells of a list, and their detection.

use csv::{ReaderBuilder, StringRecord};
use serde::{Deserialize, Serialize};

use super::field::KnownHeaders;

/// Rows from the top among which the row of headers is searched; a report may have a preamble above it.
pub const HEADER_SEARCH_ROWS: usize = 20;

/// Character between two cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Separator {
    /// `,`
    #[default]
    Comma,
    /// A tab, as in a table copied from a spreadsheet.
    Tab,
    /// `;`
    Semicolon,
}

impl Separator {
    /// All separators in display order; a tie of the detection goes to the earlier one.
    pub const ALL: [Self; 3] = [Self::Comma, Self::Tab, Self::Semicolon];

    /// The separator as a byte.
    #[must_use]
    pub fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Tab => b'\t',
            Self::Semicolon => b';',
        }
    }

    /// Detects the separator with which one of the first rows has the most recognized headers. If several have as many,
    /// the separator with the most cells in the first row. Rows are read whole, with their quoted line breaks.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let known_headers = KnownHeaders::new();
        let (mut best, mut best_score) = (Self::default(), (0, 0));
        for separator in Self::ALL {
            let rows = first_rows(text, separator);
            let counts = rows.iter().map(|row| known_headers.count(row.iter()));
            let first_row_cells = rows.first().map_or(0, StringRecord::len);
            let score = (counts.max().unwrap_or_default(), first_row_cells);
            if score > best_score {
                (best, best_score) = (separator, score);
            }
        }
        best
    }
}

fn first_rows(text: &str, separator: Separator) -> Vec<StringRecord> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator.byte())
        .from_reader(text.as_bytes());
    let is_filled = |row: &StringRecord| row.iter().any(|cell| !cell.trim().is_empty());
    let rows = reader.records().map_while(Result::ok).filter(is_filled);
    rows.take(HEADER_SEARCH_ROWS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_with_the_most_recognized_headers_is_detected() {
        for (text, separator) in [
            ("名前,部署\n", Separator::Comma),
            ("\"氏\n名\"\tフリガナ\t識別ID\n", Separator::Tab),
            (
                "社員名簿, 全社, 2026年度\n氏名;フリガナ\n",
                Separator::Semicolon,
            ),
            ("部署;課,係;名前\n", Separator::Semicolon),
            // Without recognized headers the first row decides.
            ("a\tb,c\td\n", Separator::Tab),
            ("\"a\nb\";c\n", Separator::Semicolon),
            ("名前\n佐藤, 花子\n", Separator::Comma),
            ("", Separator::Comma),
        ] {
            assert_eq!(Separator::of(text), separator, "{text:?}");
        }
    }
}

//! Reads the visible sheets of a workbook (xlsx) as rows of cells, written as a spreadsheet writes them into CSV.
//!
//! A crate of its own, because its parser is larger than all other code that set-up's import needs: a worker
//! (`worker.js`) downloads it only when somebody opens a workbook.

use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Range, Reader, SheetVisible, Xlsx, XlsxError};
use serde::Serialize;
use thiserror::Error;
use wasm_bindgen::prelude::wasm_bindgen;

/// Maximum number of cells of a sheet. A sheet may claim a million rows without having them.
const MAX_CELLS: usize = 2_000_000;

/// Sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Worksheet {
    /// Name.
    pub name: String,
    /// Cells of each row from the first row of the sheet.
    pub rows: Vec<Vec<String>>,
}

/// Reason for which a workbook cannot be read.
#[derive(Debug, Error)]
pub enum WorkbookError {
    /// The file is damaged or needs a password.
    #[error("the workbook cannot be read: {0}")]
    Unreadable(#[from] XlsxError),
    /// A sheet has more than [`MAX_CELLS`] cells.
    #[error("a sheet has more than {MAX_CELLS} cells")]
    TooLarge,
}

/// Reads the visible sheets that have cells.
///
/// # Errors
/// The file is not a workbook, is damaged, or is too large.
pub fn read(bytes: &[u8]) -> Result<Vec<Worksheet>, WorkbookError> {
    let mut workbook = Xlsx::new(Cursor::new(bytes))?;
    let sheets = workbook.sheets_metadata().to_vec();
    let visible = sheets
        .into_iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible);
    let mut worksheets = Vec::new();
    for sheet in visible {
        let Ok(range) = workbook.worksheet_range(&sheet.name) else {
            continue; // a sheet without cells, such as a chart
        };
        if !range.is_empty() {
            let rows = rows(&range)?;
            let name = sheet.name;
            worksheets.push(Worksheet { name, rows });
        }
    }
    Ok(worksheets)
}

/// Rows of a range, with the empty rows and columns before it.
fn rows(range: &Range<Data>) -> Result<Vec<Vec<String>>, WorkbookError> {
    let (top, left) = range.start().unwrap_or_default();
    let (top, left) = (top as usize, left as usize);
    let (height, width) = (top + range.height(), left + range.width());
    if height.saturating_mul(width) > MAX_CELLS {
        return Err(WorkbookError::TooLarge);
    }
    let above = std::iter::repeat_n(Vec::new(), top);
    let cells = range.rows().map(|row| {
        let before = std::iter::repeat_n(String::new(), left);
        before.chain(row.iter().map(text)).collect()
    });
    Ok(above.chain(cells).collect())
}

/// Text of a cell.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(flag) => flag.to_string(),
        Data::DateTime(moment) => date(*moment),
    }
}

/// Date of a cell, without its time of day; a duration as the number of days that the workbook holds.
fn date(moment: ExcelDateTime) -> String {
    if moment.is_duration() {
        return moment.as_f64().to_string();
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

/// Reads a workbook for the worker: its sheets as JSON.
///
/// # Errors
/// Text of the [`WorkbookError`].
#[wasm_bindgen]
pub fn read_workbook(bytes: &[u8]) -> Result<String, String> {
    let sheets = read(bytes).map_err(|error| error.to_string())?;
    serde_json::to_string(&sheets).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &[u8] = include_bytes!("../../domain/tests/lists/list.xlsx");

    #[test]
    fn a_workbook_is_read_as_rows_of_text() {
        let sheets = read(LIST).expect("a workbook");
        let [sheet] = sheets.as_slice() else {
            panic!("{sheets:?}")
        };
        assert_eq!((sheet.name.as_str(), sheet.rows.len()), ("Sheet", 61));
        assert_eq!(sheet.rows[0], ["氏名", "フリガナ", "識別ID", "部署"]);
        assert_eq!(sheet.rows[2], ["試験 1", "シケン", "7100001", "総務"]);
    }

    #[test]
    fn cells_are_written_as_in_csv() {
        for (cell, expected) in [
            (Data::Float(7_100_001.0), "7100001"),
            (Data::Float(1.5), "1.5"),
            (Data::Bool(true), "true"),
            (Data::Empty, ""),
            (Data::DateTimeIso("2026-03-31".to_owned()), "2026-03-31"),
        ] {
            assert_eq!(text(&cell), expected);
        }
    }

    #[test]
    fn a_range_below_the_first_cell_keeps_its_place() {
        let range = Range::from_sparse(vec![calamine::Cell::new((1, 1), Data::Int(7))]);
        let expected = [vec![], vec![String::new(), "7".to_owned()]];
        assert_eq!(rows(&range).expect("a small range"), expected);
    }

    #[test]
    fn a_damaged_workbook_is_an_error() {
        for bytes in [&LIST[..LIST.len() / 2], b"PK\x03\x04xl/workbook.xml", b""] {
            assert!(read(bytes).is_err());
        }
    }
}

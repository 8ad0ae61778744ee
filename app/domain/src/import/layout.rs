//! Layout of a sheet: header row and field of each column, detected from the headers. The admin can change it.

use crate::chatwork_id;
use crate::csv::field::{Field, Kind};
use crate::csv::lookup::name_key;
use crate::csv::separator::HEADER_SEARCH_ROWS;
use crate::csv::sheet::{Row, Sheet};

/// Layout of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Kind of list.
    pub kind: Kind,
    /// Index of the header row in [`Sheet::rows`].
    pub header_row: usize,
    /// Index of the first data row in [`Sheet::rows`].
    pub first_data_row: usize,
    /// Field of each column; `None` for an ignored column.
    pub columns: Vec<Option<Field>>,
}

impl Layout {
    /// Detects kind and columns. A tie is a list of hosts.
    #[must_use]
    pub fn guess(sheet: &Sheet) -> Self {
        let hosts = Self::guess_as(Kind::Hosts, sheet);
        let groups = Self::guess_as(Kind::Groups, sheet);
        if groups.recognized_columns() > hosts.recognized_columns() {
            groups
        } else {
            hosts
        }
    }

    /// Detects the columns of a known kind of list.
    #[must_use]
    pub fn guess_as(kind: Kind, sheet: &Sheet) -> Self {
        let index = kind.header_index();
        let fields = |row: &Row| -> Vec<Option<Field>> {
            row.cells
                .iter()
                .map(|header| index.field_of(header))
                .collect()
        };
        let rows = sheet
            .rows
            .iter()
            .take(HEADER_SEARCH_ROWS)
            .map(fields)
            .enumerate();
        let count = |columns: &[Option<Field>]| columns.iter().flatten().count();
        // `max_by_key` returns the last of several maxima: in reverse order, the first row with the most recognized
        // headers.
        let best = rows.rev().max_by_key(|(_, columns)| count(columns));
        let (header_row, mut columns) = best.unwrap_or_default();
        // A field belongs to its first column.
        for column in 1..columns.len() {
            let (earlier, later) = columns.split_at_mut(column);
            if earlier.contains(&later[0]) {
                later[0] = None;
            }
        }
        let mut layout = Self {
            kind,
            header_row,
            first_data_row: header_row + 1,
            columns,
        };
        layout.first_data_row += usize::from(layout.has_keyword_row(sheet));
        layout
    }

    /// Number of recognized columns.
    #[must_use]
    pub fn recognized_columns(&self) -> usize {
        self.columns.iter().flatten().count()
    }

    /// Column of a field.
    #[must_use]
    pub fn column_of(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|found| *found == Some(field))
    }

    /// Assigns a field to a column; a column that had the field becomes ignored.
    pub fn assign(&mut self, column: usize, field: Option<Field>) {
        for other in &mut self.columns {
            if field.is_some() && *other == field {
                *other = None;
            }
        }
        if let Some(assigned) = self.columns.get_mut(column) {
            *assigned = field;
        }
    }

    /// True when there is a name column. Without one no record can be added.
    #[must_use]
    pub fn has_name(&self) -> bool {
        let is_name = |field: &Field| {
            matches!(
                field,
                Field::Name | Field::NameIn(_) | Field::FamilyName | Field::GivenName
            )
        };
        self.columns.iter().flatten().any(is_name)
    }

    /// True for the row of keywords that Chatwork's user export has below its header: only ASCII words, and no number
    /// in the account column.
    fn has_keyword_row(&self, sheet: &Sheet) -> bool {
        let (Some(account), Some(row)) = (
            self.column_of(Field::Account),
            sheet.rows.get(self.header_row + 1),
        ) else {
            return false;
        };
        let id = row.cell(account).trim();
        let is_keyword = |cell: &String| {
            let is_allowed = |c: char| {
                c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '#' | ':' | '.' | '[' | ']')
            };
            cell.trim().chars().all(is_allowed)
        };
        !id.is_empty()
            && chatwork_id::parse_account(id).is_err()
            && row.cells.iter().all(is_keyword)
    }
}

/// Header row of a sheet, as keys of its cells; empty when no header was recognized. Some programs repeat the header
/// row on each printed page.
pub(super) struct HeaderRow(Vec<String>);

impl HeaderRow {
    pub(super) fn of(sheet: &Sheet, layout: &Layout) -> Self {
        match sheet.rows.get(layout.header_row) {
            Some(header) if layout.recognized_columns() > 0 => {
                Self(header.cells.iter().map(|cell| name_key(cell)).collect())
            }
            _ => Self(Vec::new()),
        }
    }

    /// True for a row whose filled cells are the headers of their columns.
    pub(super) fn is_repeated(&self, row: &Row) -> bool {
        let mut cells = row
            .cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_empty());
        !self.0.is_empty()
            && cells.all(|(column, cell)| self.0.get(column) == Some(&name_key(cell)))
    }
}

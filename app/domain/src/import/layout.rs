//! What the columns of a sheet mean, guessed from their titles; the admin may change every guess.

use crate::chatwork_id;
use crate::csv::field::{Field, Kind};
use crate::csv::sheet::{Row, Sheet};

/// How many rows from the top may hold the titles.
const HEADER_SEARCH_ROWS: usize = 8;

/// What a sheet holds, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// People or departments.
    pub kind: Kind,
    /// Row of the titles, among [`Sheet::rows`].
    pub titles: usize,
    /// First row with somebody in it.
    pub first: usize,
    /// What each column means; `None` for one that is left alone.
    pub columns: Vec<Option<Field>>,
}

impl Layout {
    /// The best guess. People when as many titles speak for them as for departments.
    #[must_use]
    pub fn guess(sheet: &Sheet) -> Self {
        let hosts = Self::guess_as(Kind::Hosts, sheet);
        let groups = Self::guess_as(Kind::Groups, sheet);
        if groups.known() > hosts.known() {
            groups
        } else {
            hosts
        }
    }

    /// The best guess when it is known what the rows are.
    #[must_use]
    pub fn guess_as(kind: Kind, sheet: &Sheet) -> Self {
        let known = kind.header_index();
        let fields = |row: &Row| -> Vec<Option<Field>> {
            row.cells
                .iter()
                .map(|title| known.field_of(title))
                .collect()
        };
        let rows = sheet
            .rows
            .iter()
            .take(HEADER_SEARCH_ROWS)
            .map(fields)
            .enumerate();
        let count = |columns: &[Option<Field>]| columns.iter().flatten().count();
        // The first of the best.
        let best = rows.rev().max_by_key(|(_, columns)| count(columns));
        let (titles, mut columns) = best.unwrap_or_default();
        for column in 0..columns.len() {
            let (before, rest) = columns.split_at_mut(column);
            if before.contains(&rest[0]) {
                rest[0] = None;
            }
        }
        let mut layout = Self {
            kind,
            titles,
            first: titles + 1,
            columns,
        };
        layout.first += usize::from(layout.has_keyword_row(sheet));
        layout
    }

    /// How many columns are understood.
    #[must_use]
    pub fn known(&self) -> usize {
        self.columns.iter().flatten().count()
    }

    /// The column that holds a field.
    #[must_use]
    pub fn column_of(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|found| *found == Some(field))
    }

    /// Says what a column means; the column that meant it before means nothing any more.
    pub fn assign(&mut self, column: usize, field: Option<Field>) {
        for other in &mut self.columns {
            if field.is_some() && *other == field {
                *other = None;
            }
        }
        if let Some(place) = self.columns.get_mut(column) {
            *place = field;
        }
    }

    /// True when a name can be read: without one nobody can be added.
    #[must_use]
    pub fn has_name(&self) -> bool {
        let names = |field: &Field| {
            matches!(
                field,
                Field::Name | Field::NameIn(_) | Field::FamilyName | Field::GivenName
            )
        };
        self.columns.iter().flatten().any(names)
    }

    /// Chatwork's user export has processing keywords below its titles: plain words where there
    /// would be a person, and no number for an id.
    fn has_keyword_row(&self, sheet: &Sheet) -> bool {
        let (Some(account), Some(row)) = (
            self.column_of(Field::Account),
            sheet.rows.get(self.titles + 1),
        ) else {
            return false;
        };
        let id = row.cell(account).trim();
        let keyword = |cell: &String| {
            let plain = |c: char| {
                c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '#' | ':' | '.' | '[' | ']')
            };
            cell.trim().chars().all(plain)
        };
        !id.is_empty() && chatwork_id::parse_account(id).is_err() && row.cells.iter().all(keyword)
    }
}

//! Imports lists of hosts or groups: a sheet and its layout become a [`Proposal`] of changes, row by row. The caller
//! shows the proposal, lets the admin decide, and applies `Proposal::document` as one edit.
//!
//! A cell that cannot be parsed is skipped and reported with its line; the rest of the row is used. Empty cells
//! change nothing unless the admin chooses that they clear values. A cell with only `*` means “leave as it is”: it
//! never changes anything, so one value can be spared while empty cells clear.

mod groups;
mod hosts;
pub mod layout;
#[cfg(test)]
mod properties;
mod proposal;
#[cfg(test)]
mod tests;

use std::str::FromStr;

pub use self::proposal::{
    Candidate, FieldChange, Issue, IssueKind, Options, Proposal, ProposedRow, RowChoice, RowOutcome,
};
use crate::csv::field::{Field, Kind};
use crate::csv::record::RecordFormatter;
use crate::csv::sheet::{Row, Sheet};
use crate::model::settings::SettingsDocument;

use layout::{HeaderRow, Layout};

/// Maximum length of the text of an issue, in characters.
const MAX_ISSUE_TEXT_CHARS: usize = 80;

/// Import in progress. It processes some rows at a time, so that the browser can render in between.
pub struct Import {
    sheet: Sheet,
    layout: Layout,
    header_row: HeaderRow,
    context: ImportContext,
    /// Index of the next row to process.
    next_row: usize,
    pass: Pass,
    row_import: RowImport,
}

/// Pass over all rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    /// Match each row to a record and read its own values.
    Values,
    /// Resolve references to other rows.
    References,
    Done,
}

/// Import of single rows, by the kind of the list.
enum RowImport {
    Hosts(hosts::HostImport),
    Groups(groups::GroupImport),
}

impl RowImport {
    /// Matches a row to a record and reads its own values.
    fn import_row(&mut self, cells: &Cells<'_>, context: &mut ImportContext) {
        match self {
            Self::Hosts(hosts) => hosts.import_row(cells, context),
            Self::Groups(groups) => groups.import_row(cells, context),
        }
    }

    /// Resolves the references of a row to other rows.
    fn import_references(&mut self, cells: &Cells<'_>, context: &mut ImportContext) {
        match self {
            Self::Hosts(hosts) => hosts.import_references(cells, context),
            Self::Groups(groups) => groups.import_references(cells, context),
        }
    }
}

/// Record that a row was imported into.
struct ProcessedRow {
    /// Index of the host or group in the document.
    record_index: usize,
    /// Index in the proposal's rows.
    row_index: usize,
}

/// State shared by both kinds of import.
struct ImportContext {
    options: Options,
    formatter: RecordFormatter,
    proposal: Proposal,
    random: Box<dyn FnMut() -> u64>,
}

impl Import {
    /// Starts an import. `random` returns the random bits of new ids.
    pub fn new(
        document: SettingsDocument,
        sheet: Sheet,
        layout: Layout,
        options: Options,
        random: impl FnMut() -> u64 + 'static,
    ) -> Self {
        let row_import = match layout.kind {
            Kind::Hosts => RowImport::Hosts(hosts::HostImport::of(&document)),
            Kind::Groups => RowImport::Groups(groups::GroupImport::of(&document)),
        };
        let context = ImportContext {
            formatter: RecordFormatter::of(&document),
            options,
            proposal: Proposal {
                document,
                ..Proposal::default()
            },
            random: Box::new(random),
        };
        Self {
            header_row: HeaderRow::of(&sheet, &layout),
            next_row: layout.first_data_row,
            pass: Pass::Values,
            sheet,
            layout,
            context,
            row_import,
        }
    }

    /// Processes up to `max_rows` more rows. Returns false once the import is complete.
    pub fn step(&mut self, max_rows: usize) -> bool {
        let row_count = self.sheet.rows.len();
        let end = row_count.min(self.next_row.saturating_add(max_rows));
        for row in self.sheet.rows.get(self.next_row..end).unwrap_or_default() {
            if self.header_row.is_repeated(row) {
                continue;
            }
            if self.sheet.unclosed_quote_line == Some(row.line) {
                if self.pass == Pass::Values {
                    self.context.skip_unclosed(row);
                }
                continue;
            }
            let cells = Cells::of(row, &self.layout);
            match self.pass {
                Pass::Values => {
                    self.context.check_row(row, &self.layout);
                    self.row_import.import_row(&cells, &mut self.context);
                }
                Pass::References => {
                    self.row_import.import_references(&cells, &mut self.context);
                }
                Pass::Done => {}
            }
        }
        self.next_row = end;
        if end >= row_count {
            self.next_pass();
        }
        self.pass != Pass::Done
    }

    /// Progress from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f64 {
        #[allow(clippy::cast_precision_loss)]
        let part = self.next_row as f64 / self.sheet.rows.len().max(1) as f64;
        match self.pass {
            Pass::Values => part / 2.0,
            Pass::References => f64::midpoint(1.0, part),
            Pass::Done => 1.0,
        }
    }

    /// Processes all remaining rows.
    #[must_use]
    pub fn finish(mut self) -> Proposal {
        while self.step(usize::MAX) {}
        let mut proposal = self.context.proposal;
        proposal.issues.sort_by_key(|issue| issue.line);
        proposal
    }

    fn next_pass(&mut self) {
        self.next_row = self.layout.first_data_row;
        self.pass = match self.pass {
            Pass::Values => {
                // Rows may refer to records that the file adds.
                self.context.formatter = RecordFormatter::of(&self.context.proposal.document);
                Pass::References
            }
            Pass::References => {
                if let RowImport::Groups(groups) = &mut self.row_import {
                    groups.resolve_parents(&mut self.context);
                }
                Pass::Done
            }
            Pass::Done => Pass::Done,
        };
    }
}

impl ImportContext {
    /// Reports issues of the row as a whole.
    fn check_row(&mut self, row: &Row, layout: &Layout) {
        let width = layout.columns.len();
        let mut surplus = row.cells.iter().skip(width);
        if surplus.any(|cell| !cell.trim().is_empty()) {
            self.add_issue(row.line, None, "", IssueKind::TooManyCells);
        } else if row.cells.len() < width {
            self.add_issue(row.line, None, "", IssueKind::TooFewCells);
        }
        let is_undecodable = |cell: &&String| cell.contains(char::REPLACEMENT_CHARACTER);
        if let Some(cell) = row.cells.iter().find(is_undecodable) {
            self.add_issue(row.line, None, cell, IssueKind::UndecodableCharacter);
        }
    }

    /// Skips the row whose quotation mark is not closed. One of its cells holds the rest of the file, so only the
    /// first line of its first filled cell is shown as its name.
    fn skip_unclosed(&mut self, row: &Row) {
        let first_filled = row.cells.iter().find(|cell| !cell.is_empty());
        let name = first_filled
            .and_then(|cell| cell.lines().next())
            .unwrap_or_default();
        self.add_issue(row.line, None, "", IssueKind::UnclosedQuote);
        self.add_row(row.line, name, RowOutcome::Skipped);
    }

    /// Skips a row and reports the reason.
    fn skip_row(&mut self, line: usize, name: &str, reason: IssueKind) {
        self.add_issue(line, None, name, reason);
        self.add_row(line, name, RowOutcome::Skipped);
    }

    fn add_issue(&mut self, line: usize, field: Option<Field>, text: &str, kind: IssueKind) {
        self.proposal.issues.push(Issue {
            line,
            field,
            text: text.chars().take(MAX_ISSUE_TEXT_CHARS).collect(),
            kind,
        });
    }

    /// Adds a row to the proposal and returns its index there.
    fn add_row(&mut self, line: usize, name: impl Into<String>, outcome: RowOutcome) -> usize {
        let name = name.into();
        self.proposal.rows.push(ProposedRow {
            line,
            name,
            outcome,
        });
        self.proposal.rows.len() - 1
    }
}

/// Cells of one row by field.
struct Cells<'a> {
    line: usize,
    row: &'a Row,
    layout: &'a Layout,
}

impl<'a> Cells<'a> {
    fn of(row: &'a Row, layout: &'a Layout) -> Self {
        let line = row.line;
        Self { line, row, layout }
    }

    /// Cell of a field; `None` when the sheet has no column for it.
    fn get(&self, field: Field) -> Option<&'a str> {
        let column = self.layout.column_of(field)?;
        Some(crate::csv::cell::unescape(self.row.cell(column)))
    }

    /// Cell of a field; `""` when the sheet has no column for it.
    fn text(&self, field: Field) -> &'a str {
        self.get(field).unwrap_or_default()
    }

    /// Cell of a field, if it changes the value. Empty cells do so only with `clear_empty`.
    fn new_value(&self, field: Field, clear_empty: bool) -> Option<&'a str> {
        let text = self.get(field)?;
        let is_change = text != "*" && (clear_empty || !text.is_empty());
        is_change.then_some(text)
    }

    /// Id of the host or group that the row states, if it is valid. Reports an invalid one.
    fn id<T: FromStr>(&self, context: &mut ImportContext) -> Option<T> {
        let text = self.text(Field::Id);
        if text.is_empty() {
            return None;
        }
        let id = text.parse().ok();
        if id.is_none() {
            context.add_issue(self.line, Some(Field::Id), text, IssueKind::InvalidId);
        }
        id
    }
}

/// Cleans a cell with a name to one line without control characters, which spreadsheets allow in cells, and to the
/// spelling that visitors read ([`crate::text::clean_name`]).
fn one_line(text: &str) -> String {
    crate::text::clean_name(text)
}

//! Options of an import, and the proposal it results in.

use std::collections::BTreeMap;

use crate::chatwork_id::ParseIdError;
use crate::csv::field::Field;
use crate::model::date::Date;
use crate::model::settings::SettingsDocument;

/// Options chosen by the admin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// True when unknown groups that a list of hosts names are created.
    pub create_groups: bool,
    /// True when empty cells clear existing values.
    pub clear_empty: bool,
    /// Decisions on rows, by line.
    pub choices: BTreeMap<usize, RowChoice>,
    /// The current day, which decides whether an employee has left; `None` takes every day of leaving for past.
    pub today: Option<Date>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            create_groups: true,
            clear_empty: false,
            choices: BTreeMap::new(),
            today: None,
        }
    }
}

/// Decision on a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowChoice {
    /// The row is the existing record with this id.
    Existing(String),
    /// The row is a new record.
    New,
    /// The row is skipped.
    Skip,
}

/// Result of an import before it is applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// Document with all changes.
    pub document: SettingsDocument,
    /// Outcome of each row, in file order.
    pub rows: Vec<ProposedRow>,
    /// Issues in file order.
    pub issues: Vec<Issue>,
    /// Paths of the groups created for hosts.
    pub new_groups: Vec<String>,
}

/// One row with its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedRow {
    /// Line in the file, from 1.
    pub line: usize,
    /// Name of the host or group.
    pub name: String,
    /// Outcome of the row.
    pub outcome: RowOutcome,
}

/// Outcome of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowOutcome {
    /// The record exists already and does not change.
    Unchanged,
    /// A record is added, with these values.
    Added(Vec<FieldChange>),
    /// An existing record changes.
    Changed(Vec<FieldChange>),
    /// Several records match, or a new one is possible: the admin has to choose.
    Ambiguous(Vec<Candidate>),
    /// The row is skipped, by choice or because of an issue.
    Skipped,
}

impl RowOutcome {
    /// Outcome of a row for a new record, or for an existing one with these changes.
    pub(super) fn of(is_new: bool, changes: Vec<FieldChange>) -> Self {
        if is_new {
            Self::Added(changes)
        } else if changes.is_empty() {
            Self::Unchanged
        } else {
            Self::Changed(changes)
        }
    }
}

/// One changed field, with its values as cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Field.
    pub field: Field,
    /// Cell before.
    pub before: String,
    /// Cell after.
    pub after: String,
}

/// Existing record that a row may match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Id of the record.
    pub id: String,
    /// Name of the record.
    pub name: String,
    /// Distinguishing details: groups and account of a host, path of a group.
    pub note: String,
}

/// Issue of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Line in the file, from 1.
    pub line: usize,
    /// Field of the cell; `None` for the whole row.
    pub field: Option<Field>,
    /// Text of the cell, truncated.
    pub text: String,
    /// Kind of issue.
    pub kind: IssueKind,
}

/// Kind of issue. Unless stated otherwise the cell is skipped and the rest of the row is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssueKind {
    /// The name is missing; the row is skipped.
    MissingName,
    /// The text has more characters than allowed.
    TooLong {
        /// Maximum number of characters.
        max: usize,
    },
    /// The list has more entries than allowed.
    TooMany {
        /// Maximum number of entries.
        max: usize,
    },
    /// The id has not the form of a host's or group's id.
    InvalidId,
    /// The cell is not a Chatwork account id, for this reason.
    InvalidAccount(ParseIdError),
    /// The cell is not a Chatwork room id, for this reason.
    InvalidRoom(ParseIdError),
    /// The cell is not a date.
    InvalidDate,
    /// The cell is neither yes nor no.
    InvalidFlag,
    /// The cell is not an integer.
    InvalidNumber,
    /// The group does not exist and is not created.
    UnknownGroup,
    /// Several groups have this name.
    AmbiguousGroup,
    /// A slash may stand between two groups or in the path of one, and only some of these groups exist.
    AmbiguousPath,
    /// The host does not exist.
    UnknownHost,
    /// Several hosts have this name.
    AmbiguousHost,
    /// Another host has this account.
    AccountTaken,
    /// The row matches the same record as an earlier row; it is skipped.
    DuplicateRow {
        /// Line of the earlier row.
        line: usize,
    },
    /// A new host has the same name as a new host on an earlier line; both are added.
    DuplicateName {
        /// Line of the earlier row.
        line: usize,
    },
    /// The group would be its own ancestor; its parent is removed.
    ParentCycle,
    /// A character could not be decoded in the chosen encoding.
    UndecodableCharacter,
    /// The row has fewer cells than the header.
    TooFewCells,
    /// The row has more non-empty cells than the header, perhaps because of an unquoted comma.
    TooManyCells,
    /// A quotation mark is not closed, so the rest of the file is one cell; the row is skipped.
    UnclosedQuote,
    /// The employee has left the company; the row is skipped.
    HostHasLeft,
    /// The employee leaves on a day that is not over; the row is used as if the cell were empty.
    LeavesLater,
    /// The row is an example of our template; it is skipped.
    ExampleRow,
}

impl ProposedRow {
    /// Adds a changed field. Only rows with a record have fields.
    pub(super) fn change(&mut self, field: Field, before: String, after: String) {
        let change = FieldChange {
            field,
            before,
            after,
        };
        match &mut self.outcome {
            RowOutcome::Added(changes) | RowOutcome::Changed(changes) => changes.push(change),
            RowOutcome::Unchanged => self.outcome = RowOutcome::Changed(vec![change]),
            RowOutcome::Ambiguous(_) | RowOutcome::Skipped => {}
        }
    }
}

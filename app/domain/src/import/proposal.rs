//! What the admin wants, and what would come of it.

use std::collections::BTreeMap;

use crate::chatwork_id::ParseIdError;
use crate::csv::field::Field;
use crate::model::settings::SettingsDocument;

/// How the admin wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Groups that a list names and nobody knows are made.
    pub create_groups: bool,
    /// Empty cells clear what is there.
    pub clear_empty: bool,
    /// Decisions about rows, by line.
    pub choices: BTreeMap<usize, Choice>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            create_groups: true,
            clear_empty: false,
            choices: BTreeMap::new(),
        }
    }
}

/// What the admin decided about a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// It is this entry, by its id.
    Existing(String),
    /// It is new.
    New,
    /// It is left out.
    Skip,
}

/// What would happen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// The document with every change.
    pub document: SettingsDocument,
    /// Each row, in the order of the file.
    pub rows: Vec<ProposedRow>,
    /// What is wrong, in the order of the file.
    pub issues: Vec<Issue>,
    /// Paths of the groups that are made for hosts.
    pub new_groups: Vec<String>,
}

/// What would happen to one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedRow {
    /// ProposedRow of the file.
    pub line: usize,
    /// Whom or what the row is about.
    pub name: String,
    /// What would happen.
    pub outcome: RowOutcome,
}

/// What would happen to a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowOutcome {
    /// Nothing: it is here already.
    Unchanged,
    /// It is added, with these values.
    Added(Vec<FieldChange>),
    /// An entry changes.
    Changed(Vec<FieldChange>),
    /// It may be one of several entries, or somebody new: the admin has to choose.
    Ambiguous(Vec<Candidate>),
    /// It is left out, by choice or because of a issue.
    Skipped,
}

/// One field that changes, as cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Which.
    pub field: Field,
    /// What was there.
    pub before: String,
    /// What will be.
    pub after: String,
}

/// An entry that a row may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What tells it from others: groups and account of a host, path of a group.
    pub note: String,
}

/// Something wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// ProposedRow of the file.
    pub line: usize,
    /// The column, when it is one cell.
    pub field: Option<Field>,
    /// What the cell says.
    pub text: String,
    /// What is wrong.
    pub kind: IssueKind,
}

/// What can be wrong with a row. Unless said otherwise the cell is left out and the row counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssueKind {
    /// No name: the row is left out.
    MissingName,
    /// More characters than a field holds.
    TooLong {
        /// Largest number of characters.
        max: usize,
    },
    /// More entries than a list holds.
    TooMany {
        /// Largest number of entries.
        max: usize,
    },
    /// No id of ours.
    InvalidId,
    /// No account id, and why.
    InvalidAccount(ParseIdError),
    /// No room id, and why.
    InvalidRoom(ParseIdError),
    /// No day.
    InvalidDate,
    /// Neither yes nor no.
    InvalidFlag,
    /// No whole number.
    InvalidNumber,
    /// There is no such group, or none that could be made.
    UnknownGroup,
    /// Several groups are called that.
    AmbiguousGroup,
    /// There is no such host.
    UnknownHost,
    /// Several hosts are called that.
    AmbiguousHost,
    /// Somebody else has this account.
    AccountTaken,
    /// The row means the same entry as an earlier one: it is left out.
    DuplicateRow {
        /// ProposedRow of the earlier one.
        line: usize,
    },
    /// Somebody new has the same name as on an earlier line; both are taken.
    DuplicateName {
        /// ProposedRow of the earlier one.
        line: usize,
    },
    /// A group would be above itself.
    ParentCycle,
    /// Characters that the chosen encoding does not know.
    UndecodableCharacter,
    /// Fewer cells than titles.
    TooFewCells,
    /// More filled cells than titles: perhaps a comma outside quotation marks.
    TooManyCells,
    /// A quotation mark that is never closed swallows the rest of the file.
    UnclosedQuote,
    /// The person has left: the row is left out.
    HostHasLeft,
}

impl ProposedRow {
    /// Notes one more change.
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

//! Checks of lists of ids: every id exists, and none occurs twice.

use std::collections::BTreeSet;
use std::fmt::Display;

use super::{Problems, ValidationError};

/// Existing ids of one kind.
pub(super) type KnownIds<'a, Id> = BTreeSet<&'a Id>;

/// Reports repeated entries at their second position.
pub(super) fn check_unique<T: Ord + Display>(path: &str, list: &[T], problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    for (i, entry) in list.iter().enumerate() {
        if !seen.insert(entry) {
            let id = entry.to_string();
            problems.add(format!("{path}[{i}]"), ValidationError::ListedTwice { id });
        }
    }
}

/// Reports unknown and repeated ids. `unknown` makes the error of an unknown id.
pub(super) fn check_references<Id: Ord + Display>(
    path: &str,
    list: &[Id],
    known: &KnownIds<'_, Id>,
    unknown: impl Fn(String) -> ValidationError,
    problems: &mut Problems,
) {
    for (i, id) in list.iter().enumerate() {
        if !known.contains(id) {
            problems.add(format!("{path}[{i}]"), unknown(id.to_string()));
        }
    }
    check_unique(path, list, problems);
}

/// Reports duplicate ids and returns all ids.
pub(super) fn check_ids<'a, Id: Ord + Display>(
    records: impl Iterator<Item = (String, &'a Id)>,
    problems: &mut Problems,
) -> KnownIds<'a, Id> {
    let mut known = KnownIds::new();
    for (path, id) in records {
        if !known.insert(id) {
            let id = id.to_string();
            problems.add(format!("{path}.id"), ValidationError::DuplicateId { id });
        }
    }
    known
}

/// Error for an unknown host id.
pub(super) fn unknown_host(id: String) -> ValidationError {
    ValidationError::UnknownHost { id }
}

/// Error for an unknown group id.
pub(super) fn unknown_group(id: String) -> ValidationError {
    ValidationError::UnknownGroup { id }
}

//! Lists of ids: each must lead somewhere, none may stand twice.

use std::collections::BTreeSet;
use std::fmt::Display;

use super::{Problems, ValidationError};

/// Ids of one kind that exist in a document.
pub(super) type KnownIds<'a, Id> = BTreeSet<&'a Id>;

/// Names what is listed more than once, at its second place.
pub(super) fn check_unique<T: Ord + Display>(path: &str, list: &[T], problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    for (i, entry) in list.iter().enumerate() {
        if !seen.insert(entry) {
            let id = entry.to_string();
            problems.add(format!("{path}[{i}]"), ValidationError::ListedTwice { id });
        }
    }
}

/// Names ids that lead nowhere and ids that are listed more than once.
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

/// Names ids that an earlier entry has already, and returns them all.
pub(super) fn check_ids<'a, Id: Ord + Display>(
    places: impl Iterator<Item = (String, &'a Id)>,
    problems: &mut Problems,
) -> KnownIds<'a, Id> {
    let mut known = KnownIds::new();
    for (path, id) in places {
        if !known.insert(id) {
            let id = id.to_string();
            problems.add(format!("{path}.id"), ValidationError::DuplicateId { id });
        }
    }
    known
}

/// The fault of a host id that leads nowhere.
pub(super) fn unknown_host(id: String) -> ValidationError {
    ValidationError::UnknownHost { id }
}

/// The fault of a group id that leads nowhere.
pub(super) fn unknown_group(id: String) -> ValidationError {
    ValidationError::UnknownGroup { id }
}

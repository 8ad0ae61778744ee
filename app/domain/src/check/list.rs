//! Lists of ids: each must lead somewhere, none may stand twice.

use std::collections::BTreeSet;
use std::fmt::Display;

use super::{Fault, Problems};

/// Ids of one kind that exist in a document.
pub(super) type Known<'a, Id> = BTreeSet<&'a Id>;

/// Names what is listed more than once, at its second place.
pub(super) fn twice<T: Ord + Display>(path: &str, list: &[T], problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    for (i, entry) in list.iter().enumerate() {
        if !seen.insert(entry) {
            let id = entry.to_string();
            problems.add(format!("{path}[{i}]"), Fault::ListedTwice { id });
        }
    }
}

/// Names ids that lead nowhere and ids that are listed more than once.
pub(super) fn references<Id: Ord + Display>(
    path: &str,
    list: &[Id],
    known: &Known<'_, Id>,
    unknown: impl Fn(String) -> Fault,
    problems: &mut Problems,
) {
    for (i, id) in list.iter().enumerate() {
        if !known.contains(id) {
            problems.add(format!("{path}[{i}]"), unknown(id.to_string()));
        }
    }
    twice(path, list, problems);
}

/// Names ids that an earlier entry has already, and returns them all.
pub(super) fn ids<'a, Id: Ord + Display>(
    places: impl Iterator<Item = (String, &'a Id)>,
    problems: &mut Problems,
) -> Known<'a, Id> {
    let mut known = Known::new();
    for (path, id) in places {
        if !known.insert(id) {
            let id = id.to_string();
            problems.add(format!("{path}.id"), Fault::DuplicateId { id });
        }
    }
    known
}

/// The fault of a host id that leads nowhere.
pub(super) fn unknown_host(id: String) -> Fault {
    Fault::UnknownHost { id }
}

/// The fault of a group id that leads nowhere.
pub(super) fn unknown_group(id: String) -> Fault {
    Fault::UnknownGroup { id }
}

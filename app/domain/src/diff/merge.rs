//! Three-way merge of a settings document that two admins edited. Changes of one side are applied; a field that
//! both sides changed differently is a conflict, which the admin resolves.

use super::FieldPath;
use super::patch::Patch;
use super::resolve::{Conflict, Side};
use crate::model::settings::SettingsDocument;

/// The outcome of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Merged document.
    pub document: SettingsDocument,
    /// Conflicts without a decision; the document has the value of `mine`.
    pub conflicts: Vec<Conflict>,
}

/// Merges `mine` and `theirs`, both based on `base`. `decided` returns the admin's decision on a conflict, if there
/// is one.
#[must_use]
pub fn merge(
    base: &SettingsDocument,
    mine: &SettingsDocument,
    theirs: &SettingsDocument,
    decided: impl Fn(&FieldPath) -> Option<Side>,
) -> Merged {
    let mut document = theirs.clone();
    let mut conflicts = Vec::new();
    Patch::between(base, mine).apply_with(&mut document, &mut |conflict| {
        decided(&conflict.field).unwrap_or_else(|| {
            conflicts.push(conflict);
            Side::Mine
        })
    });
    Merged {
        document,
        conflicts,
    }
}

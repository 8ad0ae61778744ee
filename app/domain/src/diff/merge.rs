//! Two people edited the same document: field by field, whose change stands. What only one side
//! touched is taken over; what both changed differently is a clash, and people decide.

use super::FieldPath;
use super::patch::Patch;
use super::resolve::{Conflict, Side};
use crate::model::settings::SettingsDocument;

/// The outcome of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The document.
    pub document: SettingsDocument,
    /// What both sides changed and nobody has decided yet; ours stands meanwhile.
    pub conflicts: Vec<Conflict>,
}

/// Merges `mine` and `theirs`, both made from `base`. `decided` knows the clashes that people have
/// decided on.
#[must_use]
pub fn merge(
    base: &SettingsDocument,
    mine: &SettingsDocument,
    theirs: &SettingsDocument,
    decided: impl Fn(&FieldPath) -> Option<Side>,
) -> Merged {
    let mut document = theirs.clone();
    let mut clashes = Vec::new();
    Patch::between(base, mine).apply_with(&mut document, &mut |clash| {
        decided(&clash.field).unwrap_or_else(|| {
            clashes.push(clash);
            Side::Mine
        })
    });
    Merged {
        document,
        conflicts: clashes,
    }
}

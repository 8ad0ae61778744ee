//! Unsaved changes as the browser stores them, so that a reload, a crash or a closed tab loses
//! nothing.

use serde::{Deserialize, Serialize};
use yobirin_domain::diff::Patch;

/// Age up to which stored changes are offered, in milliseconds: two weeks.
const MAX_AGE_MS: u64 = 14 * 24 * 60 * 60 * 1000;

/// Unsaved changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::setup) struct AutosavedDraft {
    /// Time of the last change, in milliseconds since 1970.
    pub(in crate::setup) at: u64,
    /// The changes.
    pub(in crate::setup) patch: Patch,
}

impl AutosavedDraft {
    /// True while the changes are recent enough to be offered.
    pub(in crate::setup) fn is_recent(&self, now: u64) -> bool {
        now.saturating_sub(self.at) < MAX_AGE_MS
    }
}

//! Secrets that the relay gives out once: an enrolment under way, and recovery codes.

use leptos::prelude::*;
use yobirin_api::account::Enrolment;

/// What the relay told once and will not tell again. It outlives the page, so that a change of
/// language or a look at another page loses nothing.
#[derive(Clone, Copy)]
pub(crate) struct PendingSecrets {
    /// A second step that waits for its first code.
    pub(crate) enrolment: RwSignal<Option<Enrolment>>,
    /// Recovery codes that were not put away yet.
    pub(crate) codes: RwSignal<Option<Vec<String>>>,
}

impl PendingSecrets {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self {
            enrolment: RwSignal::new(None),
            codes: RwSignal::new(None),
        }
    }

    /// Forgets all of it: whoever comes next is somebody else.
    pub(crate) fn clear(self) {
        self.enrolment.set(None);
        self.codes.set(None);
    }

    /// True while recovery codes are shown.
    pub(crate) fn has_codes(self) -> bool {
        self.codes.with(Option::is_some)
    }

    /// True while recovery codes would be lost by leaving.
    pub(crate) fn has_codes_untracked(self) -> bool {
        self.codes.with_untracked(Option::is_some)
    }
}

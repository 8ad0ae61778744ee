//! Secrets that the relay gives out only once: an enrolment in the second factor, and recovery codes.

use leptos::prelude::*;
use yobirin_api::account::Enrolment;

/// Secrets that the relay gives out only once. They are kept when another page or language is chosen.
#[derive(Clone, Copy)]
pub(crate) struct PendingSecrets {
    /// Enrolment that waits for its first code.
    pub(crate) enrolment: RwSignal<Option<Enrolment>>,
    /// Recovery codes that are not confirmed as saved.
    pub(crate) codes: RwSignal<Option<Vec<String>>>,
}

impl PendingSecrets {
    /// Creates a state without secrets.
    pub(crate) fn new() -> Self {
        Self {
            enrolment: RwSignal::new(None),
            codes: RwSignal::new(None),
        }
    }

    /// Clears all secrets.
    pub(crate) fn clear(self) {
        self.enrolment.set(None);
        self.codes.set(None);
    }

    /// True while recovery codes are not confirmed as saved, so that leaving the page would lose them.
    pub(crate) fn has_codes(self) -> bool {
        self.codes.with(Option::is_some)
    }

    /// As [`Self::has_codes`], without tracking.
    pub(crate) fn has_codes_untracked(self) -> bool {
        self.codes.with_untracked(Option::is_some)
    }
}

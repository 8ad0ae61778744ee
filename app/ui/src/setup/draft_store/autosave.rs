//! Autosave: unsaved changes are written to the browser's storage while they are made, and offered again
//! when set-up is next opened. Each tab has a storage key of its own.

use leptos::prelude::*;

use crate::browser::{clock, random, storage, window_events};

use super::DraftStore;
use crate::setup::draft::autosaved::AutosavedDraft;

/// Prefix of the tabs' storage keys.
const KEY_PREFIX: &str = "yobirin.setup.draft.";
/// Delay from the last change until it is written, in milliseconds.
const WRITE_DELAY_MS: u64 = 250;

/// Unsaved changes of an earlier visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RecoverableDraft {
    /// Storage key.
    key: String,
    /// The changes.
    pub(crate) draft: AutosavedDraft,
}

/// Copies unsaved changes to local storage, and finds unsaved changes of earlier visits.
#[derive(Clone, Copy)]
pub(crate) struct Autosave {
    /// Storage key of this tab; empty before the autosave is started and after it is stopped.
    key: StoredValue<String>,
    /// Drafts of earlier visits, newest first.
    recoverable: RwSignal<Vec<RecoverableDraft>>,
    /// False when storage is blocked or full.
    is_available: RwSignal<bool>,
}

impl Autosave {
    pub(crate) fn new() -> Self {
        Self {
            key: StoredValue::new(String::new()),
            recoverable: RwSignal::new(Vec::new()),
            is_available: RwSignal::new(true),
        }
    }

    /// The newest draft that can be restored.
    pub(crate) fn next_recoverable(self) -> Option<RecoverableDraft> {
        self.recoverable.with(|drafts| drafts.first().cloned())
    }

    /// False when this browser cannot store unsaved changes.
    pub(crate) fn is_available(self) -> bool {
        self.is_available.get()
    }

    /// Deletes the changes of an earlier visit, which are not offered any more.
    fn delete(self, key: &str) {
        storage::remove(key);
        self.recoverable
            .update(|drafts| drafts.retain(|draft| draft.key != key));
    }
}

impl DraftStore {
    /// Writes changes as they are made, for the life of the page.
    pub(crate) fn start_autosave(self) {
        self.autosave
            .key
            .set_value(format!("{KEY_PREFIX}{}", random::tab_id()));
        let pending_write = StoredValue::new(None::<TimeoutHandle>);
        Effect::new(move |_| {
            self.draft.track();
            if let Some(earlier) = pending_write.try_update_value(Option::take).flatten() {
                earlier.clear();
            }
            let delay = std::time::Duration::from_millis(WRITE_DELAY_MS);
            let handle = set_timeout_with_handle(move || self.autosave_now(), delay);
            pending_write.set_value(handle.ok());
        });
        window_events::listen("pagehide", move || self.autosave_now());
    }

    /// Writes the unsaved changes; removes the written ones when there are none.
    pub(crate) fn autosave_now(self) {
        let key = self.autosave.key.try_get_value();
        let Some(key) = key.filter(|key| !key.is_empty()) else {
            return;
        };
        let changes = self
            .draft
            .try_with_untracked(|draft| draft.autosaved(clock::now()));
        let is_written = match changes.flatten() {
            Some(changes) => storage::set(&key, &changes),
            None => {
                storage::remove(&key);
                true
            }
        };
        if self.autosave.is_available.try_get_untracked() != Some(is_written) {
            self.autosave.is_available.set(is_written);
        }
    }

    /// Deletes the unsaved changes of every visit of this browser, and stops the autosave.
    pub(crate) fn delete_autosaved(self) {
        self.autosave.key.set_value(String::new());
        self.autosave.recoverable.set(Vec::new());
        for key in storage::keys(KEY_PREFIX) {
            storage::remove(&key);
        }
    }

    /// Collects the unsaved changes of earlier visits. Deletes changes that are old, or that were saved later.
    pub(crate) fn find_recoverable(self) {
        let now = clock::now();
        let own_key = self.autosave.key.get_value();
        let mut recoverable = Vec::new();
        for key in storage::keys(KEY_PREFIX) {
            if key == own_key {
                continue;
            }
            let stored: Option<AutosavedDraft> = storage::get(&key);
            let unsaved = stored.filter(|changes| {
                // Changes that were saved later leave the draft as it is.
                let mut draft = self.draft.get_untracked();
                draft.apply_autosaved(changes, now);
                changes.is_recent(now) && draft.is_dirty()
            });
            match unsaved {
                Some(draft) => recoverable.push(RecoverableDraft { key, draft }),
                None => storage::remove(&key),
            }
        }
        recoverable.sort_by_key(|recoverable| std::cmp::Reverse(recoverable.draft.at));
        self.autosave.recoverable.set(recoverable);
    }

    /// Applies the changes of an earlier visit to the draft.
    pub(crate) fn restore(self, recoverable: &RecoverableDraft) {
        self.draft
            .update(|draft| draft.apply_autosaved(&recoverable.draft, clock::now()));
        self.on_edited();
        self.autosave_now();
        self.autosave.delete(&recoverable.key);
    }

    /// Deletes the changes of an earlier visit.
    pub(crate) fn discard_recoverable(self, recoverable: &RecoverableDraft) {
        self.autosave.delete(&recoverable.key);
    }
}

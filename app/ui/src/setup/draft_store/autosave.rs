//! Unsaved changes are kept in the browser while they are made, and offered back when set-up is
//! opened again. Each tab keeps its own.

use leptos::prelude::*;

use crate::browser::{clock, random, storage, window_events};

use super::DraftStore;
use crate::setup::draft::autosaved::AutosavedDraft;

/// Keys under which tabs keep their changes begin with this.
const KEY_PREFIX: &str = "yobirin.setup.draft.";
/// How long after a change it is written, in milliseconds.
const WRITE_DELAY_MS: u64 = 250;

/// Changes that an earlier visit of this browser left unsaved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RecoverableDraft {
    /// Where they are kept.
    key: String,
    /// The changes.
    pub(crate) draft: AutosavedDraft,
}

/// What this browser keeps.
#[derive(Clone, Copy)]
pub(crate) struct Autosave {
    key: StoredValue<String>,
    /// The newest first.
    recoverable: RwSignal<Vec<RecoverableDraft>>,
    /// False when storage is blocked or full.
    available: RwSignal<bool>,
}

impl Autosave {
    pub(crate) fn new() -> Self {
        Self {
            key: StoredValue::new(String::new()),
            recoverable: RwSignal::new(Vec::new()),
            available: RwSignal::new(true),
        }
    }

    /// The changes that are offered back next.
    pub(crate) fn next_recoverable(self) -> Option<RecoverableDraft> {
        self.recoverable.with(|offers| offers.first().cloned())
    }

    /// False when this browser cannot keep what is unsaved.
    pub(crate) fn is_available(self) -> bool {
        self.available.get()
    }

    fn delete(self, key: &str) {
        storage::remove(key);
        self.recoverable
            .update(|offers| offers.retain(|offer| offer.key != key));
    }
}

impl DraftStore {
    /// Writes changes down as they are made, for the life of the page.
    pub(crate) fn start_autosave(self) {
        self.autosave
            .key
            .set_value(format!("{KEY_PREFIX}{}", random::tab()));
        let settling = StoredValue::new(None::<TimeoutHandle>);
        Effect::new(move |_| {
            self.draft.track();
            if let Some(earlier) = settling.try_update_value(Option::take).flatten() {
                earlier.clear();
            }
            let soon = std::time::Duration::from_millis(WRITE_DELAY_MS);
            let handle = set_timeout_with_handle(move || self.autosave_now(), soon);
            settling.set_value(handle.ok());
        });
        window_events::forever("pagehide", move || self.autosave_now());
    }

    pub(crate) fn autosave_now(self) {
        let Some(key) = self
            .autosave
            .key
            .try_get_value()
            .filter(|key| !key.is_empty())
        else {
            return;
        };
        let kept = self
            .draft
            .try_with_untracked(|draft| draft.autosaved(clock::now()));
        let works = match kept.flatten() {
            Some(kept) => storage::set(&key, &kept),
            None => {
                storage::remove(&key);
                true
            }
        };
        if self.autosave.available.try_get_untracked() != Some(works) {
            self.autosave.available.set(works);
        }
    }

    /// Forgets what every visit of this browser left unsaved, and writes nothing down any more.
    pub(crate) fn delete_autosaved(self) {
        self.autosave.key.set_value(String::new());
        self.autosave.recoverable.set(Vec::new());
        for key in storage::keys(KEY_PREFIX) {
            storage::remove(&key);
        }
    }

    /// Looks for what earlier visits left unsaved. What has been saved after all, or is old, is
    /// forgotten.
    pub(crate) fn find_recoverable(self) {
        let now = clock::now();
        let own = self.autosave.key.get_value();
        let mut offers = Vec::new();
        for key in storage::keys(KEY_PREFIX) {
            if key == own {
                continue;
            }
            let kept: Option<AutosavedDraft> = storage::get(&key);
            let news = kept.filter(|kept| {
                let mut draft = self.draft.get_untracked();
                draft.apply_autosaved(kept, now);
                kept.is_recent(now) && draft.is_dirty()
            });
            match news {
                Some(kept) => offers.push(RecoverableDraft { key, draft: kept }),
                None => storage::remove(&key),
            }
        }
        offers.sort_by_key(|offer| std::cmp::Reverse(offer.draft.at));
        self.autosave.recoverable.set(offers);
    }

    /// Takes kept changes up again.
    pub(crate) fn restore(self, offer: &RecoverableDraft) {
        self.draft
            .update(|draft| draft.apply_autosaved(&offer.draft, clock::now()));
        self.on_edited();
        self.autosave_now();
        self.autosave.delete(&offer.key);
    }

    /// Gives kept changes up for good.
    pub(crate) fn discard_recoverable(self, offer: &RecoverableDraft) {
        self.autosave.delete(&offer.key);
    }
}

//! Unsaved changes are kept in the browser while they are made, and offered back when set-up is
//! opened again. Each tab keeps its own.

use leptos::prelude::*;

use crate::browser::{clock, random, storage, window_events};

use super::DraftStore;
use crate::setup::draft::autosaved::AutosavedDraft;

/// Keys under which tabs keep their changes begin with this.
const PREFIX: &str = "yobirin.setup.draft.";
/// How long after a change it is written, in milliseconds.
const SETTLE: u64 = 250;

/// Changes that an earlier visit of this browser left unsaved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RecoverableDraft {
    /// Where they are kept.
    key: String,
    /// The changes.
    pub(crate) kept: AutosavedDraft,
}

/// What this browser keeps.
#[derive(Clone, Copy)]
pub(crate) struct Autosave {
    key: StoredValue<String>,
    /// The newest first.
    offers: RwSignal<Vec<RecoverableDraft>>,
    /// False when storage is blocked or full.
    works: RwSignal<bool>,
}

impl Autosave {
    pub(crate) fn new() -> Self {
        Self {
            key: StoredValue::new(String::new()),
            offers: RwSignal::new(Vec::new()),
            works: RwSignal::new(true),
        }
    }

    /// The changes that are offered back next.
    pub(crate) fn offer(self) -> Option<RecoverableDraft> {
        self.offers.with(|offers| offers.first().cloned())
    }

    /// False when this browser cannot keep what is unsaved.
    pub(crate) fn works(self) -> bool {
        self.works.get()
    }

    fn decline(self, key: &str) {
        storage::remove(key);
        self.offers
            .update(|offers| offers.retain(|offer| offer.key != key));
    }
}

impl DraftStore {
    /// Writes changes down as they are made, for the life of the page.
    pub(crate) fn keep(self) {
        self.keeping
            .key
            .set_value(format!("{PREFIX}{}", random::tab_id()));
        let settling = StoredValue::new(None::<TimeoutHandle>);
        Effect::new(move |_| {
            self.draft.track();
            if let Some(earlier) = settling.try_update_value(Option::take).flatten() {
                earlier.clear();
            }
            let soon = std::time::Duration::from_millis(SETTLE);
            let handle = set_timeout_with_handle(move || self.keep_now(), soon);
            settling.set_value(handle.ok());
        });
        window_events::listen("pagehide", move || self.keep_now());
    }

    pub(crate) fn keep_now(self) {
        let Some(key) = self
            .keeping
            .key
            .try_get_value()
            .filter(|key| !key.is_empty())
        else {
            return;
        };
        let kept = self
            .draft
            .try_with_untracked(|draft| draft.kept(clock::now()));
        let works = match kept.flatten() {
            Some(kept) => storage::set(&key, &kept),
            None => {
                storage::remove(&key);
                true
            }
        };
        if self.keeping.works.try_get_untracked() != Some(works) {
            self.keeping.works.set(works);
        }
    }

    /// Forgets what every visit of this browser left unsaved, and writes nothing down any more.
    pub(crate) fn keep_nothing(self) {
        self.keeping.key.set_value(String::new());
        self.keeping.offers.set(Vec::new());
        for key in storage::keys(PREFIX) {
            storage::remove(&key);
        }
    }

    /// Looks for what earlier visits left unsaved. What has been saved after all, or is old, is
    /// forgotten.
    pub(crate) fn look_for_kept(self) {
        let now = clock::now();
        let own = self.keeping.key.get_value();
        let mut offers = Vec::new();
        for key in storage::keys(PREFIX) {
            if key == own {
                continue;
            }
            let kept: Option<AutosavedDraft> = storage::get(&key);
            let news = kept.filter(|kept| {
                let mut draft = self.draft.get_untracked();
                draft.take_up(kept, now);
                kept.is_wanted(now) && draft.is_dirty()
            });
            match news {
                Some(kept) => offers.push(RecoverableDraft { key, kept }),
                None => storage::remove(&key),
            }
        }
        offers.sort_by_key(|offer| std::cmp::Reverse(offer.kept.at));
        self.keeping.offers.set(offers);
    }

    /// Takes kept changes up again.
    pub(crate) fn take_up(self, offer: &RecoverableDraft) {
        self.draft
            .update(|draft| draft.take_up(&offer.kept, clock::now()));
        self.was_edited();
        self.keep_now();
        self.keeping.decline(&offer.key);
    }

    /// Gives kept changes up for good.
    pub(crate) fn decline(self, offer: &RecoverableDraft) {
        self.keeping.decline(&offer.key);
    }
}

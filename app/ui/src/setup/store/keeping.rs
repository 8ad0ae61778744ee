//! Unsaved changes are kept in the browser while they are made, and offered back when set-up is
//! opened again. Each tab keeps its own.

use leptos::prelude::*;

use crate::platform::{clock, ids, listen, storage};

use super::super::draft::kept::Kept;
use super::Store;

/// Keys under which tabs keep their changes begin with this.
const PREFIX: &str = "yobirin.setup.draft.";
/// How long after a change it is written, in milliseconds.
const SETTLE: u64 = 250;

/// Changes that an earlier visit of this browser left unsaved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::setup) struct Offer {
    /// Where they are kept.
    key: String,
    /// The changes.
    pub(in crate::setup) kept: Kept,
}

/// What this browser keeps.
#[derive(Clone, Copy)]
pub(in crate::setup) struct Keeping {
    key: StoredValue<String>,
    /// The newest first.
    offers: RwSignal<Vec<Offer>>,
    /// False when storage is blocked or full.
    works: RwSignal<bool>,
}

impl Keeping {
    pub(super) fn new() -> Self {
        Self {
            key: StoredValue::new(String::new()),
            offers: RwSignal::new(Vec::new()),
            works: RwSignal::new(true),
        }
    }

    /// The changes that are offered back next.
    pub(in crate::setup) fn offer(self) -> Option<Offer> {
        self.offers.with(|offers| offers.first().cloned())
    }

    /// False when this browser cannot keep what is unsaved.
    pub(in crate::setup) fn works(self) -> bool {
        self.works.get()
    }

    fn decline(self, key: &str) {
        storage::remove(key);
        self.offers
            .update(|offers| offers.retain(|offer| offer.key != key));
    }
}

impl Store {
    /// Writes changes down as they are made, for the life of the page.
    pub(in crate::setup) fn keep(self) {
        self.keeping
            .key
            .set_value(format!("{PREFIX}{}", ids::tab()));
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
        listen::forever("pagehide", move || self.keep_now());
    }

    pub(super) fn keep_now(self) {
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
    pub(in crate::setup) fn keep_nothing(self) {
        self.keeping.key.set_value(String::new());
        self.keeping.offers.set(Vec::new());
        for key in storage::keys(PREFIX) {
            storage::remove(&key);
        }
    }

    /// Looks for what earlier visits left unsaved. What has been saved after all, or is old, is
    /// forgotten.
    pub(super) fn look_for_kept(self) {
        let now = clock::now();
        let own = self.keeping.key.get_value();
        let mut offers = Vec::new();
        for key in storage::keys(PREFIX) {
            if key == own {
                continue;
            }
            let kept: Option<Kept> = storage::get(&key);
            let news = kept.filter(|kept| {
                let mut draft = self.draft.get_untracked();
                draft.take_up(kept, now);
                kept.is_wanted(now) && draft.is_dirty()
            });
            match news {
                Some(kept) => offers.push(Offer { key, kept }),
                None => storage::remove(&key),
            }
        }
        offers.sort_by_key(|offer| std::cmp::Reverse(offer.kept.at));
        self.keeping.offers.set(offers);
    }

    /// Takes kept changes up again.
    pub(in crate::setup) fn take_up(self, offer: &Offer) {
        self.draft
            .update(|draft| draft.take_up(&offer.kept, clock::now()));
        self.was_edited();
        self.keep_now();
        self.keeping.decline(&offer.key);
    }

    /// Gives kept changes up for good.
    pub(in crate::setup) fn decline(self, offer: &Offer) {
        self.keeping.decline(&offer.key);
    }
}

//! Words that are rarely shown: a dialog loads them when it opens.

use leptos::prelude::*;

use crate::browser::task::spawn;
use crate::i18n::kiosk::RareWords;
use crate::kiosk::session::load_translations;
use crate::kiosk::state::KioskState;

/// Rarely shown words, once they are loaded.
#[derive(Clone, Copy)]
pub(super) enum WordsOnDemand {
    Loading,
    Loaded(&'static RareWords),
    Failed,
}

impl WordsOnDemand {
    /// The words; `None` while they are loading and when loading has failed.
    pub(super) fn loaded(self) -> Option<&'static RareWords> {
        match self {
            Self::Loaded(words) => Some(words),
            Self::Loading | Self::Failed => None,
        }
    }
}

/// Loads the rarely shown words in the screen's language.
pub(super) fn load(kiosk: KioskState) -> RwSignal<WordsOnDemand> {
    let words = RwSignal::new(WordsOnDemand::Loading);
    let lang = kiosk.lang.get_untracked();
    spawn(async move {
        let loaded = load_translations::load_rare(lang).await;
        let loaded = loaded.map_or(WordsOnDemand::Failed, WordsOnDemand::Loaded);
        let _ = words.try_set(loaded); // the dialog may be closed by now
    });
    words
}

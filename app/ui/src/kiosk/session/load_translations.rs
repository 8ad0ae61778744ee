//! Loads the translations that are not part of the app's program from the relay.

use yobirin_domain::model::lang::Lang;

use crate::api::client;
use crate::i18n::kiosk::{RareWords, loaded};

/// Loads the words of a language, unless they are loaded already. False when loading fails.
pub(crate) async fn load(lang: Lang) -> bool {
    if loaded::get_loaded(lang).is_some() {
        return true;
    }
    match client::words(lang).await {
        Ok(list) => loaded::set_loaded(lang, list),
        Err(_) => false,
    }
}

/// Loads the rarely shown words of a language, unless they are loaded already. `None` when loading fails.
pub(crate) async fn load_rare(lang: Lang) -> Option<&'static RareWords> {
    if let Some(words) = loaded::get_rare(lang) {
        return Some(words);
    }
    let list = client::rare_words(lang).await.ok()?;
    loaded::set_rare(lang, list)
}

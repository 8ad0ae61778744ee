//! Loads the translations that do not come with the app.

use yobirin_domain::model::lang::Lang;

use crate::api::client;
use crate::i18n::kiosk::loaded;

/// Loads the words of a language; false when they cannot be had now.
pub(crate) async fn load(lang: Lang) -> bool {
    if loaded::get_loaded(lang).is_some() {
        return true;
    }
    let list = client::words(lang).await.unwrap_or_default();
    loaded::set_loaded(lang, list)
}

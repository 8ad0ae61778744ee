//! The browser's local storage. Where it is blocked (a browser setting, a private window) or full, nothing is
//! stored. A value that cannot be parsed counts as absent.

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::window;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen_futures::JsFuture;

/// Key of the settings that the kiosk keeps while this browser is paired as a tablet; kiosk/storage.js has it too.
pub const KIOSK_SETTINGS_KEY: &str = "yobirin.settings";

/// True when the browser gives access to local storage; `LocalStorage` panics where it does not.
fn is_available() -> bool {
    matches!(window().local_storage(), Ok(Some(_)))
}

/// The value of a key, if it is there and of the right shape.
#[must_use]
pub fn get<T: DeserializeOwned>(key: &str) -> Option<T> {
    is_available().then(|| LocalStorage::get(key).ok())?
}

/// Stores a value; false when storage is blocked or full.
#[must_use]
pub fn set<T: Serialize>(key: &str, value: &T) -> bool {
    is_available() && LocalStorage::set(key, value).is_ok()
}

/// True when a key is there.
#[must_use]
pub fn has(key: &str) -> bool {
    is_available() && LocalStorage::raw().get_item(key).ok().flatten().is_some()
}

/// Removes a key.
pub fn remove(key: &str) {
    if is_available() {
        LocalStorage::delete(key);
    }
}

/// All keys that start with `prefix`.
#[must_use]
pub fn keys(prefix: &str) -> Vec<String> {
    if !is_available() {
        return Vec::new();
    }
    let storage = LocalStorage::raw();
    let keys = (0..LocalStorage::length()).filter_map(|index| storage.key(index).ok().flatten());
    keys.filter(|key| key.starts_with(prefix)).collect()
}

/// Deletes the copy of the settings that the service worker keeps for a start without network, after an admin has
/// signed out. (A tablet asks the watchdog to do so, which works without the app:
/// `watchdog::forget_cached_settings`.)
pub async fn forget_cached_settings() {
    if let Ok(caches) = window().caches() {
        let deleted = caches.delete("yobirin-settings-2"); // named in kiosk/service_worker.js
        let _ = JsFuture::from(deleted).await; // without this copy there is nothing to delete
    }
}

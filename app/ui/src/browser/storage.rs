//! What the browser keeps for us. Storage may be blocked (a setting, a private window), full, or hold
//! what somebody else wrote: then it keeps nothing, and a value that does not read back is absent.

use leptos::prelude::window;
use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::Storage;

use crate::json;

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What is kept under a key, if it is there and of the right shape.
#[must_use]
pub fn get<T: DeserializeOwned>(key: &str) -> Option<T> {
    json::read(&text(key)?)
}

fn text(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps a value; false when storage is blocked or full, and then nothing was kept.
#[must_use]
pub fn set<T: Serialize>(key: &str, value: &T) -> bool {
    json::write(value).is_some_and(|text| put(key, &text))
}

fn put(key: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
}

/// Forgets a key.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key); // a storage that refuses even this keeps it
    }
}

/// Forgets the service worker's copy of the settings, which an admin's pages get from it, too.
pub async fn forget_cached_settings() {
    if let Ok(caches) = window().caches() {
        let forgotten = caches.delete("yobirin-settings-2"); // sw.js names it
        let _ = wasm_bindgen_futures::JsFuture::from(forgotten).await;
    }
}

/// Every key that starts with `prefix`.
#[must_use]
pub fn keys(prefix: &str) -> Vec<String> {
    let Some(storage) = storage() else {
        return Vec::new();
    };
    let length = storage.length().unwrap_or(0);
    (0..length)
        .filter_map(|index| storage.key(index).ok().flatten())
        .filter(|key| key.starts_with(prefix))
        .collect()
}

//! What the browser keeps for us, through `gloo-storage`.
//!
//! `gloo-storage` panics when storage is blocked (a setting, a private window), so every use first
//! asks whether there is any. A value that does not read back counts as absent.

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::window;
use serde::Serialize;
use serde::de::DeserializeOwned;

fn available() -> bool {
    matches!(window().local_storage(), Ok(Some(_)))
}

/// What is kept under a key, if it is there and of the right shape.
#[must_use]
pub fn get<T: DeserializeOwned>(key: &str) -> Option<T> {
    if !available() {
        return None;
    }
    LocalStorage::get(key).ok()
}

/// Keeps a value; false when storage is blocked or full, and then nothing was kept.
#[must_use]
pub fn set<T: Serialize>(key: &str, value: &T) -> bool {
    available() && LocalStorage::set(key, value).is_ok()
}

/// Forgets a key.
pub fn remove(key: &str) {
    if available() {
        LocalStorage::delete(key);
    }
}

/// Every key that starts with `prefix`.
#[must_use]
pub fn keys(prefix: &str) -> Vec<String> {
    if !available() {
        return Vec::new();
    }
    let storage = LocalStorage::raw();
    let length = storage.length().unwrap_or(0);
    (0..length)
        .filter_map(|index| storage.key(index).ok().flatten())
        .filter(|key| key.starts_with(prefix))
        .collect()
}

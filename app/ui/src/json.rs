//! JSON of the relay's API and of the browser's storage.

use serde::de::DeserializeOwned;

/// Parses a JSON text. `None` when it is not the JSON of this type.
#[must_use]
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

/// Writes a value as compact JSON. `None` only for a value that JSON cannot hold, such as a map whose keys are lists.
#[must_use]
pub fn write<T: serde::Serialize>(value: &T) -> Option<String> {
    serde_json::to_string(value).ok()
}

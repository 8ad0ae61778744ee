//! JSON for the relay's answers and for the browser's storage.

use serde::de::DeserializeOwned;

/// Parses a JSON text; `None` when it is not JSON, or JSON of another shape.
#[must_use]
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

/// A value as compact JSON. `None` only for a value that JSON cannot hold, such as a map with numbers for keys.
#[must_use]
pub fn write<T: serde::Serialize>(value: &T) -> Option<String> {
    serde_json::to_string(value).ok()
}

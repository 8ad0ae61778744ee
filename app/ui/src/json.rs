//! Reading and writing JSON, for answers of the relay and for what the browser keeps.
//!
//! Reading goes through serde with a reader of our own, because `serde_json`'s weighs 40 kB in what a
//! tablet loads: most of it words about what is wrong where, and ways to read what nobody sends. Here
//! a text reads or it does not. A field that a type does not know is passed over, whatever the type
//! says: an app may be older than its relay for a while.

mod access;
mod reader;

use serde::de::DeserializeOwned;

use reader::Reader;

/// What a JSON text says; `None` when it is not JSON, or JSON of another shape.
#[must_use]
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    let mut reader = Reader::new(text);
    let value = T::deserialize(&mut reader).ok()?;
    reader.ended().then_some(value)
}

/// A value as compact JSON. `None` only for what JSON cannot hold, such as a map with numbers for keys.
#[must_use]
pub fn write<T: serde::Serialize>(value: &T) -> Option<String> {
    serde_json::to_string(value).ok()
}

#[cfg(test)]
mod tests;

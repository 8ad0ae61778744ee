//! The relay's HTTP API as the app calls it.

pub mod admin;
pub mod client;
pub mod event_stream;
pub mod request;
pub mod response;

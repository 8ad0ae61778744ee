//! The app: the kiosk and set-up, two pages that share everything below them.
//!
//! This crate has the views and their state. Rules are in `yobirin-domain`; only `browser` uses the browser's APIs;
//! only `api` sends requests to the relay.

pub mod api;
pub mod browser;
pub mod components;
pub mod i18n;
pub mod json;
pub mod kiosk;
pub mod router;
pub mod setup;
#[cfg(test)]
mod style_sheets;

//! The app: two faces, kiosk and set-up, on one foundation.
//!
//! Rules are in `yobirin-domain`; the browser is behind `browser`; the relay is behind
//! `api`. This crate has the views and their state.

pub mod api;
pub mod browser;
pub mod components;
pub mod i18n;
pub mod json;
pub mod kiosk;
pub mod router;
pub mod setup;

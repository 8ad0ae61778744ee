//! The app: two faces, kiosk and set-up, on one foundation.
//!
//! Rules are in `yobirin-domain`; browsers are behind `platform`; the relay is behind
//! `relay_client` and `live`. What is left here is what people see and press.

pub mod components;
pub mod json;
pub mod kiosk;
pub mod live;
pub mod locale;
pub mod page;
pub mod platform;
pub mod relay_client;
pub mod setup;

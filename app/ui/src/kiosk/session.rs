//! The tablet's session with the relay: pairing, settings, events and the nightly reload.

pub(crate) mod boot;
pub(crate) mod checklist;
pub(crate) mod events;
pub(crate) mod kiosk_settings;
pub(crate) mod load_translations;
mod nightly_reload;
pub(crate) mod pairing;
pub(crate) mod settings_sync;

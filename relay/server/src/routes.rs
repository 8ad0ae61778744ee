//! Handlers, one module per part of the URL table in `router`.

pub(crate) mod account;
pub(crate) mod calls;
pub(crate) mod chatwork;
pub(crate) mod devices;
pub(crate) mod events;
pub(crate) mod health;
pub(crate) mod history;
pub(crate) mod host_links;
pub(crate) mod me;
pub(crate) mod messages;
pub(crate) mod metrics;
pub(crate) mod openapi;
pub(crate) mod pair;
pub(crate) mod session;
pub(crate) mod settings;
pub(crate) mod totp;
pub(crate) mod versions;

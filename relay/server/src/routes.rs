//! Handlers, one module per part of the API. `openapi/operations` lists them.

pub(crate) mod account;
pub(crate) mod alarms;
pub(crate) mod calls;
pub(crate) mod chatwork;
mod csrf;
pub(crate) mod devices;
pub(crate) mod events;
pub(crate) mod extract;
pub(crate) mod health;
pub(crate) mod history;
pub(crate) mod host_check;
pub(crate) mod host_links;
pub(crate) mod me;
pub(crate) mod messages;
pub(crate) mod metrics;
pub(crate) mod pair;
pub(crate) mod pairing_requests;
pub(crate) mod request_log;
pub(crate) mod router;
pub(crate) mod security_headers;
pub(crate) mod session;
pub(crate) mod settings;
pub(crate) mod totp;
pub(crate) mod versions;
pub(crate) mod webhook;

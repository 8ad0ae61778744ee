//! Relay: holds the Chatwork token, keeps the settings, accepts calls into a durable outbox and forwards
//! them. It decides no route; its rules are functions of `yobirin-domain`.
//!
//! Start reading at `forward`: `forward/admission` checks a call, and `forward/outbox` delivers it.
//! `openapi/operations` lists every path with its handler and permissions.
//!
//! A *device* is an entry of the settings, with its menu; a *tablet* is the hardware whose browser is paired as a device.
//! Events, notices and changes are explained in `yobirin_store`.

mod alarm;
mod auth;
mod boot;
mod cli;
mod crypto;
#[cfg(feature = "demo")]
mod demo;
mod error;
mod event_bus;
mod forward;
mod http;
mod metrics;
mod office_time;
mod openapi;
mod ops;
mod routes;
mod security_log;
mod settings;
mod state;

pub use boot::{Options, RelayHandle, StartError, start};
pub use cli::run::{run, run_with};
pub use crypto::encryption::EncryptionError;
pub use forward::outbox::OutboxTimings;
pub use http::timeouts::HttpTimeouts;
pub use http::tls::{TlsError, TlsFiles};
pub use metrics::{BadMetricsToken, MetricsToken};
pub use ops::data_dir::DataDirError;
pub use routes::router::{Route, routes};
pub use settings::SettingsError;
pub use yobirin_alarm_webhook::{AlarmWebhook, AllowedAddresses};
pub use yobirin_chatwork::{Clock, Timeouts};
pub use yobirin_store::{Database, DatabaseUrl, StoreError};

//! The relay: holds the Chatwork token, keeps the settings, takes calls into a durable outbox and
//! forwards them. It decides no route; what rules it needs it asks `yobirin-domain` for.
//!
//! Start reading at `forward`, the thin heart: `forward/admission` (whether a call is accepted) and
//! `forward/outbox` (how it gets to Chatwork). `routes/router` lists who may call what.

mod auth;
mod boot;
mod chatwork;
mod cli;
mod clock;
mod crypto;
mod database;
mod demo;
mod error;
mod events;
mod forward;
mod http;
mod metrics;
mod openapi;
mod ops;
mod routes;
mod security_log;
mod settings;
mod state;
mod store;

pub use boot::{Options, RelayHandle, StartError, start};
pub use chatwork::Timeouts;
pub use cli::run::{run, run_with};
pub use clock::Clock;
pub use crypto::encryption::EncryptionError;
pub use database::{Database, DatabaseUrl};
pub use forward::outbox::OutboxTimings;
pub use http::timeouts::HttpTimeouts;
pub use http::tls::{TlsError, TlsFiles};
pub use metrics::{BadMetricsToken, MetricsToken};
pub use ops::data_dir::DataDirError;
pub use routes::router::{Route, routes};
pub use settings::SettingsError;
pub use store::StoreError;

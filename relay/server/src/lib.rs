//! The relay: holds the Chatwork token, keeps the settings, takes calls into a durable outbox and
//! forwards them. It decides no route; what rules it needs it asks `yobirin-domain` for.
//!
//! Start reading at `router` (who may call what), `acceptance` (what is taken) and `outbox` (how it
//! gets to Chatwork).

mod acceptance;
mod assets;
mod auth;
mod backup;
mod body;
mod body_quota;
mod chatwork;
mod clock;
mod config;
mod connecting;
mod database;
mod demo;
mod error;
mod events;
mod folder;
mod follow;
mod headers;
mod limits;
mod messages;
mod metrics;
mod openapi;
mod outbox;
mod own_host;
mod relay;
mod requests;
mod reset;
mod retention;
mod router;
mod routes;
mod run;
mod seal;
mod secret;
mod security_log;
mod server;
mod settings;
mod sheet;
mod start;
mod store;
mod tls;
mod zone;

pub use chatwork::Timeouts;
pub use clock::Clock;
pub use database::{Database, DatabaseUrl};
pub use folder::DataDirError;
pub use limits::HttpTimeouts;
pub use metrics::{BadMetricsToken, MetricsToken};
pub use outbox::OutboxTimings;
pub use router::{Route, routes};
pub use run::{run, run_with};
pub use seal::EncryptionError;
pub use settings::SettingsError;
pub use start::{Options, RelayHandle, StartError, start};
pub use store::StoreError;
pub use tls::{TlsError, TlsFiles};

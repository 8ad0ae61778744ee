//! Connections: listening, TLS, timeouts, limits per caller, and the app's files.

pub(crate) mod body_quota;
pub(crate) mod connection_limit;
pub(crate) mod etag;
mod idle_timeout;
pub(crate) mod server;
pub(crate) mod static_files;
pub(crate) mod timeouts;
pub(crate) mod tls;
pub(crate) mod tls_init;

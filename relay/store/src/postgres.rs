//! PostgreSQL shared by several relays: what a single relay with a SQLite file does not need.

pub(crate) mod cluster;
mod leader_lease;
pub(crate) mod preflight;
pub(crate) mod replication;
pub(crate) mod statement_timeout;

//! Several relays on one PostgreSQL. One of them writes at a time, each applies the changes of the others, and one, the
//! leader, delivers calls to Chatwork.
//!
//! A writer holds the counter's row until its commit, so numbers become visible in their order: a relay that has read up
//! to a number has missed no smaller one. `NOTIFY` only says that there are changes; a relay that misses it reads them a
//! second later.

use std::sync::Arc;

use tokio::sync::Notify;

use crate::database::DatabaseUrl;

/// Session settings. `synchronous_commit`: an acknowledged commit survives a power cut. The timeouts end the
/// transaction of a relay that vanished, and waiting for it, before
/// [`StatementTimeout`](super::statement_timeout::StatementTimeout) gives the server up.
pub(crate) const SESSION_SETTINGS: &str = "SET synchronous_commit = on; \
    SET idle_in_transaction_session_timeout = '8s'; SET lock_timeout = '8s'";
/// Begins a transaction and locks the counter, so that only one transaction writes at a time.
pub(crate) const BEGIN: &str = "BEGIN; SELECT value FROM event_counter WHERE id = 1 FOR UPDATE";
/// Channel of PostgreSQL's `NOTIFY`.
pub(crate) const NOTIFY_CHANNEL: &str = "yobirin";

/// Writes the counter, notifies the other relays and commits.
pub(crate) fn commit_and_notify(number: i64) -> String {
    format!(
        "UPDATE event_counter SET value = {number} WHERE id = 1; NOTIFY {NOTIFY_CHANNEL}; COMMIT"
    )
}

/// This relay's part in the cluster.
#[derive(Clone, Debug)]
pub(crate) struct Cluster {
    pub url: DatabaseUrl,
    /// Notified after this relay's own commits.
    pub own_commits: Arc<Notify>,
}

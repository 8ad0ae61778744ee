//! Handles that the outbox, the listener and the edits of posts use. They depend on these alone, not on the state that
//! HTTP handlers share.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::connection::ChatworkConnection;
use super::listener_handle::ListenerHandle;
use crate::metrics::Metrics;
use crate::settings::CurrentSettings;
use yobirin_chatwork::{ChatworkGateway, Clock};
use yobirin_store::Store;

/// Handles of forwarding. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Forwarder {
    /// Durable storage.
    pub store: Store,
    /// Client of Chatwork's API.
    pub gateway: Arc<ChatworkGateway>,
    /// Records that Chatwork refuses the token, or accepts it again.
    pub connection: ChatworkConnection,
    /// Settings in force.
    pub settings: CurrentSettings,
    /// Clock of the relay.
    pub clock: Clock,
    /// Counters and times of forwarding and listening.
    pub metrics: Arc<Metrics>,
    /// Handle of the listener, which other tasks wake.
    pub listener: ListenerHandle,
    /// Cancelled when the relay stops.
    pub stopping: CancellationToken,
}

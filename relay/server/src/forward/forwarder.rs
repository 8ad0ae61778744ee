//! Handles that forwarding uses. The outbox depends on these alone, not on the state that handlers share.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::connection::ChatworkConnection;
use super::listener_handle::ListenerHandle;
use crate::metrics::Metrics;
use crate::settings::CurrentSettings;
use yobirin_chatwork::{ChatworkGateway, Clock};
use yobirin_store::Store;

/// Handles of the outbox. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Forwarder {
    /// Deliveries, attempts and leases.
    pub store: Store,
    /// Client of Chatwork's API.
    pub gateway: Arc<ChatworkGateway>,
    /// Records that Chatwork refuses the token, or accepts it again.
    pub connection: ChatworkConnection,
    /// Settings in force: the default room for a delivery in doubt.
    pub settings: CurrentSettings,
    /// Clock of the relay.
    pub clock: Clock,
    /// Counters and times of forwarding and listening.
    pub metrics: Arc<Metrics>,
    /// Handle of the listener, to wake it.
    pub listener: ListenerHandle,
    /// Cancelled when the relay stops.
    pub stopping: CancellationToken,
}

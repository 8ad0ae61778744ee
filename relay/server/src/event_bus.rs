//! Event bus: publishes events to the streams of the tablets. The store numbers and stores them.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::broadcast;
use tokio_util::sync::{CancellationToken, DropGuard};
use yobirin_api::event::Event;
use yobirin_domain::caller_limits::TABLET_STREAMS;
use yobirin_domain::model::id::DeviceId;
use yobirin_store::{CommitListener, Envelope};

/// Number of events by which a slow stream may fall behind before it reads them from the store. The memory of so many
/// events is reserved for each tablet.
const CHANNEL_CAPACITY: usize = 16;

/// Subscriptions by tablet. Clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct EventBus(Arc<Mutex<HashMap<DeviceId, Streams>>>);

/// Open streams of one tablet.
#[derive(Debug)]
struct Streams {
    events: broadcast::Sender<Arc<Envelope>>,
    /// One token per stream, the oldest stream first. Cancelling a token ends its stream; a stream that ends cancels its
    /// token.
    ends: VecDeque<CancellationToken>,
}

/// Subscription of one stream, until it is dropped.
#[derive(Debug)]
pub(crate) struct Subscription {
    /// Events published while the stream is open.
    pub events: broadcast::Receiver<Arc<Envelope>>,
    /// Cancelled when the stream must end.
    pub end: CancellationToken,
    _ended: DropGuard,
}

impl EventBus {
    /// Returns a listener that publishes the events of every commit.
    pub(crate) fn commit_listener(&self) -> CommitListener {
        let events = self.clone();
        CommitListener::new(move |device, envelope| events.publish(device, envelope))
    }

    /// Subscribes a stream of a tablet. Beyond the limit the tablet's oldest stream ends, not the new one: after a reload
    /// the tablet needs the new stream, and the relay may not have noticed the end of the old one.
    pub(crate) fn subscribe(&self, device: &DeviceId, end: CancellationToken) -> Subscription {
        let mut tablets = self.0.lock();
        let streams = tablets.entry(device.clone()).or_insert_with(|| Streams {
            events: broadcast::channel(CHANNEL_CAPACITY).0,
            ends: VecDeque::new(),
        });
        streams.ends.retain(|end| !end.is_cancelled());
        if streams.ends.len() >= TABLET_STREAMS
            && let Some(oldest) = streams.ends.pop_front()
        {
            oldest.cancel();
        }
        streams.ends.push_back(end.clone());
        Subscription {
            events: streams.events.subscribe(),
            _ended: end.clone().drop_guard(),
            end,
        }
    }

    /// True while a stream of the tablet is open.
    pub(crate) fn has_subscriber(&self, device: &DeviceId) -> bool {
        self.0
            .lock()
            .get(device)
            .is_some_and(|streams| streams.events.receiver_count() > 0)
    }

    /// Publishes an event to a tablet.
    pub(crate) fn publish(&self, device: &DeviceId, envelope: Envelope) {
        let (mut tablets, envelope) = (self.0.lock(), Arc::new(envelope));
        // Sending fails when no stream is left.
        if tablets
            .get(device)
            .is_some_and(|streams| streams.events.send(envelope).is_err())
        {
            tablets.remove(device);
        }
    }

    /// Publishes an event to a tablet without storing it.
    pub(crate) fn publish_transient(&self, device: &DeviceId, event: Event) {
        self.publish(device, Envelope::transient(event));
    }

    /// Publishes an event to every tablet without storing it.
    pub(crate) fn broadcast_transient(&self, event: &Event) {
        self.broadcast(Envelope::transient(event.clone()));
    }

    /// Publishes an event to every tablet.
    pub(crate) fn broadcast(&self, envelope: Envelope) {
        let envelope = Arc::new(envelope);
        self.0
            .lock()
            .retain(|_, streams| streams.events.send(envelope.clone()).is_ok());
    }
}

//! The hub between those who change something and the event streams of the tablets. It carries;
//! keeping events and numbering them is the store's.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;
use tokio_util::sync::{CancellationToken, DropGuard};
use yobirin_api::event::Event;
use yobirin_domain::caller_limits::TABLET_STREAMS;
use yobirin_domain::model::id::DeviceId;
use yobirin_store::{CommitListener, Envelope};

/// Events a slow stream may fall behind before it has to read them from the store. Each tablet has room
/// for so many in memory.
const CHANNEL_CAPACITY: usize = 16;

/// Who listens. Clones share.
#[derive(Clone, Debug, Default)]
pub(crate) struct EventBus(Arc<Mutex<HashMap<DeviceId, Streams>>>);

/// The open streams of one tablet.
#[derive(Debug)]
struct Streams {
    events: broadcast::Sender<Arc<Envelope>>,
    /// Cancelled to end a stream, and by a stream that ends; the oldest stream first.
    ends: VecDeque<CancellationToken>,
}

/// Subscription of one stream to the hub, until it is dropped.
#[derive(Debug)]
pub(crate) struct Subscription {
    /// Events that happen while the stream is open.
    pub events: broadcast::Receiver<Arc<Envelope>>,
    /// Cancelled when the stream must end.
    pub end: CancellationToken,
    _ended: DropGuard,
}

impl EventBus {
    /// Publishes the events of every commit.
    pub(crate) fn commit_listener(&self) -> CommitListener {
        let events = self.clone();
        CommitListener::new(move |device, envelope| events.publish(device, envelope))
    }

    /// A new stream of one tablet. The tablet's oldest stream ends when there are too many: a tablet that
    /// reloads must get its new stream, whatever became of the connections before.
    pub(crate) fn subscribe(&self, device: &DeviceId, end: CancellationToken) -> Subscription {
        let mut tablets = self.tablets();
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
        self.tablets()
            .get(device)
            .is_some_and(|streams| streams.events.receiver_count() > 0)
    }

    /// Tells one tablet.
    pub(crate) fn publish(&self, device: &DeviceId, told: Envelope) {
        let (mut tablets, told) = (self.tablets(), Arc::new(told));
        // Nobody listens any more when sending fails.
        if tablets
            .get(device)
            .is_some_and(|streams| streams.events.send(told).is_err())
        {
            tablets.remove(device);
        }
    }

    /// Tells one tablet something that is not kept.
    pub(crate) fn publish_transient(&self, device: &DeviceId, event: Event) {
        self.publish(device, Envelope::transient(event));
    }

    /// Tells every tablet something that is not kept.
    pub(crate) fn broadcast_transient(&self, event: &Event) {
        self.broadcast(Envelope::transient(event.clone()));
    }

    /// Tells every tablet.
    pub(crate) fn broadcast(&self, told: Envelope) {
        let told = Arc::new(told);
        self.tablets()
            .retain(|_, streams| streams.events.send(told.clone()).is_ok());
    }

    fn tablets(&self) -> MutexGuard<'_, HashMap<DeviceId, Streams>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

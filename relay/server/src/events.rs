//! The hub between those who change something and the event streams of the tablets. It carries;
//! keeping events and numbering them is the store's.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;
use yobirin_api::event::Event;
use yobirin_domain::id::DeviceId;

/// Events a slow stream may fall behind before it has to read them from the store.
const BACKLOG: usize = 32;

/// One event on its way to a stream.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// Its number, for those that are kept.
    pub sequence: Option<u64>,
    /// What happened.
    pub event: Event,
}

/// Who listens. Clones share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hub(Arc<Mutex<HashMap<DeviceId, broadcast::Sender<Told>>>>);

impl Hub {
    /// A new stream of one tablet.
    pub(crate) fn listen(&self, device: &DeviceId) -> broadcast::Receiver<Told> {
        let mut streams = self.streams();
        let stream = streams
            .entry(device.clone())
            .or_insert_with(|| broadcast::channel(BACKLOG).0);
        stream.subscribe()
    }

    /// True while a stream of the tablet is open.
    pub(crate) fn is_listening(&self, device: &DeviceId) -> bool {
        self.streams()
            .get(device)
            .is_some_and(|stream| stream.receiver_count() > 0)
    }

    /// Tells one tablet.
    pub(crate) fn tell(&self, device: &DeviceId, told: Told) {
        let mut streams = self.streams();
        // Nobody listens any more when sending fails.
        if streams
            .get(device)
            .is_some_and(|stream| stream.send(told).is_err())
        {
            streams.remove(device);
        }
    }

    /// Tells one tablet something that is not kept.
    pub(crate) fn mention(&self, device: &DeviceId, event: Event) {
        self.tell(
            device,
            Told {
                sequence: None,
                event,
            },
        );
    }

    /// Tells every tablet something that is not kept.
    pub(crate) fn mention_all(&self, event: &Event) {
        let told = Told {
            sequence: None,
            event: event.clone(),
        };
        self.streams()
            .retain(|_, stream| stream.send(told.clone()).is_ok());
    }

    fn streams(&self) -> MutexGuard<'_, HashMap<DeviceId, broadcast::Sender<Told>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

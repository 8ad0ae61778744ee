//! The hub between those who change something and the event streams of the tablets. It carries;
//! keeping events and numbering them is the store's.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;
use yobirin_api::event::Event;
use yobirin_domain::id::DeviceId;

/// Events a slow stream may fall behind before it has to read them from the store. Each tablet has room
/// for so many in memory.
const BACKLOG: usize = 16;

/// One event on its way to a stream.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// Its number, for those that are kept.
    pub sequence: Option<u64>,
    /// Its number, for those that another relay told of. A stream that was opened after it does not
    /// want it.
    pub notice: Option<u64>,
    /// What happened.
    pub event: Event,
}

impl Told {
    /// An event that is kept under this number.
    pub(crate) fn kept(sequence: u64, event: Event) -> Self {
        Self {
            sequence: Some(sequence),
            notice: None,
            event,
        }
    }

    /// Something that is not kept.
    pub(crate) fn passing(event: Event) -> Self {
        Self {
            sequence: None,
            notice: None,
            event,
        }
    }

    /// Something that is not kept, which another relay told of.
    pub(crate) fn notice(number: u64, event: Event) -> Self {
        Self {
            notice: Some(number),
            ..Self::passing(event)
        }
    }
}

/// Who listens. Clones share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hub(Arc<Mutex<HashMap<DeviceId, broadcast::Sender<Arc<Told>>>>>);

impl Hub {
    /// A new stream of one tablet.
    pub(crate) fn listen(&self, device: &DeviceId) -> broadcast::Receiver<Arc<Told>> {
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
        let (mut streams, told) = (self.streams(), Arc::new(told));
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
        self.tell(device, Told::passing(event));
    }

    /// Tells every tablet something that is not kept.
    pub(crate) fn mention_all(&self, event: &Event) {
        self.tell_all(Told::passing(event.clone()));
    }

    /// Tells every tablet.
    pub(crate) fn tell_all(&self, told: Told) {
        let told = Arc::new(told);
        self.streams()
            .retain(|_, stream| stream.send(told.clone()).is_ok());
    }

    fn streams(&self) -> MutexGuard<'_, HashMap<DeviceId, broadcast::Sender<Arc<Told>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

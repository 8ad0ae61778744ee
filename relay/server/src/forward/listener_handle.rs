//! Handle that wakes the listener.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use yobirin_domain::model::id::RoomId;

/// Handle of the listener. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct ListenerHandle(Arc<Signal>);

#[derive(Debug, Default)]
struct Signal {
    rooms: Mutex<BTreeSet<RoomId>>,
    wakeup: Notify,
}

impl ListenerHandle {
    /// Makes the listener read a room now, if a call is open there and the budget allows it. Wake-ups
    /// that come while a request is under way count as one. Does nothing on a relay that does not lead.
    pub(crate) fn wake(&self, room: RoomId) {
        self.rooms().insert(room);
        self.0.wakeup.notify_one();
    }

    /// Tells the listener that a message of a call has arrived, which may now be answered.
    pub(crate) fn notify_delivered(&self) {
        self.0.wakeup.notify_one();
    }

    /// Waits for the next wake-up or delivery.
    pub(super) async fn notified(&self) {
        self.0.wakeup.notified().await;
    }

    /// Takes the rooms that were woken since the last call.
    pub(super) fn take_woken(&self) -> BTreeSet<RoomId> {
        std::mem::take(&mut *self.rooms())
    }

    fn rooms(&self) -> MutexGuard<'_, BTreeSet<RoomId>> {
        self.0.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

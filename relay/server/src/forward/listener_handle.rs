//! Handle of the listener: other tasks name rooms to read, and wake the listener.

use std::collections::BTreeSet;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::Notify;
use yobirin_domain::model::id::RoomId;

/// Handle of the listener. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct ListenerHandle(Arc<Signal>);

#[derive(Debug, Default)]
struct Signal {
    to_read: Mutex<RoomsToRead>,
    wakeup: Notify,
}

/// Rooms to read now.
#[derive(Debug, Default)]
pub(super) struct RoomsToRead {
    pub(super) all: BTreeSet<RoomId>,
    /// Rooms among them that a webhook event has named to this relay. A relay that does not lead asks the leader to read
    /// them.
    pub(super) by_webhook: BTreeSet<RoomId>,
}

impl ListenerHandle {
    /// Makes the leading relay read a room now that a webhook event has named, if a call is open there and the budget
    /// allows it. Several events for one room during a request cause one reading.
    pub(crate) fn read_now_by_webhook(&self, room: RoomId) {
        self.0.to_read.lock().by_webhook.insert(room);
        self.read_now(room);
    }

    /// Makes this relay read a room now, as [`ListenerHandle::read_now_by_webhook`] does. Does nothing on a relay that
    /// does not lead.
    pub(crate) fn read_now(&self, room: RoomId) {
        self.0.to_read.lock().all.insert(room);
        self.0.wakeup.notify_one();
    }

    /// Wakes the listener after a message of a call has arrived: the call may now be answered.
    pub(crate) fn notify_delivered(&self) {
        self.0.wakeup.notify_one();
    }

    /// Waits for the next wake-up or delivery.
    pub(super) async fn notified(&self) {
        self.0.wakeup.notified().await;
    }

    /// Takes the rooms that were named since the last call of this method.
    pub(super) fn take_rooms_to_read(&self) -> RoomsToRead {
        std::mem::take(&mut *self.0.to_read.lock())
    }
}

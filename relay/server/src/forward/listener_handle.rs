//! Handle that wakes the listener.

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
    woken: Mutex<WokenRooms>,
    wakeup: Notify,
}

/// Rooms to read now.
#[derive(Debug, Default)]
pub(super) struct WokenRooms {
    pub(super) rooms: BTreeSet<RoomId>,
    /// Rooms among them that a webhook event has named to this relay. A relay that does not lead tells the leader.
    pub(super) by_webhook: BTreeSet<RoomId>,
}

impl ListenerHandle {
    /// Makes the leading relay read a room now, if a call is open there and the budget allows it. Wake-ups that come
    /// while a request is under way count as one.
    pub(crate) fn wake_by_webhook(&self, room: RoomId) {
        self.0.woken.lock().by_webhook.insert(room);
        self.wake(room);
    }

    /// Makes this relay read a room now, as [`ListenerHandle::wake_by_webhook`] does. Does nothing on a relay that does
    /// not lead.
    pub(crate) fn wake(&self, room: RoomId) {
        self.0.woken.lock().rooms.insert(room);
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
    pub(super) fn take_woken(&self) -> WokenRooms {
        std::mem::take(&mut *self.0.woken.lock())
    }
}

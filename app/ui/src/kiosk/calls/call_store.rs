//! Persists the queue in local storage, one key per call. With blocked or full storage the queue in memory goes on.

use yobirin_domain::model::id::CallId;

use super::persisted_call::PersistedCall;
use super::queue::Queue;
use crate::browser::{clock, storage};
use crate::kiosk::state::KioskState;

/// Beginning of the storage keys; the call's id follows.
const KEY_PREFIX: &str = "yobirin.call.";

fn key(id: CallId) -> String {
    format!("{KEY_PREFIX}{id}")
}

/// Restores the calls that a reload interrupted, and shows the latest one whose visitor may still be at the tablet.
/// Expired calls are removed: their visitors have left, and somebody else would be asked to call again.
pub(crate) fn restore(kiosk: KioskState) {
    let now = clock::now();
    for key in storage::keys(KEY_PREFIX) {
        let id = key.strip_prefix(KEY_PREFIX).and_then(|id| id.parse().ok());
        match (id, storage::get::<PersistedCall>(&key)) {
            (Some(id), Some(persisted)) if !persisted.is_expired(now) => {
                kiosk
                    .queue
                    .update(|queue| queue.restore(id, persisted, now));
            }
            _ => storage::remove(&key),
        }
    }
    if let Some(id) = kiosk.queue.with_untracked(Queue::latest_with_visitor) {
        kiosk.reopen_call(id);
    }
}

/// Persists the changes since the last time.
pub(crate) fn save_changes(kiosk: KioskState) {
    let changes = kiosk.queue.update_untracked(Queue::take_changes);
    for (id, persisted) in changes {
        match persisted {
            Some(persisted) => {
                let _ = storage::set(&key(id), &persisted); // without storage the call is lost by a reload
            }
            None => storage::remove(&key(id)),
        }
    }
}

/// Removes all calls from the queue and from storage.
pub(crate) fn remove_all(kiosk: KioskState) {
    kiosk.queue.update(Queue::clear);
    save_changes(kiosk);
}

/// Ends the waits for an answer, because the office shows no answers any more.
pub(crate) fn stop_awaiting_answers(kiosk: KioskState) {
    kiosk.queue.update(Queue::stop_awaiting_answers);
    save_changes(kiosk);
}

//! Which destinations this process is working on. A lease says the same on disk, but by the clock:
//! should the clock jump, this keeps a message from being sent again, or given
//! up, while it is being sent.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use yobirin_domain::id::CallId;
use yobirin_domain::route::Destination;

/// The busy lanes, and the delivery that each is busy with. Clones share.
#[derive(Clone, Debug, Default)]
pub(super) struct Lanes(Arc<Mutex<HashMap<Destination, (CallId, usize)>>>);

/// A lane that is busy until this is dropped.
#[derive(Debug)]
pub(super) struct Lane {
    to: Destination,
    lanes: Lanes,
}

impl Lanes {
    pub(super) fn is_busy(&self, to: Destination) -> bool {
        self.busy().contains_key(&to)
    }

    /// The deliveries that are being worked on.
    pub(super) fn under_way(&self) -> Vec<(CallId, usize)> {
        self.busy().values().copied().collect()
    }

    pub(super) fn enter(&self, to: Destination, call: CallId, place: usize) -> Lane {
        self.busy().insert(to, (call, place));
        let lanes = self.clone();
        Lane { to, lanes }
    }

    fn busy(&self) -> MutexGuard<'_, HashMap<Destination, (CallId, usize)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        self.lanes.busy().remove(&self.to);
    }
}

//! Which destinations this process is working on. A lease says the same on disk, but by the clock:
//! should the clock jump, this keeps a message from being sent again while it is being sent.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use yobirin_domain::route::Destination;

/// The busy lanes. Clones share.
#[derive(Clone, Debug, Default)]
pub(super) struct Lanes(Arc<Mutex<HashSet<Destination>>>);

/// A lane that is busy until this is dropped.
#[derive(Debug)]
pub(super) struct Lane {
    to: Destination,
    lanes: Lanes,
}

impl Lanes {
    pub(super) fn is_busy(&self, to: Destination) -> bool {
        self.busy().contains(&to)
    }

    pub(super) fn enter(&self, to: Destination) -> Lane {
        self.busy().insert(to);
        let lanes = self.clone();
        Lane { to, lanes }
    }

    fn busy(&self) -> MutexGuard<'_, HashSet<Destination>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        self.lanes.busy().remove(&self.to);
    }
}

//! Which destinations this process is working on. A lease says the same on disk, but by the clock:
//! should the clock jump, this keeps a message from being sent again, or given
//! up, while it is being sent.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use yobirin_domain::model::id::CallId;
use yobirin_domain::routing::Destination;

use yobirin_store::HeadDelivery;

/// Deliveries that are being worked on. Clones share.
#[derive(Clone, Debug, Default)]
pub(super) struct InFlight(Arc<Mutex<UnderWay>>);

/// Each delivery with the destination that is busy with it; one that is only looked for leaves its room
/// to others.
type UnderWay = HashMap<(CallId, usize), Option<Destination>>;

/// A delivery that is being worked on until this is dropped.
#[derive(Debug)]
pub(super) struct InFlightGuard {
    delivery: (CallId, usize),
    lanes: InFlight,
}

impl InFlight {
    /// True while something is posted to the head's destination, or the head is being worked on.
    pub(super) fn is_busy(&self, head: &HeadDelivery) -> bool {
        let busy = self.busy();
        busy.contains_key(&(head.call, head.place)) || busy.values().any(|to| *to == Some(head.to))
    }

    /// The deliveries that are being worked on.
    pub(super) fn under_way(&self) -> Vec<(CallId, usize)> {
        self.busy().keys().copied().collect()
    }

    /// `posting_to` is busy from now on; `None` for a delivery that is looked for.
    pub(super) fn enter(
        &self,
        head: &HeadDelivery,
        posting_to: Option<Destination>,
    ) -> InFlightGuard {
        let (delivery, lanes) = ((head.call, head.place), self.clone());
        self.busy().insert(delivery, posting_to);
        InFlightGuard { delivery, lanes }
    }

    fn busy(&self) -> MutexGuard<'_, UnderWay> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for InFlightGuard {
    fn drop(&mut self) {
        self.lanes.busy().remove(&self.delivery);
    }
}

//! Deliveries that this process works on. A lease says the same on disk, but it ends by the clock. When the clock jumps,
//! the guard of this module keeps a message from being sent twice, or expired, while it is being sent.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use yobirin_domain::routing::Destination;

use yobirin_store::HeadDelivery;

/// Deliveries in flight. Clones share them.
#[derive(Clone, Debug, Default)]
pub(super) struct InFlight(Arc<Mutex<Busy>>);

/// Numbers of the deliveries in flight, each with the destination that a post blocks; `None` for a lookup.
type Busy = HashMap<u64, Option<Destination>>;

/// Marks a delivery as in flight until it is dropped.
#[derive(Debug)]
pub(super) struct InFlightGuard {
    delivery: u64,
    in_flight: InFlight,
}

impl InFlight {
    /// True while a message is posted to the head's destination, or the head itself is in flight.
    pub(super) fn is_busy(&self, head: &HeadDelivery) -> bool {
        let busy = self.0.lock();
        busy.contains_key(&head.number) || busy.values().any(|to| *to == Some(head.to))
    }

    /// Returns the numbers of the deliveries in flight.
    pub(super) fn deliveries(&self) -> Vec<u64> {
        self.0.lock().keys().copied().collect()
    }

    /// Marks a delivery as in flight. A post blocks the destination `posts_to`; a lookup has `None`.
    pub(super) fn enter(
        &self,
        head: &HeadDelivery,
        posts_to: Option<Destination>,
    ) -> InFlightGuard {
        self.0.lock().insert(head.number, posts_to);
        InFlightGuard {
            delivery: head.number,
            in_flight: self.clone(),
        }
    }
}

impl Drop for InFlightGuard {
    fn drop(&mut self) {
        self.in_flight.0.lock().remove(&self.delivery);
    }
}

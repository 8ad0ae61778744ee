//! `Progress`: how a call stands, from events that may repeat, come late or out of order.

use serde::{Deserialize, Serialize};

use super::{CallState, DeliveryState, StateChange, fallback_index};

/// How a call stands, delivery by delivery, as events tell it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Those that were asked for and, once it is heard of, the fallback.
    deliveries: Vec<DeliveryState>,
    /// Per delivery, the sequence number its state comes from.
    seen: Vec<u64>,
    sequence: u64,
    /// How many were asked for.
    asked: usize,
}

impl Progress {
    /// A call of `count` deliveries of which nothing has been heard yet.
    #[must_use]
    pub fn new(count: usize) -> Self {
        Self::restore(vec![DeliveryState::Waiting; count], 0)
    }

    /// A call as the relay described it, up to and including the event `sequence`.
    #[must_use]
    pub fn restore(deliveries: Vec<DeliveryState>, sequence: u64) -> Self {
        Self {
            seen: vec![sequence; deliveries.len()],
            asked: deliveries.len(),
            deliveries,
            sequence,
        }
    }

    /// Takes in one change; true when a delivery now stands otherwise. Repeats, late ones and those
    /// of deliveries that do not exist change nothing, and a final state is never left.
    pub fn apply(&mut self, change: &StateChange) -> bool {
        let place = self.place(change.delivery);
        let (Some(state), Some(seen)) = (self.deliveries.get_mut(place), self.seen.get_mut(place))
        else {
            return false;
        };
        self.sequence = self.sequence.max(change.sequence);
        // The end of a delivery counts however late it is heard of; anything else only when it is
        // news.
        let news = change.sequence > *seen || change.to.is_final();
        *seen = change.sequence.max(*seen);
        if state.is_final() || !news {
            return false;
        }
        let differs = *state != change.to;
        state.clone_from(&change.to);
        differs
    }

    /// Where a delivery stands here; makes room for the fallback.
    fn place(&mut self, delivery: usize) -> usize {
        if delivery < self.asked {
            return delivery;
        }
        if self.asked == 0 || delivery != fallback_index(self.asked) {
            return usize::MAX;
        }
        if self.deliveries.len() == self.asked {
            self.deliveries.push(DeliveryState::Waiting);
            self.seen.push(0);
        }
        self.asked
    }

    /// The deliveries that were asked for, and the fallback once it is heard of.
    #[must_use]
    pub fn asked_and_fallback(&self) -> (&[DeliveryState], Option<&DeliveryState>) {
        let (asked, fallback) = self.deliveries.split_at(self.asked);
        (asked, fallback.first())
    }

    /// Every delivery, in the order of the call; the fallback last, once there is one.
    #[must_use]
    pub fn deliveries(&self) -> &[DeliveryState] {
        &self.deliveries
    }

    /// The whole of it.
    #[must_use]
    pub fn state(&self) -> CallState {
        CallState::of(&self.deliveries)
    }

    /// The largest sequence number heard of.
    #[must_use]
    pub fn sequence(&self) -> u64 {
        self.sequence
    }
}

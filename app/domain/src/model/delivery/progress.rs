//! `Progress`: states of a call's deliveries, from events that may be repeated, late or out of order.

use serde::{Deserialize, Serialize};

use super::{CallState, DeliveryState, RejectReason, StateChange, fallback_index};

/// States of a call's deliveries, updated by events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Requested deliveries, then the fallback once an event mentions it.
    deliveries: Vec<DeliveryState>,
    /// Sequence number of the last event of each delivery.
    seen: Vec<u64>,
    sequence: u64,
    /// Number of requested deliveries.
    requested: usize,
}

impl Progress {
    /// Creates the progress of a new call with `count` deliveries.
    #[must_use]
    pub fn new(count: usize) -> Self {
        Self::restore(vec![DeliveryState::Waiting; count], 0)
    }

    /// Restores the progress from the relay's description, which includes the event `sequence`.
    #[must_use]
    pub fn restore(deliveries: Vec<DeliveryState>, sequence: u64) -> Self {
        Self {
            seen: vec![sequence; deliveries.len()],
            requested: deliveries.len(),
            deliveries,
            sequence,
        }
    }

    /// Applies one state change; true when a delivery's state differs afterwards. Repeated events, late events
    /// and events of unknown deliveries have no effect, and final states never change.
    pub fn apply(&mut self, change: &StateChange) -> bool {
        let index = self.index(change.delivery);
        let (Some(state), Some(seen)) = (self.deliveries.get_mut(index), self.seen.get_mut(index))
        else {
            return false;
        };
        self.sequence = self.sequence.max(change.sequence);
        // A final state counts however late its event arrives; other states only from a newer event.
        let is_new = change.sequence > *seen || change.to.is_final();
        *seen = change.sequence.max(*seen);
        if state.is_final() || !is_new {
            return false;
        }
        let differs = *state != change.to;
        state.clone_from(&change.to);
        differs
    }

    /// Index of a delivery in `deliveries`; adds the fallback when needed. Out of range for an unknown delivery.
    fn index(&mut self, delivery: usize) -> usize {
        if delivery < self.requested {
            return delivery;
        }
        if self.requested == 0 || delivery != fallback_index(self.requested) {
            return usize::MAX;
        }
        if self.deliveries.len() == self.requested {
            self.deliveries.push(DeliveryState::Waiting);
            self.seen.push(0);
        }
        self.requested
    }

    /// Requested deliveries, and the fallback once an event has mentioned it.
    #[must_use]
    pub fn requested_and_fallback(&self) -> (&[DeliveryState], Option<&DeliveryState>) {
        let (requested, fallback) = self.deliveries.split_at(self.requested);
        (requested, fallback.first())
    }

    /// All deliveries in the call's order, then the fallback if there is one.
    #[must_use]
    pub fn deliveries(&self) -> &[DeliveryState] {
        &self.deliveries
    }

    /// Time at which Chatwork stored the first message, by the relay's clock.
    #[must_use]
    pub fn first_delivered_at(&self) -> Option<u64> {
        let times = self.deliveries().iter().filter_map(|state| match state {
            DeliveryState::Delivered { at, .. } => Some(*at),
            _ => None,
        });
        times.min()
    }

    /// Reason of the first rejected message.
    #[must_use]
    pub fn first_rejection(&self) -> Option<RejectReason> {
        self.deliveries().iter().find_map(|state| match state {
            DeliveryState::Rejected { reason } => Some(*reason),
            _ => None,
        })
    }

    /// State of the whole call.
    #[must_use]
    pub fn state(&self) -> CallState {
        CallState::of(&self.deliveries)
    }

    /// Largest sequence number seen.
    #[must_use]
    pub fn sequence(&self) -> u64 {
        self.sequence
    }
}

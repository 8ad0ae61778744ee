//! `Progress`: states of a call's deliveries, from events that may be repeated, late or out of order.

use serde::{Deserialize, Serialize};

use super::{CallState, DeliveryState, RejectReason, StateChange, fallback_index};

/// States of a call's deliveries, updated by events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Requested deliveries, then the fallback once an event mentions it.
    deliveries: Vec<DeliveryState>,
    /// Largest sequence number of the events of each delivery.
    seen: Vec<u64>,
    /// Largest sequence number of all events.
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

    /// Restores the progress from the relay's description, which includes all events up to `sequence`.
    #[must_use]
    pub fn restore(deliveries: Vec<DeliveryState>, sequence: u64) -> Self {
        Self {
            seen: vec![sequence; deliveries.len()],
            requested: deliveries.len(),
            deliveries,
            sequence,
        }
    }

    /// Applies one state change and returns true when a delivery's state differs afterwards. Repeated events, late
    /// events and events of other deliveries (retractions, the escalation) have no effect, and final states never
    /// change.
    pub fn apply(&mut self, change: &StateChange) -> bool {
        let Some(index) = self.position(change.delivery) else {
            return false;
        };
        let (state, last_sequence) = (&mut self.deliveries[index], &mut self.seen[index]);
        self.sequence = self.sequence.max(change.sequence);
        // A final state counts however late its event arrives; other states only from a newer event.
        let is_new = change.sequence > *last_sequence || change.to.is_final();
        *last_sequence = change.sequence.max(*last_sequence);
        if state.is_final() || !is_new {
            return false;
        }
        let is_changed = *state != change.to;
        state.clone_from(&change.to);
        is_changed
    }

    /// Position in `deliveries` of the delivery with this index in the call; adds the fallback when needed. `None`
    /// for a delivery whose progress is not kept.
    fn position(&mut self, delivery: usize) -> Option<usize> {
        if delivery < self.requested {
            return Some(delivery);
        }
        if self.requested == 0 || delivery != fallback_index(self.requested) {
            return None;
        }
        if self.deliveries.len() == self.requested {
            self.deliveries.push(DeliveryState::Waiting);
            self.seen.push(0);
        }
        Some(self.requested)
    }

    /// Requested deliveries, and the fallback once an event has mentioned it.
    #[must_use]
    pub fn requested_and_fallback(&self) -> (&[DeliveryState], Option<&DeliveryState>) {
        let (requested, fallback) = self.deliveries.split_at(self.requested);
        (requested, fallback.first())
    }

    /// Requested deliveries in the call's order, then the fallback once an event has mentioned it.
    #[must_use]
    pub fn deliveries(&self) -> &[DeliveryState] {
        &self.deliveries
    }

    /// Time at which Chatwork stored the first message, in milliseconds since 1970 by the relay's clock.
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

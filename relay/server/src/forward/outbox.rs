//! Outbox: delivers accepted calls to Chatwork, one post per room at a time, several rooms at once, each
//! message once. Tablets are served fairly, and a delivery that waits for a retry blocks none behind it.
//!
//! An attempt is on disk before anything is sent. An attempt without a known result is reconciled by reading
//! the room and never blindly repeated.
//!
//! The `worker` claims a delivery with a permit to post it (`claim`), posts it (`send`) or looks for its message
//! (`reconcile`), and records the result (`record`).

mod claim;
mod clock_step;
mod in_flight;
mod leader;
mod missed_visit;
mod reconcile;
mod record;
mod send;
mod token_probe;
mod worker;

use std::sync::Arc;

use parking_lot::Mutex;
use yobirin_api::Millis;
use yobirin_domain::clock_step::ClockStepDetector;
use yobirin_domain::fair_queue::FairQueue;

use crate::forward::forwarder::Forwarder;

use in_flight::InFlight;
use leader::SharedLease;
pub(crate) use leader::count_recent_attempts;
pub(crate) use token_probe::run as probe;
pub(crate) use worker::run;

/// Time limits of the outbox, in milliseconds. Tests use shorter ones.
#[derive(Clone, Copy, Debug)]
pub struct OutboxTimings {
    /// Time after the start of an attempt within which its message may still appear in the room.
    pub settle_window_ms: Millis,
    /// Duration of a delivery's lease: longer than any work on a delivery.
    pub lease_ms: Millis,
}

impl Default for OutboxTimings {
    fn default() -> Self {
        Self {
            settle_window_ms: 15_000,
            lease_ms: 60_000,
        }
    }
}

/// State of forwarding deliveries to Chatwork, and the methods of its tasks. Clones share it.
#[derive(Clone, Debug)]
pub(crate) struct Outbox {
    pub(in crate::forward) forwarder: Forwarder,
    timings: OutboxTimings,
    in_flight: InFlight,
    fair_queue: Arc<Mutex<FairQueue>>,
    leader: SharedLease,
    clock_steps: Arc<Mutex<ClockStepDetector>>,
}

impl Outbox {
    pub(crate) fn new(forwarder: Forwarder, timings: OutboxTimings) -> Self {
        Self {
            forwarder,
            timings,
            in_flight: InFlight::default(),
            fair_queue: Arc::default(),
            leader: SharedLease::default(),
            clock_steps: Arc::default(),
        }
    }
}

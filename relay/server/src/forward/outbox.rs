//! The outbox: takes what was accepted to Chatwork, one post per room at a time, several rooms at once,
//! each message once. Tablets have fair turns, and a delivery that is put off holds up none behind it.
//!
//! A try is on disk before it is sent. One whose end nobody saw is settled by reading the room, never
//! blindly sent again.

mod backoff;
mod claim;
mod clock_step;
mod in_flight;
mod leader;
mod reconcile;
mod send;
mod token_probe;
mod worker;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use yobirin_api::Millis;
use yobirin_domain::fair_queue::FairQueue;

use crate::forward::forwarder::Forwarder;

use clock_step::ClockStepDetector;
use in_flight::InFlight;
use leader::LeaderLease;
pub(crate) use leader::recount_posts;
pub(crate) use token_probe::run as probe;
pub(crate) use worker::run;

/// How patient the outbox is; tests are less so.
#[derive(Clone, Copy, Debug)]
pub struct OutboxTimings {
    /// How long after a try began an unseen message may still turn up in the room.
    pub settle_window: Duration,
    /// How long a lease holds; longer than everything a delivery may do.
    pub lease: Duration,
    /// How long past its deadline an unsettled delivery is still looked for: longer than Chatwork's
    /// general limit can keep us from looking.
    pub expiry_grace: Duration,
}

impl Default for OutboxTimings {
    fn default() -> Self {
        Self {
            settle_window: Duration::from_secs(15),
            lease: Duration::from_secs(60),
            expiry_grace: Duration::from_secs(6 * 60),
        }
    }
}

/// Worker that forwards deliveries to Chatwork. Clones share its state.
#[derive(Clone, Debug)]
pub(crate) struct Outbox {
    forwarder: Forwarder,
    patience: OutboxTimings,
    lanes: InFlight,
    served: Arc<Mutex<FairQueue>>,
    turn: LeaderLease,
    hands: ClockStepDetector,
}

impl Outbox {
    pub(crate) fn new(forwarder: Forwarder, patience: OutboxTimings) -> Self {
        Self {
            forwarder,
            patience,
            lanes: InFlight::default(),
            served: Arc::default(),
            turn: LeaderLease::default(),
            hands: ClockStepDetector::default(),
        }
    }
}

fn after(now: Millis, wait: Duration) -> Millis {
    now + u64::try_from(wait.as_millis()).unwrap_or_default()
}

fn before(now: Millis, wait: Duration) -> Millis {
    now.saturating_sub(u64::try_from(wait.as_millis()).unwrap_or_default())
}

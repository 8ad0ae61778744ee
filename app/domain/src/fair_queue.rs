//! Fair queueing of deliveries, so that the calls of one tablet do not delay the calls of another.
//!
//! The deliveries of one tablet to one destination form a FIFO queue. The next delivery is chosen in three steps:
//!
//! 1. Tablet: the least recently served one has the turn.
//! 2. Destination: of that tablet's destinations, the least recently served one.
//! 3. Delivery: of the queues to that destination, the head of the tablet that was least recently served there. It may
//!    be another tablet's delivery; the turn of step 1 is used up nevertheless.
//!
//! A tablet's wait for a destination thus does not grow with the number of another tablet's calls. The bot's own
//! messages count as one more tablet.
//!
//! Chatwork's request limit is shared too: its last [`RESERVED_REQUESTS`] are for tablets that are not busy, so that
//! a tablet that floods many rooms cannot use them up.

#[cfg(test)]
mod properties;

use std::collections::{HashMap, VecDeque};

use crate::routing::Destination;

/// Deliveries after which a served tablet or destination may be forgotten and counts as never served. Far more than
/// Chatwork's limit allows before a call expires, so it changes the order of no waiting call.
const MAX_REMEMBERED_DELIVERIES: u64 = 4_096;

/// Requests of Chatwork's limit (300 per 5 minutes) that busy tablets leave to others. Our decision.
pub const RESERVED_REQUESTS: usize = 12;
/// Deliveries within [`BUSY_WINDOW_MILLIS`] that make a tablet busy.
const BUSY_DELIVERIES: usize = 10;
/// Window in which a tablet's deliveries are counted, in milliseconds. Chatwork's request limit has the same window.
const BUSY_WINDOW_MILLIS: u64 = 5 * 60 * 1000;

/// The oldest waiting delivery of one tablet to one destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueHead<'a> {
    /// Destination.
    pub to: Destination,
    /// Id of the tablet; empty for bot messages.
    pub tablet: &'a str,
    /// Sequence number of acceptance; larger is later.
    pub number: u64,
}

/// Delivery that may be sent next. Both fields are indexes into the heads given to [`FairQueue::order`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Head of the queue that is sent (step 3 of the module's rule).
    pub delivery: usize,
    /// Head of the queue whose tablet has the turn (steps 1 and 2). It has the same destination as `delivery`, but may
    /// belong to another tablet.
    pub owner: usize,
}

/// Record of the deliveries served so far. Served deliveries are numbered from 1; 0 stands for never.
#[derive(Debug, Default)]
pub struct FairQueue {
    /// Number of served deliveries.
    served: u64,
    tablets: HashMap<String, Tablet>,
    /// Sequence number of the last delivery to each destination.
    destinations: HashMap<Destination, u64>,
}

/// Served deliveries of one tablet, as far as the queue remembers them.
#[derive(Debug, Default)]
struct Tablet {
    /// Sequence number of its last turn (step 1 of the module's rule).
    last_served: u64,
    /// Sequence number of its last delivery to each destination.
    deliveries: HashMap<Destination, u64>,
    /// Times of its last [`BUSY_DELIVERIES`] deliveries, in milliseconds, oldest first.
    sent_at: VecDeque<u64>,
}

impl FairQueue {
    /// Deliveries that may be sent next, in order of fairness. The caller sends the first one whose destination is
    /// below its rate limit and [records](Self::record) it.
    #[must_use]
    pub fn order(&self, heads: &[QueueHead<'_>]) -> Vec<Candidate> {
        let mut waiting: HashMap<Destination, Vec<usize>> = HashMap::new();
        for (index, head) in heads.iter().enumerate() {
            waiting.entry(head.to).or_default().push(index);
        }
        let mut candidates = Vec::with_capacity(heads.len());
        for indexes in waiting.values() {
            // Step 3 of the module's rule.
            let next_here = indexes.iter().copied().min_by_key(|index| {
                let head = &heads[*index];
                (self.last_served_here(head), head.number)
            });
            let candidate = |owner| next_here.map(|delivery| Candidate { delivery, owner });
            candidates.extend(indexes.iter().copied().filter_map(candidate));
        }
        // Steps 1 and 2.
        candidates.sort_by_cached_key(|candidate| {
            let owner = &heads[candidate.owner];
            let destination = self.destinations.get(&owner.to).copied();
            (
                self.last_served(owner),
                destination.unwrap_or_default(),
                owner.number,
            )
        });
        candidates
    }

    /// True when the delivery's tablet is busy and has to leave [`RESERVED_REQUESTS`] to others.
    #[must_use]
    pub fn is_busy(&self, delivery: &QueueHead<'_>, now: u64) -> bool {
        let sent_at = self
            .tablets
            .get(delivery.tablet)
            .map(|known| &known.sent_at);
        sent_at.is_some_and(|times| {
            times.len() == BUSY_DELIVERIES && times[0] + BUSY_WINDOW_MILLIS > now
        })
    }

    /// Records that `delivery` was sent at `now`, in milliseconds; `owner` is the queue head whose tablet had the
    /// turn. Both are those of a [`Candidate`].
    pub fn record(&mut self, delivery: &QueueHead<'_>, owner: &QueueHead<'_>, now: u64) {
        self.served += 1;
        let (sequence, to) = (self.served, delivery.to);
        self.tablet(owner.tablet).last_served = sequence;
        let sender = self.tablet(delivery.tablet);
        sender.deliveries.insert(to, sequence);
        if sender.sent_at.len() == BUSY_DELIVERIES {
            sender.sent_at.pop_front();
        }
        sender.sent_at.push_back(now);
        self.destinations.insert(to, sequence);
        if sequence.is_multiple_of(MAX_REMEMBERED_DELIVERIES) {
            self.forget_before(sequence - MAX_REMEMBERED_DELIVERIES);
        }
    }

    fn forget_before(&mut self, oldest: u64) {
        self.destinations.retain(|_, sequence| *sequence > oldest);
        self.tablets.retain(|_, tablet| {
            tablet.deliveries.retain(|_, sequence| *sequence > oldest);
            tablet.last_served > oldest || !tablet.deliveries.is_empty()
        });
    }

    fn tablet(&mut self, id: &str) -> &mut Tablet {
        self.tablets.entry(id.to_owned()).or_default()
    }

    fn last_served(&self, head: &QueueHead<'_>) -> u64 {
        self.tablets
            .get(head.tablet)
            .map_or(0, |known| known.last_served)
    }

    fn last_served_here(&self, head: &QueueHead<'_>) -> u64 {
        let tablet = self.tablets.get(head.tablet);
        let delivery = tablet.and_then(|tablet| tablet.deliveries.get(&head.to));
        delivery.copied().unwrap_or_default()
    }
}

//! Order in which waiting deliveries go to Chatwork, so that no tablet's calls hold another's up.
//!
//! The deliveries of one tablet for one destination form a queue. The tablet whose last turn is the
//! oldest has the next turn. It takes it at the destination that was served longest ago; there the
//! delivery of the tablet that was served longest ago at that destination goes first. A tablet thus waits
//! for one delivery of each other tablet at most, however many they have. The relay's own messages count
//! as the calls of one more tablet.
//!
//! Chatwork's general limit is shared too: its last requests are for tablets that have sent little lately, so
//! that a tablet that floods many rooms cannot spend them all.

#[cfg(test)]
mod properties;

use std::collections::{HashMap, VecDeque};

use crate::routing::Destination;

/// Turns that are remembered, far more than Chatwork's limit allows within the life of a call.
const MAX_REMEMBERED_DELIVERIES: u64 = 4_096;

/// Requests of Chatwork's general limit that busy tablets leave to the others: less than a twentieth of it.
pub const RESERVED_REQUESTS: usize = 12;
/// Deliveries within [`BUSY_WINDOW_MILLIS`] from which on a tablet is busy.
const BUSY_DELIVERIES: usize = 10;
/// Window of Chatwork's general limit.
const BUSY_WINDOW_MILLIS: u64 = 5 * 60 * 1000;

/// First delivery of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueHead<'a> {
    /// Destination.
    pub to: Destination,
    /// Id of the tablet; empty for the relay's own messages.
    pub tablet: &'a str,
    /// Order of acceptance; a larger number is later.
    pub number: u64,
}

/// A turn that may be taken: places in the list of heads that [`Served::order`] was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The delivery to send.
    pub delivery: usize,
    /// The head whose tablet has the turn; it waits for the same destination.
    pub owner: usize,
}

/// Turns that were taken.
#[derive(Debug, Default)]
pub struct FairQueue {
    served: u64,
    tablets: HashMap<String, Tablet>,
    destinations: HashMap<Destination, u64>,
}

/// Numbers of a tablet's latest turn, and of its latest delivery at each destination; times of its latest
/// deliveries, oldest first.
#[derive(Debug, Default)]
struct Tablet {
    last_served: u64,
    deliveries: HashMap<Destination, u64>,
    sent_at: VecDeque<u64>,
}

impl FairQueue {
    /// Every turn that may be taken next, fairest first. Callers take the first one whose destination
    /// is free and [record](Self::record) it.
    #[must_use]
    pub fn order(&self, heads: &[QueueHead<'_>]) -> Vec<Candidate> {
        let mut waiting: HashMap<Destination, Vec<usize>> = HashMap::new();
        for (place, head) in heads.iter().enumerate() {
            waiting.entry(head.to).or_default().push(place);
        }
        let mut turns = Vec::with_capacity(heads.len());
        for places in waiting.values() {
            let first = places.iter().copied().min_by_key(|place| {
                let head = &heads[*place];
                (self.last_served_here(head), head.number)
            });
            let turn = |owner| first.map(|delivery| Candidate { delivery, owner });
            turns.extend(places.iter().copied().filter_map(turn));
        }
        turns.sort_by_cached_key(|turn| {
            let owner = &heads[turn.owner];
            let destination = self.destinations.get(&owner.to).copied();
            (
                self.last_served(owner),
                destination.unwrap_or_default(),
                owner.number,
            )
        });
        turns
    }

    /// True for a delivery whose tablet has sent so many lately that it leaves [`RESERVED_REQUESTS`] to others.
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

    /// Notes that a turn was taken at `now`, in milliseconds.
    pub fn record(&mut self, delivery: &QueueHead<'_>, owner: &QueueHead<'_>, now: u64) {
        self.served += 1;
        let (turn, to) = (self.served, delivery.to);
        self.tablet(owner.tablet).last_served = turn;
        let sender = self.tablet(delivery.tablet);
        sender.deliveries.insert(to, turn);
        if sender.sent_at.len() == BUSY_DELIVERIES {
            sender.sent_at.pop_front();
        }
        sender.sent_at.push_back(now);
        self.destinations.insert(to, turn);
        if turn.is_multiple_of(MAX_REMEMBERED_DELIVERIES) {
            self.forget_before(turn - MAX_REMEMBERED_DELIVERIES);
        }
    }

    fn forget_before(&mut self, oldest: u64) {
        self.destinations.retain(|_, turn| *turn > oldest);
        self.tablets.retain(|_, tablet| {
            tablet.deliveries.retain(|_, turn| *turn > oldest);
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
        let known = self.tablets.get(head.tablet);
        let delivery = known.and_then(|known| known.deliveries.get(&head.to));
        delivery.copied().unwrap_or_default()
    }
}

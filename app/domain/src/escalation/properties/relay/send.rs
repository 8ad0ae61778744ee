//! Deliveries of the simulated relay: posts them at their time, and looks up the messages of attempts whose result is
//! not known.

use super::super::chatwork::{Chatwork, Post, PostResult, message_id};
use super::{KillPoint, Relay, StoredCall};
use crate::model::delivery::DeliveryState;

/// Wait before the next attempt after a refused post, and before the next lookup after a post without a response or a
/// room that could not be read.
pub(super) const RETRY_MILLIS: u64 = 5_000;
/// Time after an attempt until which its message may still appear in the room.
const SETTLE_WINDOW_MILLIS: u64 = 15_000;
/// Time after the call's deadline for which the message of an attempt is still looked up.
const GIVE_UP_MILLIS: u64 = 60_000;

impl Relay {
    /// Posts a delivery, or looks up its message, if that is due; `None` when the relay is killed.
    pub(super) fn work_on_delivery(
        &mut self,
        call: usize,
        index: usize,
        chatwork: &mut Chatwork,
        now: u64,
    ) -> Option<()> {
        let stored = &mut self.calls[call];
        let delivery = &mut stored.deliveries[index];
        if delivery.state.is_final() {
            return Some(());
        }
        let (room, unresolved_attempt) = (delivery.room, delivery.unresolved_attempt);
        let lookup_time = unresolved_attempt.map_or(0, |_| GIVE_UP_MILLIS);
        let end = stored.deadline + lookup_time;
        if now >= end {
            stored.record(index, DeliveryState::Expired, now);
            return Some(());
        }
        if delivery.due > now {
            return Some(());
        }
        if let Some(attempted) = unresolved_attempt {
            stored.reconcile(
                index,
                chatwork.find(call, index),
                attempted,
                chatwork.outage_of(room).is_some(),
                now,
            );
            self.listen_now(now);
            return Some(());
        }
        self.attempt(call, index, chatwork, now)
    }

    /// Posts a delivery if it is still due; `None` when the relay is killed.
    fn attempt(
        &mut self,
        call: usize,
        index: usize,
        chatwork: &mut Chatwork,
        now: u64,
    ) -> Option<()> {
        let stored = &mut self.calls[call];
        // The times of the steps depend on the other deliveries: they are computed again before each attempt.
        stored.schedule(now);
        let mut earlier = stored.deliveries[..index].iter();
        let is_earlier_in_doubt = earlier.any(|earlier| earlier.unresolved_attempt.is_some());
        let delivery = &mut stored.deliveries[index];
        let room = delivery.room;
        if delivery.due > now || delivery.state.is_final() {
            return Some(());
        }
        if is_earlier_in_doubt {
            delivery.attempts_despite_doubt.push(now);
        }
        delivery.unresolved_attempt = Some(now);
        delivery.attempts.push(now);
        if self.kill_if_due_at(KillPoint::BeforePost, now) {
            return None;
        }
        let result = chatwork.post(call, index, room);
        if self.kill_if_due_at(KillPoint::AfterPost, now) {
            return None;
        }
        let stored = &mut self.calls[call];
        match result {
            PostResult::Stored => {
                let post = chatwork.find(call, index).expect("the stored post");
                stored.delivered(index, post, now);
                self.listen_now(now);
            }
            PostResult::Refused => {
                stored.deliveries[index].unresolved_attempt = None;
                stored.deliveries[index].due = now + RETRY_MILLIS;
                stored.record(index, DeliveryState::Waiting, now);
            }
            PostResult::Unknown => {
                stored.deliveries[index].due = now + RETRY_MILLIS;
                stored.record(index, DeliveryState::Unknown, now);
            }
        }
        Some(())
    }
}

impl StoredCall {
    /// Takes the result of a lookup for an attempt without a response. `post` is the message in the room, if it is
    /// there.
    fn reconcile(
        &mut self,
        index: usize,
        post: Option<&Post>,
        attempted: u64,
        is_unreadable: bool,
        now: u64,
    ) {
        let delivery = &mut self.deliveries[index];
        let settled_at = attempted + SETTLE_WINDOW_MILLIS;
        if is_unreadable || post.is_none() && now < settled_at {
            delivery.due = if is_unreadable {
                now + RETRY_MILLIS
            } else {
                settled_at
            };
            self.record(index, DeliveryState::Unknown, now);
        } else if let Some(post) = post {
            self.delivered(index, post, now);
        } else {
            (delivery.unresolved_attempt, delivery.due) = (None, now);
            let state = match now < self.deadline {
                true => DeliveryState::Waiting,
                false => DeliveryState::Expired,
            };
            self.record(index, state, now);
        }
    }

    fn delivered(&mut self, index: usize, post: &Post, now: u64) {
        let state = DeliveryState::Delivered {
            message: message_id(post.message),
            room: post.room,
            at: now,
        };
        self.record(index, state, now);
    }

    /// Stores the result of an attempt or a lookup, and the new times of the steps. A delivery that waits for a retry
    /// is withdrawn instead if the call was cancelled or answered meanwhile.
    fn record(&mut self, index: usize, result: DeliveryState, now: u64) {
        let delivery = &mut self.deliveries[index];
        let state = self.flags.state_after(delivery.kind(), result);
        if state.is_final() {
            delivery.end(state, now);
        } else {
            delivery.state = state;
        }
        self.schedule(now);
    }
}

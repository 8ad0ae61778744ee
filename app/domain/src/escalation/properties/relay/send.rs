//! Sends deliveries at their time, and looks up the messages of attempts without a response.

use super::super::chatwork::{Chatwork, Post, PostResult, message_id};
use super::{KillPoint, Relay, StoredCall};
use crate::model::delivery::DeliveryState;

/// Wait after a post that was refused, or a room that could not be read.
pub(super) const RETRY_MILLIS: u64 = 5_000;
/// Time after an attempt until which its message may still arrive in the room.
const SETTLE_MILLIS: u64 = 15_000;
/// Time after the deadline after which a delivery in doubt is given up.
const GIVE_UP_MILLIS: u64 = 60_000;

impl Relay {
    /// Works on a delivery if it is due; `None` when the relay is killed.
    pub(super) fn work_on_delivery(
        &mut self,
        call: usize,
        index: usize,
        chatwork: &mut Chatwork,
        now: u64,
    ) -> Option<()> {
        let stored = &mut self.calls[call];
        let sent = &mut stored.deliveries[index];
        if sent.state.is_final() {
            return Some(());
        }
        let (room, is_in_doubt) = (sent.room, sent.attempt.is_some());
        let end = stored.deadline + if is_in_doubt { GIVE_UP_MILLIS } else { 0 };
        if now >= end {
            stored.record(index, DeliveryState::Expired, now);
            return Some(());
        }
        if sent.due > now {
            return Some(());
        }
        if let Some(attempted) = sent.attempt {
            stored.reconcile(
                index,
                chatwork.find(call, index),
                attempted,
                chatwork.outage_of(room).is_some(),
                now,
            );
            self.listen_at = now;
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
        // The relay computes the times of the steps again when it leases a delivery.
        stored.schedule(now);
        let mut earlier = stored.deliveries[..index].iter();
        let is_earlier_in_doubt = earlier.any(|earlier| earlier.attempt.is_some());
        let sent = &mut stored.deliveries[index];
        let room = sent.room;
        if sent.due > now || sent.state.is_final() {
            return Some(());
        }
        if is_earlier_in_doubt {
            sent.attempts_in_doubt.push(now);
        }
        sent.attempt = Some(now);
        sent.attempts.push(now);
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
                stored.delivered(index, chatwork.find(call, index)?, now);
                self.listen_at = now;
            }
            PostResult::Refused => {
                stored.deliveries[index].attempt = None;
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
    /// Looks up the message of an attempt without a response. `post` is the message in the room, if it is there.
    fn reconcile(
        &mut self,
        index: usize,
        post: Option<&Post>,
        attempted: u64,
        is_unreadable: bool,
        now: u64,
    ) {
        let sent = &mut self.deliveries[index];
        let settled = attempted + SETTLE_MILLIS;
        if is_unreadable || post.is_none() && now < settled {
            sent.due = if is_unreadable {
                now + RETRY_MILLIS
            } else {
                settled
            };
            self.record(index, DeliveryState::Unknown, now);
        } else if let Some(post) = post {
            self.delivered(index, post, now);
        } else {
            (sent.attempt, sent.due) = (None, now);
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

    /// Stores the result of work on a delivery, and the new times of the steps, in one transaction.
    fn record(&mut self, index: usize, state: DeliveryState, now: u64) {
        let sent = &mut self.deliveries[index];
        let state = self.facts.state_after(sent.kind(), state);
        if state.is_final() {
            sent.end(state, now);
        } else {
            sent.state = state;
        }
        self.schedule(now);
    }
}

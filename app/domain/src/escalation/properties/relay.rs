//! Simulated relay. A kill keeps its stored calls, and erases its memory of rooms and requests.

mod listen;
mod send;

use std::ops::RangeInclusive;

use crate::answer::{Answer, RequestLog, RoomMemories, calls_to_read, shown_answer};
use crate::escalation::{ScheduledDelivery, StepTime, scheduled_time};
use crate::missed_visit::{CallAtDeadline, DECISION_DELAY_MILLIS, MissedDecision, decide};
use crate::model::call::DEADLINE_MILLIS;
use crate::model::delivery::{
    CallFlags, CancelEffect, CancelledDelivery, DeliveryKind, DeliveryState, cancel_effects,
};
use crate::model::id::{CallId, RoomId};
use crate::routing::Destination;
use crate::test_office::account_id;

use super::chatwork::{Chatwork, HOST, room};
use send::RETRY_MILLIS;

/// Due time of a step whose time is not known yet.
const NOT_DUE: u64 = u64::MAX;

/// Point of the relay's work at which a kill happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KillPoint {
    /// Between two seconds.
    Now,
    /// After the next attempt is stored, before the post.
    BeforePost,
    /// After the next post, before its result is stored.
    AfterPost,
    /// After the next answers are read, before they are stored.
    BeforeStoring,
}

/// Stored delivery.
#[derive(Debug)]
pub(super) struct StoredDelivery {
    pub(super) after_seconds: Option<u16>,
    pub(super) to: Destination,
    pub(super) room: RoomId,
    pub(super) state: DeliveryState,
    /// Time at which the state became final.
    pub(super) ended: Option<u64>,
    /// Time of the next attempt or lookup, or [`NOT_DUE`].
    due: u64,
    /// Start of the attempt whose result is not known: not in Chatwork's response, and not by a lookup yet.
    unresolved_attempt: Option<u64>,
    /// Times of all attempts.
    pub(super) attempts: Vec<u64>,
    /// Times of the attempts that began while the result of an earlier delivery was not known. A step has to wait for
    /// that result, up to a limit that the tests check.
    pub(super) attempts_despite_doubt: Vec<u64>,
}

/// Stored call.
#[derive(Debug)]
pub(super) struct StoredCall {
    pub(super) id: CallId,
    pub(super) deadline: u64,
    pub(super) flags: CallFlags,
    pub(super) deliveries: Vec<StoredDelivery>,
    pub(super) answers: Vec<Answer>,
    /// Time at which the first answer was stored.
    pub(super) answer_stored: Option<u64>,
    pub(super) decision: Option<MissedDecision>,
    /// Answers at the time of the decision, on which later deletions have no effect.
    pub(super) final_answers: Vec<Answer>,
}

#[derive(Debug)]
pub(super) struct Relay {
    steps: Vec<u16>,
    pub(super) calls: Vec<StoredCall>,
    /// Taps that the tablet has not handed over yet: whether the call is private, and the time.
    queued: Vec<(bool, u64)>,
    /// Number of calls that the tablet could not hand over before their deadline.
    pub(super) too_late: usize,
    rooms: RoomMemories,
    request_log: RequestLog,
    /// Time at which the counters of the list of rooms were read last.
    watched_at: Option<u64>,
    /// Time of the next look for rooms to read.
    next_listen_at: u64,
    /// The next kill, and the downtime after it, in milliseconds.
    next_kill: Option<(KillPoint, u64)>,
    /// Time until which the relay is down.
    down_until: u64,
}

impl Relay {
    pub(super) fn new(steps: &[u16]) -> Self {
        Self {
            steps: steps.to_vec(),
            calls: Vec::new(),
            queued: Vec::new(),
            too_late: 0,
            rooms: RoomMemories::default(),
            request_log: RequestLog::default(),
            watched_at: None,
            next_listen_at: 0,
            next_kill: None,
            down_until: 0,
        }
    }

    pub(super) fn tap(&mut self, is_private: bool, now: u64) {
        self.queued.push((is_private, now));
    }

    /// Cancels a call that was handed over.
    pub(super) fn cancel(&mut self, call: usize, now: u64) {
        let Some(call) = self.calls.get_mut(call).filter(|call| now < call.deadline) else {
            return;
        };
        call.flags.is_cancelled = true;
        let cancelled = call.deliveries.iter().map(|delivery| CancelledDelivery {
            kind: delivery.kind(),
            to: delivery.to,
            state: &delivery.state,
            may_have_arrived: delivery.unresolved_attempt.is_some(),
        });
        let effects = cancel_effects(&cancelled.collect::<Vec<_>>());
        for (delivery, effect) in call.deliveries.iter_mut().zip(effects) {
            if effect == CancelEffect::Withdraw {
                delivery.end(DeliveryState::Withdrawn, now);
            }
        }
    }

    pub(super) fn kill(&mut self, point: KillPoint, seconds: u64) {
        self.next_kill = Some((point, seconds * 1_000));
    }

    /// Ends the downtime and drops the next kill.
    pub(super) fn end_kills(&mut self) {
        (self.next_kill, self.down_until) = (None, 0);
    }

    /// Works for one second; true when the relay was up all the time.
    pub(super) fn run(&mut self, chatwork: &mut Chatwork, now: u64) -> bool {
        if now < self.down_until || self.kill_if_due_at(KillPoint::Now, now) {
            return false;
        }
        self.accept(now);
        for call in 0..self.calls.len() {
            for delivery in 0..self.calls[call].deliveries.len() {
                if self
                    .work_on_delivery(call, delivery, chatwork, now)
                    .is_none()
                {
                    return false;
                }
            }
        }
        let is_up = self.listen(chatwork, now).is_some();
        if is_up {
            self.decide(now);
        }
        is_up
    }

    /// Decides about the calls whose rooms were read since the deadline.
    fn decide(&mut self, now: u64) {
        if !self.calls.iter().any(|call| call.is_decision_due(now)) {
            return;
        }
        let calls: Vec<_> = self.calls.iter().map(StoredCall::answerable).collect();
        let unread = calls_to_read(&calls, now, |room| self.rooms.last_read_at(room));
        for call in &mut self.calls {
            call.decide(unread.contains(&call.id), now);
        }
    }

    /// Makes the relay look for rooms to read at once: an answer may follow a post that it has just found.
    fn listen_now(&mut self, now: u64) {
        self.next_listen_at = now;
    }

    /// Kills the relay if the next kill is meant for this point; true when it was killed.
    fn kill_if_due_at(&mut self, point: KillPoint, now: u64) -> bool {
        let Some((_, down)) = self.next_kill.take_if(|(next_kill, _)| *next_kill == point) else {
            return false;
        };
        self.down_until = now + down;
        self.rooms.clear();
        (self.request_log, self.watched_at, self.next_listen_at) = (RequestLog::default(), None, 0);
        true
    }

    /// Accepts the calls that the tablet hands over. The first message goes to the private chat, or to the group's
    /// room and the private chat; each step goes to the next of the three rooms.
    fn accept(&mut self, now: u64) {
        for (is_private, tapped) in std::mem::take(&mut self.queued) {
            let deadline = tapped + DEADLINE_MILLIS;
            if now >= deadline {
                self.too_late += 1;
                continue;
            }
            let number = self.calls.len() as u64;
            let destinations = [0, 1, 2].map(|index| match index {
                0 => (Destination::Account(account_id(HOST)), room(0)),
                index => (Destination::Room(room(index)), room(index)),
            });
            let first = if is_private { 0 } else { 1 };
            let delivery = |after_seconds, (to, room), due| StoredDelivery {
                after_seconds,
                to,
                room,
                state: DeliveryState::Waiting,
                ended: None,
                due,
                unresolved_attempt: None,
                attempts: Vec::new(),
                attempts_despite_doubt: Vec::new(),
            };
            let mut deliveries = vec![delivery(None, destinations[first], now)];
            if !is_private {
                deliveries.push(delivery(None, destinations[0], now));
            }
            for (index, after) in self.steps.iter().enumerate() {
                let destination = destinations[(first + index) % destinations.len()];
                deliveries.push(delivery(Some(*after), destination, NOT_DUE));
            }
            self.calls.push(StoredCall {
                id: CallId::new(tapped + number, &[7; 10]),
                deadline,
                flags: CallFlags::default(),
                deliveries,
                answers: Vec::new(),
                answer_stored: None,
                decision: None,
                final_answers: Vec::new(),
            });
        }
    }
}

impl StoredCall {
    /// Deliveries of the steps.
    pub(super) fn steps(&self) -> impl Iterator<Item = &StoredDelivery> {
        self.deliveries
            .iter()
            .filter(|delivery| delivery.after_seconds.is_some())
    }

    /// Time at which the first message arrived.
    pub(super) fn notified(&self) -> Option<u64> {
        let first = self
            .deliveries
            .iter()
            .filter(|delivery| delivery.after_seconds.is_none());
        first
            .filter(|delivery| delivery.is_delivered())
            .filter_map(|delivery| delivery.ended)
            .min()
    }

    /// Sets the times of the waiting steps. The relay does so in every transaction that changes a delivery.
    fn schedule(&mut self, now: u64) {
        for index in 0..self.deliveries.len() {
            let Some(after) = self.deliveries[index].after_seconds else {
                continue;
            };
            let scheduled: Vec<_> = self
                .deliveries
                .iter()
                .map(StoredDelivery::scheduled)
                .collect();
            let time = scheduled_time(&scheduled, after, self.deadline);
            let latest_retry = now + RETRY_MILLIS;
            let step = &mut self.deliveries[index];
            if step.state != DeliveryState::Waiting || step.unresolved_attempt.is_some() {
                continue;
            }
            match time {
                StepTime::Blocked => step.due = NOT_DUE,
                StepTime::At(at) if step.has_retry_within(at..=latest_retry) => {}
                StepTime::At(at) => step.due = at,
                StepTime::Never => step.end(DeliveryState::Withdrawn, now),
            }
        }
    }

    pub(super) fn is_decided(&self) -> bool {
        !matches!(self.decision, None | Some(MissedDecision::Undecided))
    }

    fn is_decision_due(&self, now: u64) -> bool {
        !self.is_decided() && now >= self.deadline + DECISION_DELAY_MILLIS
    }

    fn decide(&mut self, has_unread_room: bool, now: u64) {
        if !self.is_decision_due(now) {
            return;
        }
        let at_deadline = CallAtDeadline {
            is_cancelled_or_revoked: self.flags.is_cancelled,
            is_answered: shown_answer(self.id, &self.answers).is_some(),
            has_unread_room,
        };
        let states = self
            .deliveries
            .iter()
            .map(|delivery| (delivery.to, &delivery.state));
        self.decision = Some(decide(at_deadline, states));
        self.final_answers.clone_from(&self.answers);
    }
}

impl StoredDelivery {
    pub(super) fn is_delivered(&self) -> bool {
        matches!(self.state, DeliveryState::Delivered { .. })
    }

    pub(super) fn kind(&self) -> DeliveryKind {
        match self.after_seconds {
            Some(_) => DeliveryKind::LaterMessage,
            None => DeliveryKind::Notification,
        }
    }

    fn end(&mut self, state: DeliveryState, now: u64) {
        (self.state, self.ended, self.unresolved_attempt) = (state, Some(now), None);
    }

    /// Time at which the delivery was first tried, or ended without an attempt.
    pub(super) fn tried(&self) -> Option<u64> {
        self.attempts.first().copied().or(self.ended)
    }

    fn has_retry_within(&self, times: RangeInclusive<u64>) -> bool {
        !self.attempts.is_empty() && times.contains(&self.due)
    }

    fn scheduled(&self) -> ScheduledDelivery<'_> {
        ScheduledDelivery {
            after_seconds: self.after_seconds,
            state: &self.state,
            ended: self.ended,
            tried: self.attempts.first().copied(),
            may_have_arrived: self.unresolved_attempt.is_some(),
        }
    }
}

//! State machine of one call, from its record on the tablet to its end; see [`CallStage`]. A refusal of the relay is
//! final unless a retry can mend it (`ClientError::is_temporary`).

use yobirin_api::call::CallStatus;
use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::model::delivery::{
    CallState, DeliveryState, Progress, StateChange, later_message_position,
};
use yobirin_domain::recipients::Notified;

use super::backoff;
use super::follow_up::FollowUp;
use super::local_call_status::{CallOutcome, LocalCallStatus};
use super::persisted_call::{ListeningState, PersistedCall};
use super::prepared_call::PreparedCall;
use crate::api::response::{ApiResult, ClientError};

/// Interval of polling an accepted call, in case an event was lost.
pub(super) const POLL_INTERVAL_MS: Millis = 3_000;
/// Interval of polling while events arrive late or not at all. It is shorter than the second between two ticks, so
/// that every tick polls.
pub(super) const POLL_INTERVAL_WITHOUT_EVENTS_MS: Millis = 800;
/// Time after which a request without a response is repeated with the same body. All requests are idempotent.
pub(super) const REQUEST_TIMEOUT_MS: Millis = 20_000;
/// Time after which the screen says that sending or cancelling takes long.
const SLOW_MS: Millis = 8_000;

/// The next request to the relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NextRequest {
    /// Hand the call over.
    Submit,
    /// Ask for the status of the call.
    Poll,
    /// Fetch the settings, and compose the call again with them.
    Recompose,
    /// Cancel the call, or ask for the state of its cancellation.
    Cancel,
}

/// Stage of a call, as far as the tablet knows it.
#[derive(Clone, Debug)]
pub(super) enum CallStage {
    /// Not accepted by the relay yet, after this many failed attempts to hand it over.
    Queued {
        attempts: u32,
    },
    /// The relay refused the call because a destination or mention is not in the settings any more: it is composed
    /// again.
    Outdated,
    /// The relay has stored the call.
    Accepted,
    /// Somebody was notified, and an answer is awaited.
    Listening {
        /// Time of the notification by the relay's clock.
        at: Millis,
        /// Time of the notification by the tablet's clock.
        since: Millis,
    },
    /// Cancelled by the visitor, not confirmed by the relay yet, after this many failed attempts.
    Cancelling {
        attempts: u32,
        /// Time by the tablet's clock.
        cancelled_at: Millis,
    },
    Ended(CallOutcome),
}

/// A call in the queue, with its state as the relay has reported it.
#[derive(Clone, Debug)]
pub(crate) struct QueuedCall {
    pub(super) call: PreparedCall,
    pub(super) stage: CallStage,
    /// Time at which the next request is due.
    pub(super) next_request_at: Millis,
    /// False while the event stream loses or delays events: the call is then polled more often. The queue sets it in
    /// all its calls.
    pub(super) has_reliable_events: bool,
    /// Known states of the deliveries.
    pub(super) progress: Progress,
    /// Answer and later messages.
    pub(super) follow_up: FollowUp,
    /// True when the call was handed over at least once, and the relay has not said since that it does not have it.
    may_be_stored: bool,
    /// True when the call was composed again after the relay had refused it, which is done only once.
    was_recomposed: bool,
}

impl QueuedCall {
    pub(super) fn new(call: PreparedCall, now: Millis) -> Self {
        Self {
            stage: match call.delivery_count {
                0 => CallStage::Ended(CallOutcome::Nowhere),
                _ => CallStage::Queued { attempts: 0 },
            },
            next_request_at: now,
            has_reliable_events: true,
            progress: Progress::new(call.delivery_count),
            follow_up: FollowUp::default(),
            may_be_stored: false,
            was_recomposed: false,
            call,
        }
    }

    /// The call as it was persisted before a reload. It may have been handed over before, without a response.
    pub(super) fn restore(persisted: PersistedCall, now: Millis) -> Self {
        let mut queued = Self::new(persisted.call, now);
        queued.may_be_stored = true;
        if let Some(cancelled_at) = persisted.cancelled_at {
            queued.stage = CallStage::Cancelling {
                attempts: 0,
                cancelled_at,
            };
        } else if persisted.was_accepted {
            queued.accept();
        }
        if let Some(listening) = persisted.listening {
            queued.progress = listening.progress;
            queued.follow_up = listening.follow_up;
            queued.end_if_decided(now);
        }
        queued
    }

    pub(super) fn call(&self) -> &PreparedCall {
        &self.call
    }

    pub(super) fn has_ended(&self) -> bool {
        matches!(self.stage, CallStage::Ended(_))
    }

    /// The call as it is persisted; `None` once it has ended.
    pub(super) fn to_persisted(&self) -> Option<PersistedCall> {
        (!self.has_ended()).then(|| PersistedCall {
            call: self.call.clone(),
            was_accepted: matches!(
                self.stage,
                CallStage::Accepted | CallStage::Listening { .. }
            ),
            cancelled_at: match self.stage {
                CallStage::Cancelling { cancelled_at, .. } => Some(cancelled_at),
                _ => None,
            },
            listening: self.is_listening().then(|| ListeningState {
                progress: self.progress.clone(),
                follow_up: self.follow_up.clone(),
            }),
        })
    }

    /// Failed attempts to hand the call over; 0 once the relay has it.
    pub(super) fn failed_attempts(&self) -> u32 {
        match self.stage {
            CallStage::Queued { attempts } => attempts,
            _ => 0,
        }
    }

    /// Recipients notified so far.
    pub(super) fn notified(&self) -> Notified {
        self.call.recipients.notified_by(&self.progress)
    }

    /// The outcome, once it is known. A call that listens for an answer has notified somebody.
    pub(super) fn outcome(&self) -> Option<CallOutcome> {
        match self.stage {
            CallStage::Listening { at, .. } => Some(CallOutcome::Notified { at }),
            CallStage::Ended(outcome) => Some(outcome),
            CallStage::Queued { .. }
            | CallStage::Outdated
            | CallStage::Accepted
            | CallStage::Cancelling { .. } => None,
        }
    }

    pub(super) fn is_cancelling(&self) -> bool {
        matches!(self.stage, CallStage::Cancelling { .. })
    }

    /// Status at this time, which decides whether sending or cancelling counts as slow.
    pub(super) fn status(&self, now: Millis) -> LocalCallStatus {
        let is_slow = |start| now.saturating_sub(start) >= SLOW_MS;
        match self.stage {
            CallStage::Queued { attempts: 0 } | CallStage::Outdated | CallStage::Accepted => {
                LocalCallStatus::Sending {
                    is_slow: is_slow(self.call.tapped_at),
                }
            }
            CallStage::Queued { .. } => LocalCallStatus::Waiting,
            CallStage::Cancelling {
                attempts,
                cancelled_at,
            } => LocalCallStatus::Cancelling {
                is_waiting: attempts > 0,
                is_slow: is_slow(cancelled_at),
            },
            CallStage::Listening { at, .. } => LocalCallStatus::Ended(CallOutcome::Notified { at }),
            CallStage::Ended(outcome) => LocalCallStatus::Ended(outcome),
        }
    }

    /// Returns the request that is due, and takes it as sent: the next one is due after [`REQUEST_TIMEOUT_MS`],
    /// unless a response, an event or [`Self::make_due`] sets another time. Ends a call whose time is up.
    pub(super) fn take_due_request(&mut self, now: Millis) -> Option<NextRequest> {
        self.end_if_time_is_up(now);
        let next = match self.stage {
            CallStage::Ended(_) => return None,
            CallStage::Cancelling { .. } => NextRequest::Cancel,
            CallStage::Queued { .. } => NextRequest::Submit,
            CallStage::Outdated => NextRequest::Recompose,
            CallStage::Accepted | CallStage::Listening { .. } => NextRequest::Poll,
        };
        if now < self.next_request_at {
            return None;
        }
        self.next_request_at = now + REQUEST_TIMEOUT_MS;
        self.may_be_stored |= next == NextRequest::Submit;
        Some(next)
    }

    fn end_if_time_is_up(&mut self, now: Millis) {
        let call = &self.call;
        let (end, outcome) = match self.stage {
            CallStage::Ended(_) => return,
            CallStage::Queued { .. } | CallStage::Outdated => match self.may_be_stored {
                true => (call.deadline, CallOutcome::Unknown),
                false => (call.deadline, CallOutcome::Expired),
            },
            CallStage::Accepted => match self.progress.first_delivered_at() {
                Some(at) => (call.polled_until(), CallOutcome::Notified { at }),
                None => (call.polled_until(), CallOutcome::Unknown),
            },
            CallStage::Listening { at, .. } => (call.deadline, CallOutcome::Notified { at }),
            CallStage::Cancelling { cancelled_at, .. } => {
                let end = call.cancellation_polled_until(cancelled_at);
                (end, CallOutcome::CancellationUnconfirmed)
            }
        };
        if now >= end {
            self.stage = CallStage::Ended(outcome);
        }
    }

    /// Makes the next request due now, even while the response to the last one is missing.
    pub(super) fn make_due(&mut self, now: Millis) {
        self.next_request_at = self.next_request_at.min(now);
    }

    pub(super) fn on_submit_response(&mut self, response: &ApiResult<CallStatus>, now: Millis) {
        let CallStage::Queued { attempts } = self.stage else {
            // An event or an earlier attempt was faster.
            return self.apply_response(response, now);
        };
        match response {
            Ok(_) => self.apply_response(response, now),
            Err(error) if error.is_temporary() => {
                let attempts = attempts.saturating_add(1);
                self.stage = CallStage::Queued { attempts };
                self.next_request_at = now + backoff::delay(attempts);
            }
            Err(error) => self.on_refused(error, now),
        }
    }

    fn on_refused(&mut self, error: &ClientError, now: Millis) {
        let is_deadline_past = now >= self.call.deadline;
        match error.code() {
            Some(ErrorCode::DestinationNotAllowed) if !self.was_recomposed => {
                self.stage = CallStage::Outdated;
                self.next_request_at = now;
            }
            // The relay has stored the call as it was before it was composed again, with deliveries that the tablet
            // does not know any more.
            Some(ErrorCode::CallDiffers) => {
                self.call.recipients.forget_deliveries();
                self.accept();
                self.next_request_at = now;
            }
            Some(ErrorCode::BadDeadline) if is_deadline_past => {
                self.stage = CallStage::Ended(CallOutcome::Expired);
            }
            Some(ErrorCode::BadDeadline) => self.stage = CallStage::Ended(CallOutcome::WrongClock),
            _ => self.stage = CallStage::Ended(CallOutcome::Refused),
        }
    }

    pub(super) fn on_poll_response(&mut self, response: &ApiResult<CallStatus>, now: Millis) {
        // An accepted call is missing only if the relay's database was replaced.
        let is_missing =
            matches!(response, Err(error) if error.code() == Some(ErrorCode::NotFound));
        match self.stage {
            // It has notified somebody, but no answer will come.
            CallStage::Listening { at, .. } if is_missing => {
                self.stage = CallStage::Ended(CallOutcome::Notified { at });
            }
            // It is handed over again, under the same id.
            CallStage::Accepted if is_missing => {
                self.may_be_stored = false;
                self.stage = CallStage::Queued { attempts: 0 };
                self.next_request_at = now;
            }
            _ => self.apply_response(response, now),
        }
    }

    pub(super) fn on_recomposed(&mut self, call: Option<PreparedCall>, now: Millis) {
        if !matches!(self.stage, CallStage::Outdated) {
            return;
        }
        match call {
            Some(call) => {
                *self = Self {
                    has_reliable_events: self.has_reliable_events,
                    may_be_stored: self.may_be_stored,
                    was_recomposed: true,
                    ..Self::new(call, now)
                };
            }
            None => self.stage = CallStage::Ended(CallOutcome::Refused),
        }
    }

    pub(super) fn on_event(&mut self, change: &StateChange, now: Millis) {
        if matches!(self.stage, CallStage::Cancelling { .. }) {
            self.next_request_at = now; // the response to a cancellation has the states of all deliveries
            return;
        }
        self.accept();
        match later_message_position(self.call.delivery_count, change.delivery) {
            Some(position) => self.follow_up.apply_later_message(position, &change.to),
            None => {
                self.progress.apply(change);
            }
        }
        self.end_if_decided(now);
        self.next_request_at = now + self.poll_interval();
    }

    fn apply_response(&mut self, response: &ApiResult<CallStatus>, now: Millis) {
        if matches!(self.stage, CallStage::Cancelling { .. }) {
            return; // the request was sent before the visitor cancelled
        }
        self.next_request_at = now + self.poll_interval();
        let Ok(status) = response else {
            return;
        };
        self.accept();
        self.apply_deliveries(status);
        self.apply_follow_up(status);
        self.end_if_decided(now);
    }

    fn accept(&mut self) {
        if matches!(self.stage, CallStage::Queued { .. } | CallStage::Outdated) {
            self.stage = CallStage::Accepted;
        }
    }

    /// Ends an accepted call whose outcome is certain, or has it wait for an answer. After a delivery that alerts
    /// nobody, such as a message to an absent host, the outcome is not certain: another delivery may still reach a
    /// delegate. Once the office has erased the visit in its history, no answer is awaited: the call leaves the
    /// menu's list and the storage.
    pub(super) fn end_if_decided(&mut self, now: Millis) {
        if let CallStage::Listening { at, .. } = self.stage
            && self.follow_up.is_erased()
        {
            self.stage = CallStage::Ended(CallOutcome::Notified { at });
        }
        if !matches!(self.stage, CallStage::Accepted) {
            return;
        }
        let progress = &self.progress;
        let is_final = progress.deliveries().iter().all(DeliveryState::is_final);
        let is_certain = is_final || self.follow_up.answer.is_some() || self.notified().alerted;
        let outcome = match progress.state() {
            CallState::Notified if is_certain => {
                if let Some(at) = progress.first_delivered_at() {
                    self.stage = self.notified_stage(at, now);
                    self.call.body.clear(); // not sent again
                }
                return;
            }
            CallState::Sending | CallState::Notified => return,
            CallState::Failed => CallOutcome::Rejected(progress.first_rejection()),
            CallState::Expired => CallOutcome::Expired,
            CallState::Withdrawn => CallOutcome::Withdrawn,
        };
        self.stage = CallStage::Ended(outcome);
    }
}

//! State machine of one call: recorded on the tablet, handed over by idempotent PUT requests, accepted by the relay,
//! ended. A refusal is final unless a retry can mend it (`ClientError::is_temporary`).

use yobirin_api::call::CallStatus;
use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::model::delivery::{
    CallState, DeliveryState, Progress, StateChange, fallback_index,
};
use yobirin_domain::recipients::Notified;

use super::backoff;
use super::follow_up::FollowUp;
use super::local_call_status::{CallOutcome, LocalCallStatus};
use super::persisted_call::{PersistedCall, Reached};
use super::prepared_call::PreparedCall;
use crate::api::response::{ApiResult, ClientError};

/// Interval of polling an accepted call, in case an event was lost.
pub(crate) const POLL_INTERVAL_MS: Millis = 3_000;
/// Interval of polling while events arrive late or not at all. Below the second between two ticks, so that every tick
/// polls.
pub(crate) const POLL_INTERVAL_WITHOUT_EVENTS_MS: Millis = 800;
/// Time after which a request without a response is repeated with the same body. All requests are idempotent.
const REQUEST_TIMEOUT_MS: Millis = 20_000;
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
    /// Not accepted by the relay yet, after this many failed attempts.
    Queued {
        attempts: u32,
    },
    /// The relay refused the call because a destination or mention is not in the settings any more: it is composed
    /// again.
    Outdated,
    /// The relay has stored the call.
    Accepted,
    /// Somebody was notified at `at` by the relay's clock and `since` by the tablet's; an answer is awaited.
    Listening {
        at: Millis,
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
    pub(super) poll_interval: Millis,
    /// Known states of the deliveries.
    pub(super) progress: Progress,
    /// Answer and later messages.
    pub(super) follow_up: FollowUp,
    /// The call was handed over at least once, and the relay has not said since that it does not have it.
    may_be_stored: bool,
    /// The call was composed again after the relay refused it; this is done once.
    was_recomposed: bool,
}

impl QueuedCall {
    pub(super) fn new(call: PreparedCall, now: Millis) -> Self {
        Self {
            stage: match call.deliveries {
                0 => CallStage::Ended(CallOutcome::Nowhere),
                _ => CallStage::Queued { attempts: 0 },
            },
            next_request_at: now,
            poll_interval: POLL_INTERVAL_MS,
            progress: Progress::new(call.deliveries),
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
        } else if persisted.accepted {
            queued.accept();
        }
        if let Some(reached) = persisted.reached {
            queued.progress = reached.progress;
            queued.follow_up = reached.follow_up;
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

    pub(super) fn to_persisted(&self) -> Option<PersistedCall> {
        (!self.has_ended()).then(|| PersistedCall {
            call: self.call.clone(),
            accepted: matches!(
                self.stage,
                CallStage::Accepted | CallStage::Listening { .. }
            ),
            cancelled_at: match self.stage {
                CallStage::Cancelling { cancelled_at, .. } => Some(cancelled_at),
                _ => None,
            },
            reached: self.is_listening().then(|| Reached {
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

    /// Recipients reached so far.
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
                    slow: is_slow(self.call.tapped_at),
                }
            }
            CallStage::Queued { .. } => LocalCallStatus::Waiting,
            CallStage::Cancelling {
                attempts,
                cancelled_at,
            } => LocalCallStatus::Cancelling {
                waiting: attempts > 0,
                slow: is_slow(cancelled_at),
            },
            CallStage::Listening { at, .. } => LocalCallStatus::Ended(CallOutcome::Notified { at }),
            CallStage::Ended(outcome) => LocalCallStatus::Ended(outcome),
        }
    }

    /// The request that is due. It is returned once, and again when its response has arrived or is overdue, or after
    /// [`Self::make_due`]. Ends a call whose time is up.
    pub(super) fn next_request(&mut self, now: Millis) -> Option<NextRequest> {
        let deadline = self.call.deadline;
        let next = match self.stage {
            CallStage::Ended(_) => return None,
            CallStage::Queued { .. } | CallStage::Outdated if now >= deadline => {
                self.stage = CallStage::Ended(match self.may_be_stored {
                    true => CallOutcome::Unknown,
                    false => CallOutcome::Expired,
                });
                return None;
            }
            CallStage::Accepted if now >= self.call.polled_until(None) => {
                let notified = self
                    .progress
                    .first_delivered_at()
                    .map(|at| CallOutcome::Notified { at });
                self.stage = CallStage::Ended(notified.unwrap_or(CallOutcome::Unknown));
                return None;
            }
            CallStage::Listening { at, .. } if now >= deadline => {
                self.stage = CallStage::Ended(CallOutcome::Notified { at });
                return None;
            }
            CallStage::Cancelling { cancelled_at, .. }
                if now >= self.call.polled_until(Some(cancelled_at)) =>
            {
                self.stage = CallStage::Ended(CallOutcome::RetractionUnknown);
                return None;
            }
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
            // The relay has stored the call as it was before it was composed again.
            Some(ErrorCode::CallDiffers) => {
                self.call.recipients.forget();
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
        let is_missing =
            matches!(response, Err(error) if error.code() == Some(ErrorCode::NotFound));
        if is_missing && let CallStage::Listening { at, .. } = self.stage {
            // The relay's database was replaced, but the call has notified somebody: no answer will come.
            self.stage = CallStage::Ended(CallOutcome::Notified { at });
        }
        if is_missing && matches!(self.stage, CallStage::Accepted) {
            // The relay's database was replaced: hand the call over again, under the same id.
            self.may_be_stored = false;
            self.stage = CallStage::Queued { attempts: 0 };
            self.next_request_at = now;
            return;
        }
        self.apply_response(response, now);
    }

    pub(super) fn on_recomposed(&mut self, call: Option<PreparedCall>, now: Millis) {
        if !matches!(self.stage, CallStage::Outdated) {
            return;
        }
        match call {
            Some(call) => {
                *self = Self {
                    poll_interval: self.poll_interval,
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
        if !self.on_later_event(change) {
            self.progress.apply(change);
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

    /// Applies the states of all deliveries.
    pub(super) fn apply_deliveries(&mut self, status: &CallStatus) {
        let fallback = status.fallback.iter();
        let fallback = fallback.map(|state| (fallback_index(status.deliveries.len()), state));
        for (delivery, state) in fallback.chain(status.deliveries.iter().enumerate()) {
            self.progress.apply(&StateChange {
                delivery,
                sequence: status.sequence,
                to: state.clone(),
            });
        }
    }

    fn accept(&mut self) {
        if matches!(self.stage, CallStage::Queued { .. } | CallStage::Outdated) {
            self.stage = CallStage::Accepted;
        }
    }

    /// Ends a call whose outcome is certain, or has it wait for an answer. While nobody is alerted and nobody answers,
    /// the other deliveries are waited for: one of them may still reach a delegate.
    /// A call whose visit was erased waits for nothing: it leaves the list of the menu and the storage.
    pub(super) fn end_if_decided(&mut self, now: Millis) {
        if let CallStage::Listening { at, .. } = self.stage
            && self.follow_up.is_erased()
        {
            self.stage = CallStage::Ended(CallOutcome::Notified { at });
        }
        let progress = &self.progress;
        if !matches!(self.stage, CallStage::Accepted) {
            return;
        }
        let is_final = progress.deliveries().iter().all(DeliveryState::is_final);
        let is_certain = is_final || self.follow_up.answer.is_some() || self.notified().alerted;
        let outcome = match progress.state() {
            CallState::Notified if is_certain => {
                if let Some(at) = self.progress.first_delivered_at() {
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

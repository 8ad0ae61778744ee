//! One call on its way: recorded here, accepted by the relay, ended.

use yobirin_api::call::CallStatus;
use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::model::delivery::{
    CallState, DeliveryState, Progress, RejectReason, StateChange, fallback_index,
};
use yobirin_domain::recipients::Notified;

use super::backoff;
use super::queue::{CallOutcome, LocalCallStatus, PersistedCall, PreparedCall};
use crate::api::response::{ApiResult, ClientError};

/// How often the relay is asked about a call that it has, in case an event was lost.
pub(crate) const POLL_INTERVAL_MS: Millis = 3_000;
/// The same while events are known to arrive late or not at all: at every tick of the kiosk's second.
pub(crate) const POLL_INTERVAL_WITHOUT_EVENTS_MS: Millis = 800;
/// An answer that takes longer is not waited for: asking again is harmless.
const REQUEST_TIMEOUT_MS: Millis = 20_000;
/// After this time the visitor is told that it takes longer than usual.
const SLOW_MS: Millis = 8_000;
/// How long after its deadline an accepted call is still looked for.
pub(crate) const GRACE_MS: Millis = 60_000;

/// What a call needs now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NextRequest {
    Submit,
    Poll,
    Rebuild,
    Cancel,
}

#[derive(Clone, Debug)]
pub(crate) enum CallStage {
    /// The relay has not said yet that it has it.
    Queued {
        attempts: u32,
    },
    /// The relay refused it because the settings have changed.
    Outdated,
    /// The relay has it on disk.
    Accepted,
    /// The visitor has taken it back; what has become of it is asked of the relay.
    Cancelling {
        tries: u32,
        /// When asking ends.
        until: Millis,
    },
    Ended(CallOutcome),
}

#[derive(Clone, Debug)]
pub(crate) struct QueuedCall {
    pub(crate) call: PreparedCall,
    pub(crate) stage: CallStage,
    /// When the next task is due.
    pub(crate) due: Millis,
    /// Interval until the relay is asked about it again.
    pub(crate) poll_interval: Millis,
    /// Known states of its deliveries.
    progress: Progress,
    /// It has been handed over, and the relay has not denied having it.
    may_be_stored: bool,
    /// It has been worded anew once already.
    was_rebuilt: bool,
}

impl QueuedCall {
    pub(crate) fn new(call: PreparedCall, now: Millis) -> Self {
        let nowhere = call.deliveries == 0;
        Self {
            stage: if nowhere {
                CallStage::Ended(CallOutcome::Nowhere)
            } else {
                CallStage::Queued { attempts: 0 }
            },
            due: now,
            poll_interval: POLL_INTERVAL_MS,
            progress: Progress::new(call.deliveries),
            may_be_stored: false,
            was_rebuilt: false,
            call,
        }
    }

    pub(crate) fn restore(stored: PersistedCall, now: Millis) -> Self {
        let mut passage = Self::new(stored.call, now);
        passage.may_be_stored = true; // it was on its way when the page was left
        if stored.cancelled {
            passage.cancel(now);
        } else if stored.accepted {
            passage.accept();
        }
        passage
    }

    pub(crate) fn call(&self) -> &PreparedCall {
        &self.call
    }

    pub(crate) fn has_ended(&self) -> bool {
        matches!(self.stage, CallStage::Ended(_))
    }

    pub(crate) fn to_persisted(&self) -> Option<PersistedCall> {
        (!self.has_ended()).then(|| PersistedCall {
            call: self.call.clone(),
            accepted: matches!(self.stage, CallStage::Accepted),
            cancelled: matches!(self.stage, CallStage::Cancelling { .. }),
        })
    }

    /// Recipients that the call has reached so far.
    pub(crate) fn notified(&self) -> Notified {
        self.call.recipients.notified_by(&self.progress)
    }

    pub(crate) fn status(&self, now: Millis) -> LocalCallStatus {
        let slow = now.saturating_sub(self.call.tapped) >= SLOW_MS;
        match &self.stage {
            CallStage::Queued { attempts: 0 } | CallStage::Outdated | CallStage::Accepted => {
                LocalCallStatus::Sending { slow }
            }
            CallStage::Queued { .. } => LocalCallStatus::Waiting,
            CallStage::Cancelling { tries, .. } => LocalCallStatus::Cancelling {
                waiting: *tries > 0,
            },
            CallStage::Ended(end) => LocalCallStatus::Ended(*end),
        }
    }

    /// What is due now, once; a call whose time is up ends here.
    pub(crate) fn next_request(&mut self, now: Millis) -> Option<NextRequest> {
        let deadline = self.call.deadline;
        let next = match &self.stage {
            CallStage::Ended(_) => return None,
            CallStage::Queued { .. } | CallStage::Outdated if now >= deadline => {
                self.stage = CallStage::Ended(match self.may_be_stored {
                    true => CallOutcome::Unknown,
                    false => CallOutcome::Expired,
                });
                return None;
            }
            CallStage::Accepted if now >= deadline + GRACE_MS => {
                self.stage =
                    CallStage::Ended(self.notified_outcome().unwrap_or(CallOutcome::Unknown));
                return None;
            }
            CallStage::Cancelling { until, .. } if now >= *until => {
                self.stage = CallStage::Ended(CallOutcome::Unknown);
                return None;
            }
            CallStage::Cancelling { .. } => NextRequest::Cancel,
            CallStage::Queued { .. } => NextRequest::Submit,
            CallStage::Outdated => NextRequest::Rebuild,
            CallStage::Accepted => NextRequest::Poll,
        };
        if now < self.due {
            return None;
        }
        self.due = now + REQUEST_TIMEOUT_MS;
        self.may_be_stored |= next == NextRequest::Submit;
        Some(next)
    }

    pub(crate) fn make_due(&mut self, now: Millis) {
        self.due = self.due.min(now);
    }

    pub(crate) fn on_submit_response(&mut self, answer: &ApiResult<CallStatus>, now: Millis) {
        let CallStage::Queued { attempts: tries } = self.stage else {
            // Heard of meanwhile by an event, or tried twice.
            return self.apply_response(answer, now);
        };
        match answer {
            Ok(_) => self.apply_response(answer, now),
            Err(error) if error.is_temporary() => {
                let tries = tries.saturating_add(1);
                self.stage = CallStage::Queued { attempts: tries };
                self.due = now + backoff::delay(tries);
            }
            Err(error) => self.on_refused(error, now),
        }
    }

    fn on_refused(&mut self, error: &ClientError, now: Millis) {
        let past = now >= self.call.deadline;
        match error.code() {
            Some(ErrorCode::OutOfReach) if !self.was_rebuilt => {
                self.stage = CallStage::Outdated;
                self.due = now;
            }
            // An earlier wording has arrived after all: what the relay has is what counts.
            Some(ErrorCode::CallDiffers) => {
                self.call.recipients.forget();
                self.accept();
                self.due = now;
            }
            Some(ErrorCode::BadDeadline) if past => {
                self.stage = CallStage::Ended(CallOutcome::Expired)
            }
            Some(ErrorCode::BadDeadline) => self.stage = CallStage::Ended(CallOutcome::WrongClock),
            _ => self.stage = CallStage::Ended(CallOutcome::Refused),
        }
    }

    pub(crate) fn on_poll_response(&mut self, answer: &ApiResult<CallStatus>, now: Millis) {
        let gone = matches!(answer, Err(error) if error.code() == Some(ErrorCode::NotFound));
        if gone && matches!(self.stage, CallStage::Accepted) {
            self.may_be_stored = false;
            // The relay has lost it, or never had it: hand it over again under the same id.
            self.stage = CallStage::Queued { attempts: 0 };
            self.due = now;
            return;
        }
        self.apply_response(answer, now);
    }

    pub(crate) fn on_rebuilt(&mut self, call: Option<PreparedCall>, now: Millis) {
        if !matches!(self.stage, CallStage::Outdated) {
            return;
        }
        match call {
            Some(call) => {
                *self = Self {
                    poll_interval: self.poll_interval,
                    may_be_stored: self.may_be_stored,
                    was_rebuilt: true,
                    ..Self::new(call, now)
                };
            }
            None => self.stage = CallStage::Ended(CallOutcome::Refused),
        }
    }

    pub(crate) fn on_event(&mut self, change: &StateChange, now: Millis) {
        if matches!(self.stage, CallStage::Cancelling { .. }) {
            self.due = now; // whatever it was, the relay knows the whole of it
            return;
        }
        self.accept();
        self.progress.apply(change);
        self.end_if_decided();
        self.due = now + self.poll_interval;
    }

    /// Takes in what the relay says about a call that it has.
    fn apply_response(&mut self, answer: &ApiResult<CallStatus>, now: Millis) {
        if matches!(self.stage, CallStage::Cancelling { .. }) {
            return; // from before it was taken back
        }
        self.due = now + self.poll_interval;
        let Ok(status) = answer else {
            return;
        };
        self.accept();
        self.apply_deliveries(status);
        self.end_if_decided();
    }

    /// Takes in how each delivery stands.
    pub(crate) fn apply_deliveries(&mut self, status: &CallStatus) {
        let fallback = status.fallback.iter();
        let fallback = fallback.map(|to| (fallback_index(status.deliveries.len()), to));
        for (delivery, to) in fallback.chain(status.deliveries.iter().enumerate()) {
            self.progress.apply(&StateChange {
                delivery,
                sequence: status.sequence,
                to: to.clone(),
            });
        }
    }

    fn accept(&mut self) {
        if matches!(self.stage, CallStage::Queued { .. } | CallStage::Outdated) {
            self.stage = CallStage::Accepted;
        }
    }

    /// Ends a call of which enough is known. Where nobody has an alert yet, its other deliveries are
    /// waited for: a delegate may still be told.
    fn end_if_decided(&mut self) {
        let progress = &self.progress;
        if !matches!(self.stage, CallStage::Accepted) {
            return;
        }
        let is_final = progress.deliveries().iter().all(DeliveryState::is_final);
        let end = match progress.state() {
            CallState::Notified if is_final || self.notified().alerted => self.notified_outcome(),
            CallState::Sending | CallState::Notified => None,
            CallState::Failed => Some(CallOutcome::Rejected(reject_reason(progress))),
            CallState::Expired => Some(CallOutcome::Expired),
            CallState::Withdrawn => Some(CallOutcome::Withdrawn),
        };
        if let Some(end) = end {
            self.stage = CallStage::Ended(end);
        }
    }

    /// The end of a call that has told somebody.
    fn notified_outcome(&self) -> Option<CallOutcome> {
        let at = first_delivered_at(&self.progress)?;
        Some(CallOutcome::Notified { at })
    }
}

/// When the first message was stored.
fn first_delivered_at(progress: &Progress) -> Option<Millis> {
    let times = progress
        .deliveries()
        .iter()
        .filter_map(|state| match state {
            DeliveryState::Delivered { at, .. } => Some(*at),
            _ => None,
        });
    times.min()
}

fn reject_reason(progress: &Progress) -> Option<RejectReason> {
    progress.deliveries().iter().find_map(|state| match state {
        DeliveryState::Rejected { reason } => Some(*reason),
        _ => None,
    })
}

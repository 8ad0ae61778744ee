//! A call that the visitor takes back. From that moment the tablet hands nothing over any more; what
//! the relay already has it is asked to withdraw or, where somebody has been told, to retract.

use yobirin_api::Millis;
use yobirin_api::call::CallStatus;
use yobirin_domain::model::delivery::DeliveryState;

use super::backoff;
use super::queue::CallOutcome;
use super::queued_call::{CallStage, GRACE_MS, QueuedCall};
use crate::api::response::ApiResult;

impl QueuedCall {
    /// Takes the call back, if there is still something to take back.
    pub(crate) fn cancel(&mut self, now: Millis) {
        let may = match &self.stage {
            CallStage::Queued { .. } | CallStage::Outdated | CallStage::Accepted => true,
            CallStage::Ended(end) => matches!(end, CallOutcome::Notified { .. }),
            CallStage::Cancelling { .. } => false,
        };
        if may {
            let until = self.call.deadline.max(now) + GRACE_MS;
            self.stage = CallStage::Cancelling { tries: 0, until };
            self.due = now;
        }
    }

    /// What the relay says about a call that was taken back.
    pub(crate) fn on_cancel_response(&mut self, answer: &ApiResult<CallStatus>, now: Millis) {
        let CallStage::Cancelling { tries, until } = self.stage else {
            return;
        };
        match answer {
            Ok(status) => {
                self.apply_deliveries(status);
                self.due = now + self.poll_interval;
                self.stage = match cancel_outcome(status) {
                    Some(end) => CallStage::Ended(end),
                    None => CallStage::Cancelling { tries: 0, until },
                };
            }
            Err(error) if error.is_temporary() => {
                let tries = tries.saturating_add(1);
                self.stage = CallStage::Cancelling { tries, until };
                self.due = now + backoff::delay(tries);
            }
            Err(_) => self.stage = CallStage::Ended(CallOutcome::RetractionUnknown),
        }
    }
}

/// How it ended, once nothing about it can change any more.
fn cancel_outcome(status: &CallStatus) -> Option<CallOutcome> {
    let first = || status.deliveries.iter().chain(&status.fallback);
    if !first()
        .chain(&status.retractions)
        .all(DeliveryState::is_final)
    {
        return None;
    }
    let delivered = |state: &&DeliveryState| matches!(state, DeliveryState::Delivered { .. });
    let told = first().filter(delivered).count();
    let told_again = status.retractions.iter().filter(delivered).count();
    Some(match told {
        0 => CallOutcome::Withdrawn,
        told if told == told_again => CallOutcome::Retracted,
        _ => CallOutcome::NotRetracted,
    })
}

//! Cancelling a call. The tablet stops handing it over, and asks the relay to withdraw the deliveries that wait and to
//! send a retraction to everybody who was notified.

use std::collections::BTreeSet;

use yobirin_api::Millis;
use yobirin_api::call::CallStatus;
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::model::id::RoomId;

use super::backoff;
use super::local_call_status::CallOutcome;
use super::queued_call::{CallStage, QueuedCall};
use crate::api::response::ApiResult;

impl QueuedCall {
    /// Cancels the call, unless it is cancelled already or has ended without notifying anybody.
    pub(super) fn cancel(&mut self, now: Millis) {
        let can_cancel = match &self.stage {
            CallStage::Queued { .. }
            | CallStage::Outdated
            | CallStage::Accepted
            | CallStage::Listening { .. } => true,
            CallStage::Ended(outcome) => matches!(outcome, CallOutcome::Notified { .. }),
            CallStage::Cancelling { .. } => false,
        };
        if can_cancel {
            self.stage = CallStage::Cancelling {
                attempts: 0,
                cancelled_at: now,
            };
            self.next_request_at = now;
        }
    }

    /// Applies the response to a cancellation. The call ends when all deliveries and retractions are final, and as
    /// [`CallOutcome::CancellationUnconfirmed`] when the relay refuses to cancel.
    pub(super) fn on_cancel_response(&mut self, response: &ApiResult<CallStatus>, now: Millis) {
        let CallStage::Cancelling {
            attempts,
            cancelled_at,
        } = self.stage
        else {
            return;
        };
        match response {
            Ok(status) => {
                self.apply_deliveries(status);
                self.next_request_at = now + self.poll_interval();
                self.stage = match cancel_outcome(status) {
                    Some(outcome) => CallStage::Ended(outcome),
                    None => CallStage::Cancelling {
                        attempts: 0,
                        cancelled_at,
                    },
                };
            }
            Err(error) if error.is_temporary() => {
                let attempts = attempts.saturating_add(1);
                self.stage = CallStage::Cancelling {
                    attempts,
                    cancelled_at,
                };
                self.next_request_at = now + backoff::delay(attempts);
            }
            Err(_) => self.stage = CallStage::Ended(CallOutcome::CancellationUnconfirmed),
        }
    }
}

/// The outcome; `None` until every delivery and retraction has reached its final state. Each room that has a message
/// of the call needs a retraction, and every retraction must have arrived: that of a late message counts too.
fn cancel_outcome(status: &CallStatus) -> Option<CallOutcome> {
    let messages = || {
        let at_once = status.deliveries.iter().chain(&status.fallback);
        at_once.chain(&status.later)
    };
    let mut with_retractions = messages().chain(&status.retractions);
    if !with_retractions.all(DeliveryState::is_final) {
        return None;
    }
    let room_of = |state: &DeliveryState| match state {
        DeliveryState::Delivered { room, .. } => Some(*room),
        _ => None,
    };
    let notified_rooms: BTreeSet<RoomId> = messages().filter_map(room_of).collect();
    let retractions = status.retractions.iter().map(room_of);
    // `None` when a retraction has not arrived.
    let told_rooms: Option<BTreeSet<RoomId>> = retractions.collect();
    let outcome = if notified_rooms.is_empty() {
        CallOutcome::Withdrawn
    } else if told_rooms.is_some_and(|told| told.is_superset(&notified_rooms)) {
        CallOutcome::Retracted
    } else {
        CallOutcome::NotRetracted
    };
    Some(outcome)
}

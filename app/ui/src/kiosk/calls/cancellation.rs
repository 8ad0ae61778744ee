//! A call that the visitor takes back. From that moment the tablet hands nothing over any more; what
//! the relay already has it is asked to withdraw or, where somebody has been told, to retract.

use yobirin_api::Millis;
use yobirin_api::call::CallStatus;
use yobirin_domain::model::delivery::DeliveryState;

use super::backoff;
use super::queue::End;
use super::queued_call::{GRACE, Passage, Stage};
use crate::api::client::Answered;

impl Passage {
    /// Takes the call back, if there is still something to take back.
    pub(crate) fn cancel(&mut self, now: Millis) {
        let may = match &self.stage {
            Stage::Queued { .. } | Stage::Outdated | Stage::Accepted => true,
            Stage::Over(end) => matches!(end, End::Notified { .. }),
            Stage::Cancelling { .. } => false,
        };
        if may {
            let until = self.call.deadline.max(now) + GRACE;
            self.stage = Stage::Cancelling { tries: 0, until };
            self.due = now;
        }
    }

    /// What the relay says about a call that was taken back.
    pub(crate) fn cancelled(&mut self, answer: &Answered<CallStatus>, now: Millis) {
        let Stage::Cancelling { tries, until } = self.stage else {
            return;
        };
        match answer {
            Ok(status) => {
                self.learn(status);
                self.due = now + self.look;
                self.stage = match end(status) {
                    Some(end) => Stage::Over(end),
                    None => Stage::Cancelling { tries: 0, until },
                };
            }
            Err(error) if error.is_temporary() => {
                let tries = tries.saturating_add(1);
                self.stage = Stage::Cancelling { tries, until };
                self.due = now + backoff::after(tries);
            }
            Err(_) => self.stage = Stage::Over(End::MaybeRetracted),
        }
    }
}

/// How it ended, once nothing about it can change any more.
fn end(status: &CallStatus) -> Option<End> {
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
        0 => End::Withdrawn,
        told if told == told_again => End::Retracted,
        _ => End::NotRetracted,
    })
}

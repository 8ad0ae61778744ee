//! A call that has notified somebody and waits for an answer until its deadline.

use yobirin_api::Millis;
use yobirin_api::call::{CallStatus, ShownAnswer};
use yobirin_domain::model::delivery::{StateChange, fallback_index};
use yobirin_domain::model::escalation_step::EscalationTarget;

use super::local_call_status::CallOutcome;
use super::queued_call::{
    CallStage, POLL_INTERVAL_MS, POLL_INTERVAL_WITHOUT_EVENTS_MS, QueuedCall,
};

/// Time without an answer after which the screen offers other actions: call again, call staff, telephone.
const LONG_WAIT_MS: Millis = 90_000;
/// Interval of polling while events bring the answer.
const LISTENING_INTERVAL_MS: Millis = 15_000;

/// State of the wait for an answer to a call that has notified somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wait {
    pub(crate) stage: WaitStage,
    pub(crate) answer: Option<ShownAnswer>,
    /// True when the answer was deleted and no other one is valid.
    pub(crate) is_answer_withdrawn: bool,
    /// Later notifications that have arrived, with their times.
    pub(crate) later_notifications: Vec<(Millis, EscalationTarget)>,
    /// Number of changes so far; the idle timer restarts with each.
    pub(crate) changes: u32,
}

/// Stage of the wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WaitStage {
    /// The wait has begun.
    New,
    /// The wait is long: the screen offers what else the visitor can do.
    Long,
    /// Nobody has answered by the last step of the escalation, or by the deadline: the screen shows the telephone
    /// number.
    Unanswered,
}

impl QueuedCall {
    /// Stage of a call that notified somebody at `at`.
    pub(super) fn notified_stage(&self, at: Millis, now: Millis) -> CallStage {
        match self.call.awaits_answer {
            true => CallStage::Listening {
                at,
                // Between the tap and now, even if the relay's clock differs from the tablet's.
                since: at.max(self.call.tapped_at).min(now),
            },
            false => CallStage::Ended(CallOutcome::Notified { at }),
        }
    }

    /// True while the call has notified somebody and an answer is awaited.
    pub(super) fn is_listening(&self) -> bool {
        matches!(self.stage, CallStage::Listening { .. })
    }

    /// Ends the wait of a call without an answer, because the office shows no answers any more.
    pub(super) fn stop_awaiting_answer(&mut self) {
        if self.follow_up.answer.is_some() {
            return;
        }
        self.call.awaits_answer = false;
        if let CallStage::Listening { at, .. } = self.stage {
            self.stage = CallStage::Ended(CallOutcome::Notified { at });
        }
    }

    /// Applies an event about the answer; `None` when the answer was deleted.
    pub(super) fn on_answer(&mut self, answer: Option<&ShownAnswer>, sequence: u64, now: Millis) {
        if !self.has_ended() {
            self.follow_up.apply_answer(answer, sequence);
            self.end_if_decided(now);
            if matches!(self.stage, CallStage::Accepted) {
                self.next_request_at = now; // the event of the delivery was lost
            }
        }
    }

    /// Applies the states of all deliveries.
    pub(super) fn apply_deliveries(&mut self, status: &CallStatus) {
        let deliveries = status.deliveries.iter().enumerate();
        let fallback_index = fallback_index(status.deliveries.len());
        let fallback = status.fallback.iter().map(|state| (fallback_index, state));
        for (delivery, state) in deliveries.chain(fallback) {
            self.progress.apply(&StateChange {
                delivery,
                sequence: status.sequence,
                to: state.clone(),
            });
        }
    }

    /// Applies the later messages and the answer of a status.
    pub(super) fn apply_follow_up(&mut self, status: &CallStatus) {
        for (position, state) in status.later.iter().enumerate() {
            self.follow_up.apply_later_message(position, state);
        }
        let answer = status.answer.as_ref();
        self.follow_up.apply_answer(answer, status.sequence);
    }

    /// Interval between two polls.
    pub(super) fn poll_interval(&self) -> Millis {
        match (self.has_reliable_events, self.is_listening()) {
            (false, _) => POLL_INTERVAL_WITHOUT_EVENTS_MS,
            (true, true) => LISTENING_INTERVAL_MS,
            (true, false) => POLL_INTERVAL_MS,
        }
    }

    /// State of the wait; `None` when nobody was notified, or no answer is awaited.
    pub(super) fn wait(&self, now: Millis) -> Option<Wait> {
        let stage = match self.stage {
            CallStage::Listening { since, .. } => self.wait_stage(since, now),
            CallStage::Ended(CallOutcome::Notified { .. }) if self.call.awaits_answer => {
                WaitStage::Unanswered
            }
            _ => return None,
        };
        let follow_up = &self.follow_up;
        Some(Wait {
            stage,
            answer: follow_up.answer.clone(),
            is_answer_withdrawn: follow_up.is_answer_withdrawn,
            later_notifications: self.later_notifications(),
            changes: follow_up.changes,
        })
    }

    /// Stage of a wait that has begun at `since`.
    fn wait_stage(&self, since: Millis, now: Millis) -> WaitStage {
        let call = &self.call;
        let waited = now.saturating_sub(since);
        let latest_message = self.follow_up.arrived_messages.last();
        let latest_step = latest_message.and_then(|(position, _)| call.shown_steps.get(*position));
        let is_last_step_sent =
            latest_step.is_some_and(|step| Some(step.after_seconds) == call.phone_after);
        let phone_after = call
            .phone_after
            .map(|seconds| Millis::from(seconds) * 1_000);
        let is_last_step_due = phone_after.is_some_and(|phone_after| waited >= phone_after);
        if now >= call.deadline || is_last_step_sent || is_last_step_due {
            WaitStage::Unanswered
        } else if waited >= LONG_WAIT_MS {
            WaitStage::Long
        } else {
            WaitStage::New
        }
    }

    /// Time and target of each later notification that has arrived.
    fn later_notifications(&self) -> Vec<(Millis, EscalationTarget)> {
        let mut notifications = Vec::new();
        let mut previous_step = None;
        for (position, at) in &self.follow_up.arrived_messages {
            let step = self.call.shown_steps.get(*position);
            // The messages of one step are one notification.
            if let Some(step) = step
                && previous_step != Some(step)
            {
                notifications.push((*at, step.to));
                previous_step = Some(step);
            }
        }
        notifications
    }
}

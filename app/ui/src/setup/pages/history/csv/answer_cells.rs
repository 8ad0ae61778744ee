//! Cells about the answer to a call, its reminders and the missed visit.

use yobirin_api::Millis;
use yobirin_api::call::{CallRecord, MissedOutcome, SentStep};
use yobirin_domain::answer::{AnswerAuthor, AnswerResult};
use yobirin_domain::model::delivery::DeliveryState;

use super::HistoryCsv;
use crate::setup::shared::escalation::after_text;

impl<T: Fn(Millis) -> String> HistoryCsv<'_, T> {
    /// Result, author, time, seconds from the first delivery, words. Empty cells for a call that asks for no answer.
    pub(super) fn answer_cells(&self, record: &CallRecord) -> [String; 5] {
        let texts = &self.words.history_csv;
        let (result, after) = match record.answer_result(self.now) {
            AnswerResult::NotAwaited => return Default::default(),
            AnswerResult::Waiting => (texts.answer_waiting, None),
            AnswerResult::Unanswered => (texts.answer_no, None),
            AnswerResult::Answered { after } => (texts.answer_yes, Some(after)),
        };
        let answer = record.first_answer();
        let who = answer.map(|answer| match &answer.who {
            AnswerAuthor::Host(name) => name.clone(),
            AnswerAuthor::Colleague => texts.colleague.to_owned(),
        });
        let at = answer.map(|answer| (self.timestamp)(answer.at));
        let seconds = after.map(|after| (after / 1000).to_string());
        let words = answer.map(|answer| answer.words.clone());
        [Some(result.to_owned()), who, at, seconds, words].map(Option::unwrap_or_default)
    }

    /// All reminders: planned time, destination, and when each was delivered.
    pub(super) fn steps_cell(&self, record: &CallRecord) -> String {
        let texts = &self.words.history_csv;
        let step = |step: SentStep<'_>| {
            let after = after_text(self.words, step.later.after_seconds);
            let to = self.destination(step.later.to);
            let state = match step.delivery.map(|delivery| &delivery.state) {
                Some(DeliveryState::Delivered { at, .. }) => (self.timestamp)(*at),
                Some(DeliveryState::Waiting | DeliveryState::Unknown) | None => {
                    texts.sending.to_owned()
                }
                Some(
                    DeliveryState::Withdrawn
                    | DeliveryState::Expired
                    | DeliveryState::Rejected { .. },
                ) => texts.step_not_sent.to_owned(),
            };
            format!("{after} {to}: {state}")
        };
        let steps: Vec<String> = record.steps().map(step).collect();
        steps.join("; ")
    }

    /// Result of the task for a missed visit; `""` without one.
    pub(super) fn missed_cell(&self, record: &CallRecord) -> &'static str {
        let texts = &self.words.history_csv;
        let Some(missed) = &record.missed else {
            return "";
        };
        match missed.outcome {
            Some(MissedOutcome::Task { .. }) => texts.missed_task,
            Some(MissedOutcome::Posted { .. }) => texts.missed_posted,
            Some(MissedOutcome::Refused) => texts.missed_refused,
            None => texts.missed_pending,
        }
    }
}

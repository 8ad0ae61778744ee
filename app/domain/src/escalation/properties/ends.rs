//! End of a call, as the stored records show it, and the conditions that must hold for it.

use super::chatwork::{Chatwork, room};
use super::relay::{StoredCall, StoredDelivery};
use crate::answer::{AnswerResult, AnswerWait, shown_answer};
use crate::escalation::MAX_DOUBT_WAIT_MILLIS;
use crate::missed_visit::MissedDecision;
use crate::model::delivery::{CallState, DeliveryState};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The tablet shows an answer.
    Answered,
    /// Nobody has answered by the deadline: the tablet shows whom to telephone.
    Unanswered,
    /// The visitor has cancelled.
    Cancelled,
    /// No message has arrived by the deadline, as the tablet shows.
    Expired,
}

/// End of a call. Fails when the stored records show no end, or contradict each other.
pub(super) fn end_of(call: &StoredCall, now: u64) -> End {
    for delivery in &call.deliveries {
        assert!(delivery.state.is_final(), "not final: {delivery:?}");
    }
    let first = call
        .deliveries
        .iter()
        .filter(|delivery| delivery.after_seconds.is_none());
    let state = CallState::of(first.map(|delivery| &delivery.state));
    let answers = call.final_answers.iter().filter(|answer| !answer.withdrawn);
    let wait = AnswerWait {
        is_asked: true,
        notified: call.notified(),
        answered: answers.map(|answer| answer.sent * 1_000).min(),
        is_cancelled_or_revoked: call.flags.is_cancelled,
        deadline: call.deadline,
    };
    let result = wait.result(now);
    let shown = shown_answer(call.id, &call.final_answers);
    let is_missed = matches!(call.decision, Some(MissedDecision::Missed(_)));
    // Each end is derived from different records, so that a contradiction between the records shows.
    let ends = [
        (shown.is_some(), End::Answered),
        (result == AnswerResult::Unanswered, End::Unanswered),
        (call.flags.is_cancelled && shown.is_none(), End::Cancelled),
        (
            matches!(state, CallState::Expired | CallState::Failed),
            End::Expired,
        ),
    ];
    let ends: Vec<End> = ends
        .into_iter()
        .filter_map(|(is_so, end)| is_so.then_some(end))
        .collect();
    let is_cancelled_unsent = ends == [End::Cancelled, End::Expired];
    assert!(ends.len() == 1 || is_cancelled_unsent, "{ends:?}: {call:?}");
    assert_eq!(is_missed, ends[0] == End::Unanswered, "the task: {call:?}");
    let is_answered = matches!(result, AnswerResult::Answered { .. });
    assert_eq!(
        is_answered,
        ends[0] == End::Answered,
        "the history: {call:?}"
    );
    ends[0]
}

impl StoredCall {
    /// True when a message of the call stood in the private chat at this time, before the deadline.
    fn is_open_in_private(&self, at: u64) -> bool {
        let mut deliveries = self.deliveries.iter();
        at < self.deadline
            && deliveries.any(|delivery| {
                let is_known =
                    delivery.is_delivered() && delivery.ended.is_some_and(|ended| ended < at);
                delivery.room == room(0) && is_known
            })
    }

    /// True when the visitor has not cancelled, and the results of all deliveries were known at the deadline.
    fn was_known_at_deadline(&self) -> bool {
        let mut ended = self.deliveries.iter().map(|delivery| delivery.ended);
        !self.flags.is_cancelled && ended.all(|ended| ended.is_some_and(|at| at <= self.deadline))
    }
}

/// Asserts that steps keep their order and their distance, that no attempt begins after an answer was stored or after the
/// deadline, and that a call that ends unanswered has sent all steps for which there was time.
pub(super) fn assert_steps(call: &StoredCall, end: End) {
    let delivered = call.notified();
    let mut previous: Option<&StoredDelivery> = None;
    for step in call.steps() {
        let after = u64::from(step.after_seconds.unwrap_or_default()) * 1_000;
        if let Some(first) = step.attempts.first() {
            assert!(*first >= delivered.unwrap() + after, "early: {call:?}");
            if let Some(previous) = previous {
                let gap = after - u64::from(previous.after_seconds.unwrap()) * 1_000;
                assert!(
                    *first >= previous.tried().unwrap() + gap,
                    "too close: {call:?}"
                );
            }
        }
        for attempt in &step.attempts_despite_doubt {
            assert!(
                *attempt >= delivered.unwrap() + after + MAX_DOUBT_WAIT_MILLIS,
                "an earlier one is in doubt: {call:?}"
            );
        }
        for attempt in &step.attempts {
            assert!(*attempt < call.deadline, "after the deadline: {call:?}");
            let is_early = call.answer_stored.is_none_or(|stored| *attempt <= stored);
            assert!(is_early, "after an answer was stored: {call:?}");
        }
        if end == End::Unanswered && call.answers.is_empty() {
            let is_withdrawn = step.state == DeliveryState::Withdrawn;
            let by_previous = previous.map_or(0, |previous| {
                let gap = after - u64::from(previous.after_seconds.unwrap()) * 1_000;
                previous.ended.unwrap() + gap
            });
            let earliest = by_previous.max(delivered.unwrap() + after);
            let had_no_time = earliest >= call.deadline;
            assert!(!is_withdrawn || had_no_time, "left out: {call:?}");
        }
        previous = Some(step);
    }
}

/// Asserts that
/// - every answer is a message that a host wrote as one, to this call;
/// - every reply is an answer if the relay had time to read it, or if it was written before the deadline of a call whose
///   results were known;
/// - no delivery was posted twice.
pub(super) fn assert_answers(calls: &[StoredCall], chatwork: &Chatwork) {
    for (index, call) in calls.iter().enumerate() {
        for answer in &call.answers {
            let number: u64 = answer.message.as_str().parse().unwrap();
            let written = chatwork.host_messages.get(&number);
            let written = written.unwrap_or_else(|| panic!("talk became an answer: {answer:?}"));
            assert!(
                written.call.is_none_or(|call| call == index),
                "{answer:?} {written:?}"
            );
            let written_at = chatwork.time_of(written.second);
            let others = calls.iter().filter(|other| other.id != call.id);
            let mut others = others.filter(|other| other.is_open_in_private(written_at));
            let is_ambiguous = written.call.is_none() && others.next().is_some();
            assert!(!is_ambiguous, "which call? {answer:?}");
        }
    }
    for (number, written) in &chatwork.host_messages {
        let Some(call) = written.call.map(|call| &calls[call]) else {
            continue;
        };
        let read_by = written.read_by.map(|second| chatwork.time_of(second));
        let had_time = read_by.is_some_and(|read_by| read_by < call.deadline);
        // A relay that was down at the deadline reads the rooms of the call before it decides.
        let is_in_time = chatwork.time_of(written.second) < call.deadline;
        let is_read = had_time || is_in_time && call.was_known_at_deadline();
        if written.was_deleted || !is_read {
            continue;
        }
        let mut answers = call.answers.iter();
        let number = number.to_string();
        let is_stored = answers.any(|answer| answer.message.as_str() == number);
        assert!(is_stored, "a reply is not an answer: {written:?} {call:?}");
    }
    let mut posts: Vec<_> = chatwork
        .posts
        .iter()
        .map(|post| (post.call, post.delivery))
        .collect();
    posts.sort_unstable();
    assert!(
        posts.windows(2).all(|two| two[0] != two[1]),
        "posted twice: {posts:?}"
    );
}

//! A call after its notification: answers, later messages, the list on the menu, and the state after a reload.

use yobirin_api::call::ShownAnswer;
use yobirin_domain::answer::AnswerAuthor;
use yobirin_domain::model::delivery::later_message_index;
use yobirin_domain::model::escalation_step::{EscalationStep, EscalationTarget};

use super::*;
use crate::kiosk::calls::listed_calls::strip_calls;
use crate::kiosk::calls::listening::{Wait, WaitStage};

/// Sequence number of the event that the first message was delivered.
const DELIVERED: u64 = 5;

/// Id of one of several calls; a higher number is a later tap.
fn numbered(number: u8) -> CallId {
    CallId::new(TAP + u64::from(number), &[number; 10])
}

/// A call that waits for an answer, with two messages in its first step and one in each other.
fn awaiting_call() -> PreparedCall {
    let step = |after_seconds, to| EscalationStep { after_seconds, to };
    PreparedCall {
        awaits_answer: true,
        shown_steps: vec![
            step(60, EscalationTarget::Again),
            step(60, EscalationTarget::Again),
            step(150, EscalationTarget::GroupRoom),
            step(300, EscalationTarget::DefaultRoom),
        ],
        phone_after: Some(300),
        ..a_call(&[1])
    }
}

/// A queue whose calls have notified somebody at [`TAP`].
fn notified(ids: &[CallId]) -> Queue {
    let mut queue = Queue::default();
    for id in ids {
        queue.record(*id, awaiting_call(), TAP);
        queue.on_event(*id, &event(0, DELIVERED, delivered(TAP)), TAP);
    }
    queue.take_changes();
    queue
}

fn answer(words: &str) -> ShownAnswer {
    ShownAnswer {
        who: AnswerAuthor::Host("佐藤".to_owned()),
        words: words.to_owned(),
        at: TAP + 30_000,
    }
}

fn wait(queue: &Queue, now: Millis) -> Wait {
    queue.wait(id(), now).expect("an answer is awaited")
}

/// Words of the shown answer.
fn words(queue: &Queue) -> Option<String> {
    wait(queue, TAP).answer.map(|answer| answer.words)
}

/// The queue after a reload of the page.
fn reloaded(queue: &mut Queue) -> Queue {
    queue.update(id(), |_| {});
    let persisted = persisted(queue).expect("an open call is persisted");
    let json = crate::json::write(&persisted).unwrap();
    let mut restored = Queue::default();
    restored.restore(id(), crate::json::read(&json).unwrap(), TAP + 1);
    restored
}

#[test]
fn a_wait_ends_when_the_office_stops_showing_answers_unless_there_is_one() {
    let answered = numbered(1);
    let mut queue = notified(&[id(), answered]);
    queue.on_answer(answered, Some(&answer("行きます")), DELIVERED + 1, TAP);
    queue.stop_awaiting_answers();
    assert_eq!(queue.wait(id(), TAP), None);
    assert!(queue.has_succeeded(id()));
    assert!(queue.wait(answered, TAP).unwrap().answer.is_some());
    for (call, persisted) in queue.take_changes() {
        assert_eq!(persisted.is_some(), call == answered, "{call}");
    }
}

#[test]
fn a_call_without_answers_ends_with_the_notification() {
    let mut queue = queue_of(&[1]);
    queue.on_event(id(), &event(0, DELIVERED, delivered(TAP)), TAP);
    assert!(!queue.has_work());
    assert_eq!(queue.wait(id(), TAP), None);
    assert_eq!(queue.listed_calls(), []);
}

#[test]
fn an_answer_is_shown_replaced_and_taken_back() {
    let mut queue = notified(&[id()]);
    assert_eq!(words(&queue), None);
    queue.on_answer(id(), Some(&answer("すぐ行きます")), 6, TAP);
    assert_eq!(words(&queue).as_deref(), Some("すぐ行きます"));
    queue.on_answer(id(), Some(&answer("5 分後に")), 7, TAP);
    assert_eq!(words(&queue).as_deref(), Some("5 分後に"));
    assert!(!wait(&queue, TAP).is_answer_withdrawn);
    queue.on_answer(id(), None, 8, TAP);
    assert_eq!(words(&queue), None);
    assert!(wait(&queue, TAP).is_answer_withdrawn);
}

#[test]
fn an_erased_visit_leaves_the_menu_and_the_storage_and_keeps_no_words() {
    let mut queue = notified(&[id()]);
    queue.on_answer(id(), Some(&answer("すぐ行きます")), 6, TAP);
    assert_eq!(queue.listed_calls(), [(id(), true)]);
    let erased = ShownAnswer {
        who: AnswerAuthor::Erased,
        ..answer("")
    };
    let mut status = call_status(vec![delivered(TAP)], Vec::new(), 6);
    status.answer = Some(erased.clone());
    queue.on_poll_response(id(), &Ok(status), TAP);
    assert_eq!(queue.listed_calls(), []);
    assert_eq!(persisted(&mut queue), None);
    assert_eq!(wait(&queue, TAP).answer, Some(erased), "on its own screen");
    queue.remove_ended(None);
    assert!(!queue.has_work());
}

#[test]
fn repeated_and_late_events_about_the_answer_change_nothing() {
    let mut queue = notified(&[id()]);
    queue.on_answer(id(), Some(&answer("二番目")), 7, TAP);
    let shown = wait(&queue, TAP);
    queue.on_answer(id(), Some(&answer("二番目")), 7, TAP);
    queue.on_answer(id(), Some(&answer("一番目")), 6, TAP);
    queue.on_answer(id(), None, 6, TAP);
    let before = response(vec![delivered(TAP)], 6);
    queue.on_poll_response(id(), &before, TAP);
    assert_eq!(wait(&queue, TAP), shown);
}

#[test]
fn a_poll_brings_the_answer_and_the_steps_that_the_stream_has_lost() {
    let mut queue = notified(&[id()]);
    let mut status = call_status(vec![delivered(TAP)], Vec::new(), 9);
    status.later = vec![delivered(TAP + 60_000)];
    status.answer = Some(answer("すぐ行きます"));
    queue.on_poll_response(id(), &Ok(status), TAP + 70_000);
    assert_eq!(words(&queue).as_deref(), Some("すぐ行きます"));
    let expected = [(TAP + 60_000, EscalationTarget::Again)];
    assert_eq!(wait(&queue, TAP + 70_000).later_notifications, expected);
}

#[test]
fn an_answer_before_the_delivery_is_known_is_shown_with_it() {
    let mut queue = Queue::default();
    queue.record(id(), awaiting_call(), TAP);
    queue.on_submit_response(id(), &response(vec![DeliveryState::Waiting], 3), TAP);
    queue.on_answer(id(), Some(&answer("はい")), 6, TAP + 100);
    assert_eq!(queue.wait(id(), TAP + 100), None);
    assert_eq!(queue.due_tasks(TAP + 100), [SyncTask::Poll(id())]);
    queue.on_event(id(), &event(0, DELIVERED, delivered(TAP)), TAP + 200);
    assert_eq!(words(&queue).as_deref(), Some("はい"));
}

#[test]
fn the_messages_of_one_step_are_one_notification() {
    let mut queue = notified(&[id()]);
    // Positions 0 and 1 are messages of the first step; the last event is a repetition.
    for (position, second) in [(0, 60), (1, 61), (2, 150), (0, 62)] {
        let at = delivered(TAP + second * 1_000);
        let change = event(later_message_index(1, position), 10 + second, at);
        queue.on_event(id(), &change, TAP + second * 1_000);
    }
    let expected = [
        (TAP + 60_000, EscalationTarget::Again),
        (TAP + 150_000, EscalationTarget::GroupRoom),
    ];
    assert_eq!(wait(&queue, TAP + 151_000).later_notifications, expected);
}

#[test]
fn a_long_wait_offers_more_and_ends_with_the_telephone() {
    let mut queue = notified(&[id()]);
    for (seconds, stage) in [
        (89, WaitStage::New),
        (90, WaitStage::Long),
        (299, WaitStage::Long),
        (300, WaitStage::Unanswered),
    ] {
        let wait = wait(&queue, TAP + seconds * 1_000);
        assert_eq!(wait.stage, stage, "after {seconds} s");
    }
    for (position, seconds, stage) in [(2, 150, WaitStage::Long), (3, 298, WaitStage::Unanswered)] {
        let now = TAP + seconds * 1_000;
        let change = event(later_message_index(1, position), 20, delivered(now));
        queue.on_event(id(), &change, now);
        assert_eq!(wait(&queue, now).stage, stage, "after message {position}");
    }
}

#[test]
fn a_relay_with_another_clock_does_not_change_how_long_a_visitor_waits() {
    for relay_time in [TAP - 600_000, TAP + 600_000] {
        let mut queue = Queue::default();
        queue.record(id(), awaiting_call(), TAP);
        queue.on_event(id(), &event(0, DELIVERED, delivered(relay_time)), TAP + 500);
        assert_eq!(wait(&queue, TAP + 1_000).stage, WaitStage::New);
        assert_eq!(wait(&queue, TAP + 91_000).stage, WaitStage::Long);
    }
}

#[test]
fn the_menu_lists_every_call_and_its_strip_three_that_prefer_answered_ones() {
    let ids: Vec<CallId> = (1..=5).map(numbered).collect();
    let mut queue = notified(&ids);
    let strip = |queue: &Queue| strip_calls(&queue.listed_calls());
    let latest = [(ids[4], false), (ids[3], false), (ids[2], false)];
    assert_eq!(strip(&queue), latest);
    queue.on_answer(ids[0], Some(&answer("はい")), 6, TAP);
    let with_answer = [(ids[4], false), (ids[3], false), (ids[0], true)];
    assert_eq!(strip(&queue), with_answer);
    let listed: Vec<CallId> = queue.listed_calls().iter().map(|(id, _)| *id).collect();
    let latest_first: Vec<CallId> = ids.into_iter().rev().collect();
    assert_eq!(listed, latest_first, "no visitor's number is missing");
}

#[test]
fn an_answer_that_was_on_its_screen_leaves_the_menu_until_it_changes() {
    let mut queue = notified(&[id()]);
    queue.record_who_left(None);
    assert_eq!(
        queue.listed_calls(),
        [(id(), false)],
        "a call without an answer stays on the menu"
    );
    queue.on_answer(id(), Some(&answer("はい")), 6, TAP);
    queue.record_who_left(None);
    assert_eq!(
        queue.listed_calls(),
        [(id(), true)],
        "nobody has seen the answer"
    );
    queue.record_who_left(Some(id()));
    queue.record_who_left(None);
    assert_eq!(queue.listed_calls(), []);
    assert_eq!(reloaded(&mut queue).listed_calls(), []);
    queue.on_answer(id(), Some(&answer("遅れます")), 7, TAP);
    assert_eq!(queue.listed_calls(), [(id(), true)]);
}

#[test]
fn an_open_call_survives_a_reload_and_is_shown_only_to_its_visitor() {
    let mut queue = notified(&[id()]);
    queue.on_answer(id(), Some(&answer("はい")), 6, TAP);
    let restored = reloaded(&mut queue);
    assert_eq!(words(&restored).as_deref(), Some("はい"));
    assert_eq!(
        restored.notified(id()).map(|notified| notified.whom),
        queue.notified(id()).map(|notified| notified.whom)
    );
    assert_eq!(restored.latest_with_visitor(), Some(id()));
    queue.record_who_left(None);
    let restored = reloaded(&mut queue);
    assert_eq!(
        restored.latest_with_visitor(),
        None,
        "a call that its visitor has left is not shown again"
    );
}

#[test]
fn an_open_call_is_dropped_at_its_deadline() {
    let mut queue = notified(&[id()]);
    queue.record_who_left(None);
    let persisted = persisted(&mut queue).expect("an open call is persisted");
    assert!(
        persisted.call.body.is_empty(),
        "the body is not persisted, because it is not sent again"
    );
    let end = TAP + DEADLINE_MILLIS;
    assert!(!persisted.is_expired(end - 1) && persisted.is_expired(end));
    assert_eq!(queue.due_tasks(end - 1), [SyncTask::Poll(id())]);
    assert_eq!(queue.due_tasks(end), []);
    assert_eq!(queue.listed_calls(), []);
    assert_eq!(queue.take_changes(), [(id(), None)]);
    queue.on_answer(id(), Some(&answer("はい")), 6, end);
    assert_eq!(
        wait(&queue, end).answer,
        None,
        "an answer after the deadline is not shown"
    );
}

#[test]
fn a_cancelled_call_shows_no_answer() {
    let mut queue = notified(&[id()]);
    queue.cancel(id(), TAP + 100);
    queue.on_answer(id(), Some(&answer("はい")), 6, TAP + 200);
    assert_eq!(queue.wait(id(), TAP + 200), None);
    assert_eq!(queue.listed_calls(), []);
    let cancelled = call_status(vec![delivered(TAP)], vec![delivered(TAP + 300)], 9);
    queue.on_cancel_response(id(), &Ok(cancelled), TAP + 300);
    assert_eq!(
        status_of(&queue, TAP + 300),
        LocalCallStatus::Ended(CallOutcome::Retracted)
    );
}

#[test]
fn a_call_that_a_new_database_does_not_know_is_not_sent_again() {
    let mut queue = notified(&[id()]);
    queue.on_poll_response(id(), &refusal(ErrorCode::NotFound), TAP + 1_000);
    assert_eq!(queue.due_tasks(TAP + 60_000), []);
    assert_eq!(wait(&queue, TAP + 1_000).stage, WaitStage::Unanswered);
}

#[test]
fn an_open_call_counts_neither_as_queued_nor_keeps_the_tablet_busy() {
    let queue = notified(&[id()]);
    assert_eq!(queue.undecided_count(), 0);
    assert!(queue.has_work());
}

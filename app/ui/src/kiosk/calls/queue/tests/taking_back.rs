//! A visitor takes a call back, before or after somebody was told.

use super::*;

/// A call that was taken back right after it was handed over.
fn taken_back(rooms: &[u64]) -> Queue {
    let mut queue = queue_of(rooms);
    queue.due_tasks(TAP);
    queue.cancel(id(), TAP + 100);
    queue
}

#[test]
fn a_call_that_is_taken_back_is_not_handed_over_any_more() {
    let mut queue = taken_back(&[1]);
    assert_eq!(queue.due_tasks(TAP + 100), [SyncTask::Cancel(id())]);
    let late = status(vec![DeliveryState::Waiting], 3);
    queue.on_submit_response(id(), &late, TAP + 200);
    queue.on_event(id(), &event(0, 4, DeliveryState::Withdrawn), TAP + 250);
    let cancelling = LocalCallStatus::Cancelling { waiting: false };
    assert_eq!(standing(&queue, TAP + 300), cancelling);
    assert_eq!(
        queue.due_tasks(TAP + 300),
        [SyncTask::Cancel(id())],
        "asked again at news"
    );
    assert!(kept(&mut queue).is_some_and(|stored| stored.cancelled));
    queue.on_cancel_response(id(), &status(vec![DeliveryState::Withdrawn], 4), TAP + 400);
    assert_eq!(
        standing(&queue, TAP + 400),
        LocalCallStatus::Ended(CallOutcome::Withdrawn)
    );
    assert_eq!(kept(&mut queue), None);
}

#[test]
fn taking_back_ends_when_everybody_who_was_told_knows() {
    use DeliveryState::{Expired, Rejected, Unknown, Waiting, Withdrawn};
    let refused = || Rejected {
        reason: RejectReason::NoSuchRoom,
    };
    for (deliveries, retractions, end) in [
        (vec![], vec![], Some(CallOutcome::Withdrawn)),
        (vec![Withdrawn, Unknown], vec![], None),
        (
            vec![Withdrawn, refused()],
            vec![],
            Some(CallOutcome::Withdrawn),
        ),
        (vec![Withdrawn, delivered(1)], vec![Waiting], None),
        (
            vec![Withdrawn, delivered(1)],
            vec![delivered(2)],
            Some(CallOutcome::Retracted),
        ),
        (
            vec![delivered(1)],
            vec![Expired],
            Some(CallOutcome::NotRetracted),
        ),
        (
            vec![delivered(1); 2],
            vec![delivered(2), refused()],
            Some(CallOutcome::NotRetracted),
        ),
        (vec![delivered(1)], vec![], Some(CallOutcome::NotRetracted)),
    ] {
        let mut queue = taken_back(&[1, 2]);
        let answer = whole(deliveries, retractions, 9);
        queue.on_cancel_response(id(), &Ok(answer.clone()), TAP + 200);
        let expected = end.map_or(
            LocalCallStatus::Cancelling { waiting: false },
            LocalCallStatus::Ended,
        );
        assert_eq!(standing(&queue, TAP + 200), expected, "{answer:?}");
    }
}

#[test]
fn a_cancellation_without_network_waits_survives_a_reload_and_does_not_last_for_ever() {
    let mut queue = taken_back(&[1]);
    queue.due_tasks(TAP + 100);
    queue.on_cancel_response(id(), &Err(ClientError::Unreachable), TAP + 200);
    let waiting = LocalCallStatus::Cancelling { waiting: true };
    assert_eq!(standing(&queue, TAP + 200), waiting);
    assert!(queue.due_tasks(TAP + 300).is_empty(), "not in haste");
    let stored = kept(&mut queue).unwrap();

    let mut reloaded = Queue::default();
    reloaded.restore(id(), stored, TAP + 5_000);
    assert_eq!(reloaded.due_tasks(TAP + 5_000), [SyncTask::Cancel(id())]);
    let late = TAP + DEADLINE_MILLIS + 60_000;
    assert!(reloaded.due_tasks(late).is_empty());
    assert_eq!(
        standing(&reloaded, late),
        LocalCallStatus::Ended(CallOutcome::Unknown)
    );
}

#[test]
fn a_call_that_was_told_can_be_taken_back_and_one_that_failed_cannot() {
    let mut queue = queue_of(&[1]);
    queue.on_event(id(), &event(0, 1, delivered(TAP)), TAP);
    queue.cancel(id(), TAP + 1_000);
    assert_eq!(queue.due_tasks(TAP + 1_000), [SyncTask::Cancel(id())]);
    queue.cancel(id(), TAP + 1_100);
    assert!(queue.due_tasks(TAP + 1_100).is_empty(), "once");

    let mut failed = queue_of(&[1]);
    failed.on_submit_response(id(), &refusal(ErrorCode::Forbidden), TAP);
    failed.cancel(id(), TAP + 1_000);
    assert_eq!(
        standing(&failed, TAP + 1_000),
        LocalCallStatus::Ended(CallOutcome::Refused)
    );
}

#[test]
fn a_cancellation_that_the_relay_refuses_claims_neither_that_it_nor_that_the_call_arrived() {
    let mut queue = taken_back(&[1]);
    queue.on_cancel_response(id(), &refusal(ErrorCode::Forbidden), TAP + 200);
    let end = standing(&queue, TAP + 200);
    assert_eq!(end, LocalCallStatus::Ended(CallOutcome::RetractionUnknown));
}

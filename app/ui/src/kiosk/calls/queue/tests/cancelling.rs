//! Cancelling a call, before or after somebody was notified.

use super::*;

/// A queue whose call was cancelled at `TAP + 100`, right after it was sent.
fn cancelled(rooms: &[u64]) -> Queue {
    let mut queue = queue_of(rooms);
    queue.due_tasks(TAP);
    queue.cancel(id(), TAP + 100);
    queue
}

#[test]
fn a_cancelled_call_is_not_sent_any_more() {
    let mut queue = cancelled(&[1]);
    assert_eq!(queue.due_tasks(TAP + 100), [SyncTask::Cancel(id())]);
    let late_response = response(vec![DeliveryState::Waiting], 3);
    queue.on_submit_response(id(), &late_response, TAP + 200);
    queue.on_event(id(), &event(0, 4, DeliveryState::Withdrawn), TAP + 250);
    let cancelling = LocalCallStatus::Cancelling {
        is_waiting: false,
        is_slow: false,
    };
    assert_eq!(status_of(&queue, TAP + 300), cancelling);
    assert_eq!(
        queue.due_tasks(TAP + 300),
        [SyncTask::Cancel(id())],
        "an event makes the tablet ask again at once"
    );
    assert!(persisted(&mut queue).is_some_and(|persisted| persisted.cancelled_at.is_some()));
    queue.on_cancel_response(
        id(),
        &response(vec![DeliveryState::Withdrawn], 4),
        TAP + 400,
    );
    assert_eq!(
        status_of(&queue, TAP + 400),
        LocalCallStatus::Ended(CallOutcome::Withdrawn)
    );
    assert_eq!(persisted(&mut queue), None);
}

#[test]
fn a_cancellation_ends_when_everybody_who_was_notified_knows() {
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
            vec![delivered(1), delivered_to(2, 1)],
            vec![delivered(2), refused()],
            Some(CallOutcome::NotRetracted),
        ),
        (
            vec![delivered(1), delivered_to(2, 1)],
            vec![delivered(2), delivered_to(2, 2)],
            Some(CallOutcome::Retracted),
        ),
        (
            vec![delivered(1), delivered_to(2, 1)],
            vec![delivered(2)],
            Some(CallOutcome::NotRetracted),
        ),
        (vec![delivered(1)], vec![], Some(CallOutcome::NotRetracted)),
    ] {
        let mut queue = cancelled(&[1, 2]);
        let response = call_status(deliveries, retractions, 9);
        queue.on_cancel_response(id(), &Ok(response.clone()), TAP + 200);
        let expected = end.map_or(
            LocalCallStatus::Cancelling {
                is_waiting: false,
                is_slow: false,
            },
            LocalCallStatus::Ended,
        );
        assert_eq!(status_of(&queue, TAP + 200), expected, "{response:?}");
    }
}

#[test]
fn a_cancellation_after_a_reminder_ends_when_its_readers_know_too() {
    for (later, retractions, end) in [
        (
            vec![delivered(2), DeliveryState::Withdrawn],
            vec![delivered(3)],
            CallOutcome::Retracted,
        ),
        (
            vec![delivered_to(2, 2)],
            vec![delivered(3)],
            CallOutcome::NotRetracted,
        ),
        (
            vec![delivered(2)],
            vec![delivered(3), DeliveryState::Expired],
            CallOutcome::NotRetracted,
        ),
        (
            vec![DeliveryState::Withdrawn],
            vec![delivered(3)],
            CallOutcome::Retracted,
        ),
    ] {
        let mut queue = cancelled(&[1]);
        let mut response = call_status(vec![delivered(1)], retractions, 9);
        response.later = later;
        queue.on_cancel_response(id(), &Ok(response.clone()), TAP + 200);
        assert_eq!(
            status_of(&queue, TAP + 200),
            LocalCallStatus::Ended(end),
            "{response:?}"
        );
    }
}

#[test]
fn a_cancellation_without_network_waits_survives_a_reload_and_does_not_last_for_ever() {
    let mut queue = cancelled(&[1]);
    queue.due_tasks(TAP + 100);
    queue.on_cancel_response(id(), &Err(ClientError::Unreachable), TAP + 200);
    let waiting = LocalCallStatus::Cancelling {
        is_waiting: true,
        is_slow: false,
    };
    assert_eq!(status_of(&queue, TAP + 200), waiting);
    assert!(
        queue.due_tasks(TAP + 300).is_empty(),
        "the next attempt is made later"
    );
    let persisted = persisted(&mut queue).unwrap();

    let mut reloaded = Queue::default();
    reloaded.restore(id(), persisted, TAP + 5_000);
    assert_eq!(reloaded.due_tasks(TAP + 5_000), [SyncTask::Cancel(id())]);
    assert!(reloaded.due_tasks(POLLED_UNTIL).is_empty());
    assert_eq!(
        status_of(&reloaded, POLLED_UNTIL),
        LocalCallStatus::Ended(CallOutcome::CancellationUnconfirmed)
    );
}

#[test]
fn a_notified_call_can_be_cancelled_and_a_failed_one_cannot() {
    let mut queue = queue_of(&[1]);
    queue.on_event(id(), &event(0, 1, delivered(TAP)), TAP);
    queue.cancel(id(), TAP + 1_000);
    assert_eq!(queue.due_tasks(TAP + 1_000), [SyncTask::Cancel(id())]);
    queue.cancel(id(), TAP + 1_100);
    assert!(
        queue.due_tasks(TAP + 1_100).is_empty(),
        "a second press changes nothing"
    );

    let mut failed = queue_of(&[1]);
    failed.on_submit_response(id(), &refusal(ErrorCode::Forbidden), TAP);
    failed.cancel(id(), TAP + 1_000);
    assert_eq!(
        status_of(&failed, TAP + 1_000),
        LocalCallStatus::Ended(CallOutcome::Refused)
    );
}

#[test]
fn a_refused_cancellation_ends_with_an_unknown_outcome() {
    let mut queue = cancelled(&[1]);
    queue.on_cancel_response(id(), &refusal(ErrorCode::Forbidden), TAP + 200);
    let end = status_of(&queue, TAP + 200);
    assert_eq!(
        end,
        LocalCallStatus::Ended(CallOutcome::CancellationUnconfirmed)
    );
}

#[test]
fn a_cancellation_without_a_response_is_slow_after_eight_seconds_also_over_a_reload() {
    let mut queue = cancelled(&[1]);
    let cancelling = |is_slow| LocalCallStatus::Cancelling {
        is_waiting: false,
        is_slow,
    };
    assert_eq!(status_of(&queue, TAP + 100 + 7_999), cancelling(false));
    assert_eq!(status_of(&queue, TAP + 100 + 8_000), cancelling(true));
    let persisted = persisted(&mut queue).unwrap();

    let mut reloaded = Queue::default();
    reloaded.restore(id(), persisted.clone(), TAP + 9_000);
    assert_eq!(status_of(&reloaded, TAP + 9_000), cancelling(true));
    assert!(!persisted.is_expired(POLLED_UNTIL - 1));
    assert!(
        persisted.is_expired(POLLED_UNTIL),
        "a reload does not restore the cancellation for ever"
    );
}

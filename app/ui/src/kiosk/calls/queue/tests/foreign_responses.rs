//! Responses of a proxy or captive portal between tablet and relay, and event streams that it delays.

use super::*;

#[test]
fn without_events_the_relay_is_asked_every_second() {
    let mut queue = queue_of(&[1]);
    let second = 1_000;
    queue.due_tasks(TAP);
    queue.set_events_reliable(false);
    queue.on_submit_response(id(), &response(vec![DeliveryState::Waiting], 3), TAP + 10);
    let mut now = TAP + 10 + second;
    assert_eq!(queue.due_tasks(now), [SyncTask::Poll(id())]);
    let still_waiting = response(vec![DeliveryState::Waiting], 3);
    queue.on_poll_response(id(), &still_waiting, now);
    queue.set_events_reliable(true);
    now += second;
    assert_eq!(
        queue.due_tasks(now),
        [SyncTask::Poll(id())],
        "this poll was planned before"
    );
    queue.on_poll_response(id(), &still_waiting, now);
    assert_eq!(queue.due_tasks(now + second), []);
    assert_eq!(
        queue.due_tasks(now + POLL_INTERVAL_MS),
        [SyncTask::Poll(id())]
    );
}

#[test]
fn a_response_that_is_not_the_relays_ends_no_call() {
    let foreign =
        [200, 202, 302, 400, 401, 403, 404, 413, 422, 429, 502].map(ClientError::NotRelay);
    let unknown = [200, 202, 403, 410].map(ClientError::Unexpected);
    for error in foreign.into_iter().chain(unknown) {
        let failure = Err(error.clone());
        let mut queue = queue_of(&[1]);
        queue.due_tasks(TAP);
        queue.on_submit_response(id(), &failure, TAP + 10);
        assert_eq!(
            status_of(&queue, TAP + 10),
            LocalCallStatus::Waiting,
            "{error}"
        );
        assert!(persisted(&mut queue).is_some(), "{error}");
        assert_eq!(
            queue.due_tasks(TAP + 1_010).len(),
            1,
            "{error}: tried again"
        );
        queue.on_submit_response(
            id(),
            &response(vec![DeliveryState::Waiting], 3),
            TAP + 1_020,
        );
        queue.on_poll_response(id(), &failure, TAP + 4_000);
        assert!(
            matches!(
                status_of(&queue, TAP + 4_000),
                LocalCallStatus::Sending { .. }
            ),
            "{error}: the relay has it"
        );
        queue.cancel(id(), TAP + 4_100);
        queue.due_tasks(TAP + 4_100);
        queue.on_cancel_response(id(), &failure, TAP + 4_200);
        let waiting = LocalCallStatus::Cancelling {
            is_waiting: true,
            is_slow: false,
        };
        assert_eq!(status_of(&queue, TAP + 4_200), waiting, "{error}");
        assert_eq!(
            queue.due_tasks(TAP + 5_200),
            [SyncTask::Cancel(id())],
            "{error}"
        );
    }
}

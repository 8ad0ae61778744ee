//! Calls that the relay or Chatwork refuses.

use super::*;

#[test]
fn refusals_are_final_and_name_the_reason() {
    let ends = [
        (ErrorCode::Forbidden, CallOutcome::Refused),
        (ErrorCode::NotSignedIn, CallOutcome::Refused),
        (ErrorCode::BadDeadline, CallOutcome::WrongClock),
    ];
    for (code, end) in ends {
        let mut queue = queue_of(&[1]);
        queue.due_tasks(TAP);
        queue.on_submit_response(id(), &refusal(code), TAP + 10);
        assert_eq!(
            status_of(&queue, TAP + 10),
            LocalCallStatus::Ended(end),
            "{code:?}"
        );
    }
    let mut queue = queue_of(&[1]);
    let refused = DeliveryState::Rejected {
        reason: RejectReason::NotAContact,
    };
    queue.on_submit_response(id(), &response(vec![refused], 1), TAP);
    let end = CallOutcome::Rejected(Some(RejectReason::NotAContact));
    assert_eq!(status_of(&queue, TAP), LocalCallStatus::Ended(end));
}

#[test]
fn a_call_to_a_destination_that_is_not_allowed_is_composed_again_once() {
    let mut queue = queue_of(&[1]);
    queue.due_tasks(TAP);
    queue.on_submit_response(id(), &refusal(ErrorCode::DestinationNotAllowed), TAP + 10);
    assert!(matches!(
        queue.due_tasks(TAP + 10).as_slice(),
        [SyncTask::Recompose(..)]
    ));
    queue.on_recomposed(id(), Some(a_call(&[2])), TAP + 20);
    assert!(matches!(
        queue.due_tasks(TAP + 20).as_slice(),
        [SyncTask::Submit(_, body)] if *body == a_call(&[2]).body
    ));
    queue.on_submit_response(id(), &refusal(ErrorCode::DestinationNotAllowed), TAP + 30);
    assert_eq!(
        status_of(&queue, TAP + 30),
        LocalCallStatus::Ended(CallOutcome::Refused)
    );
}

#[test]
fn a_rate_limited_call_is_persisted_and_sent_later() {
    let mut queue = queue_of(&[1]);
    let mut now = TAP;
    for _ in 0..10 {
        let tasks = queue.due_tasks(now);
        assert!(matches!(&*tasks, [SyncTask::Submit(..)]), "{tasks:?}");
        queue.on_submit_response(id(), &refusal(ErrorCode::TooManyTries), now);
        assert_eq!(status_of(&queue, now), LocalCallStatus::Waiting);
        assert!(persisted(&mut queue).is_some(), "the call is persisted");
        assert_eq!(
            queue.due_tasks(now),
            [],
            "the call is not sent again at once"
        );
        now += 20_000;
    }
    queue.cancel(id(), now);
    assert_eq!(queue.due_tasks(now), [SyncTask::Cancel(id())]);
    queue.on_cancel_response(id(), &refusal(ErrorCode::TooManyTries), now);
    assert_eq!(
        status_of(&queue, now),
        LocalCallStatus::Cancelling {
            is_waiting: true,
            is_slow: false
        }
    );
    assert_eq!(queue.due_tasks(now + 20_000), [SyncTask::Cancel(id())]);
}

//! Tests of the queue: a call from the tap to its end.

use yobirin_api::call::{Call, Outgoing};
use yobirin_api::{ErrorBody, ErrorCode};
use yobirin_domain::model::call::{DEADLINE_MILLIS, Visitor};
use yobirin_domain::model::delivery::{CallState, DeliveryState, RejectReason, fallback_index};
use yobirin_domain::model::id::{MessageId, RoomId};
use yobirin_domain::routing::{Destination, Target};

use super::*;
use crate::api::response::ClientError;

mod answers;
mod cancelling;
mod foreign_responses;
mod recipients;
mod refusals;

/// Time of the tap.
const TAP: Millis = 1_000_000;

fn room(number: u64) -> RoomId {
    RoomId::try_from(number).unwrap()
}

/// A call with a message to each of these rooms.
fn a_call(rooms: &[u64]) -> PreparedCall {
    let outgoing = |number: &u64| Outgoing {
        to: Destination::Room(room(*number)),
        text: "来訪".to_owned(),
        retraction: None,
        answered: None,
    };
    let call = Call {
        button: "b".parse().unwrap(),
        target: Target::Group("g".parse().unwrap()),
        visitor: Visitor::default(),
        notice: None,
        tapped: TAP,
        deadline: TAP + DEADLINE_MILLIS,
        deliveries: rooms.iter().map(outgoing).collect(),
        fallback: None,
        later: Vec::new(),
        missed: None,
        trace: Vec::new(),
    };
    PreparedCall::from_call(call).unwrap()
}

fn id() -> CallId {
    CallId::new(TAP, &[7; 10])
}

/// A queue with one call to these rooms.
fn queue_of(rooms: &[u64]) -> Queue {
    let mut queue = Queue::default();
    queue.record(id(), a_call(rooms), TAP);
    queue
}

fn delivered(at: Millis) -> DeliveryState {
    DeliveryState::Delivered {
        message: MessageId::try_from("1".to_owned()).unwrap(),
        room: room(1),
        at,
    }
}

fn response(deliveries: Vec<DeliveryState>, sequence: u64) -> ApiResult<CallStatus> {
    Ok(call_status(deliveries, Vec::new(), sequence))
}

fn call_status(
    deliveries: Vec<DeliveryState>,
    retractions: Vec<DeliveryState>,
    sequence: u64,
) -> CallStatus {
    CallStatus {
        id: id(),
        state: CallState::of(&deliveries),
        deliveries,
        fallback: None,
        cancelled: !retractions.is_empty(),
        retractions,
        later: Vec::new(),
        answer: None,
        sequence,
    }
}

fn refusal(code: ErrorCode) -> ApiResult<CallStatus> {
    Err(ClientError::RelayError(ErrorBody {
        code,
        message: String::new(),
        problems: Vec::new(),
    }))
}

fn event(delivery: usize, sequence: u64, to: DeliveryState) -> StateChange {
    StateChange {
        delivery,
        sequence,
        to,
    }
}

fn status_of(queue: &Queue, now: Millis) -> LocalCallStatus {
    queue.status(id(), now).unwrap()
}

/// The latest call that the queue wants persisted; `None` when its storage key is to be removed.
fn persisted(queue: &mut Queue) -> Option<PersistedCall> {
    let changes = queue.take_changes();
    changes
        .into_iter()
        .next_back()
        .and_then(|(_, persisted)| persisted)
}

#[test]
fn a_call_is_persisted_before_it_is_sent_and_until_it_has_ended() {
    let mut queue = queue_of(&[1]);
    assert!(persisted(&mut queue).is_some_and(|persisted| !persisted.accepted));
    assert!(matches!(
        queue.due_tasks(TAP).as_slice(),
        [SyncTask::Submit(..)]
    ));
    queue.on_submit_response(id(), &response(vec![DeliveryState::Waiting], 3), TAP + 10);
    assert!(persisted(&mut queue).is_some_and(|persisted| persisted.accepted));
    assert_eq!(
        status_of(&queue, TAP + 10),
        LocalCallStatus::Sending { slow: false }
    );
    queue.on_event(id(), &event(0, 4, delivered(TAP + 90)), TAP + 100);
    assert_eq!(
        status_of(&queue, TAP + 100),
        LocalCallStatus::Ended(CallOutcome::Notified { at: TAP + 90 })
    );
    assert_eq!(queue.take_changes(), [(id(), None)]);
}

#[test]
fn a_request_is_not_repeated_while_its_answer_is_awaited() {
    let mut queue = queue_of(&[1]);
    assert_eq!(queue.due_tasks(TAP).len(), 1);
    assert_eq!(queue.due_tasks(TAP + 1_000).len(), 0);
    assert_eq!(
        queue.due_tasks(TAP + 20_000).len(),
        1,
        "a request without a response is repeated"
    );
}

#[test]
fn without_network_the_call_is_retried_later_or_at_once_when_it_is_back() {
    let mut queue = queue_of(&[1]);
    queue.due_tasks(TAP);
    queue.on_submit_response(id(), &Err(ClientError::Unreachable), TAP + 10);
    assert_eq!(status_of(&queue, TAP + 10), LocalCallStatus::Waiting);
    assert_eq!(queue.due_tasks(TAP + 500).len(), 0);
    assert_eq!(queue.due_tasks(TAP + 1_010).len(), 1);
    queue.on_submit_response(id(), &Err(ClientError::Unexpected(502)), TAP + 1_020);
    queue.make_all_due(TAP + 1_030);
    assert_eq!(queue.due_tasks(TAP + 1_030).len(), 1);
}

#[test]
fn a_call_without_an_answer_is_not_sent_after_its_deadline() {
    let mut queue = queue_of(&[1]);
    queue.due_tasks(TAP);
    queue.on_submit_response(id(), &Err(ClientError::Unreachable), TAP + 10);
    queue.take_changes();
    assert_eq!(queue.due_tasks(TAP + DEADLINE_MILLIS), []);
    assert_eq!(
        status_of(&queue, TAP + DEADLINE_MILLIS),
        LocalCallStatus::Ended(CallOutcome::Unknown),
        "a request without a response may have arrived"
    );
    assert_eq!(queue.take_changes(), [(id(), None)]);

    let mut never = queue_of(&[1]);
    assert_eq!(never.due_tasks(TAP + DEADLINE_MILLIS), []);
    let end = status_of(&never, TAP + DEADLINE_MILLIS);
    assert_eq!(
        end,
        LocalCallStatus::Ended(CallOutcome::Expired),
        "a call that was never sent expires"
    );
}

#[test]
fn without_events_the_outcome_is_polled() {
    let mut queue = queue_of(&[1]);
    queue.due_tasks(TAP);
    queue.on_submit_response(id(), &response(vec![DeliveryState::Waiting], 3), TAP + 10);
    assert_eq!(queue.due_tasks(TAP + 3_010), [SyncTask::Poll(id())]);
    queue.on_poll_response(id(), &response(vec![delivered(5)], 9), TAP + 3_020);
    assert_eq!(
        status_of(&queue, TAP),
        LocalCallStatus::Ended(CallOutcome::Notified { at: 5 })
    );
}

#[test]
fn an_accepted_call_without_news_ends_as_unknown() {
    let mut queue = queue_of(&[1]);
    queue.due_tasks(TAP);
    queue.on_submit_response(id(), &response(vec![DeliveryState::Unknown], 3), TAP + 10);
    let end = TAP + DEADLINE_MILLIS + 60_000;
    queue.due_tasks(end);
    assert_eq!(
        status_of(&queue, end),
        LocalCallStatus::Ended(CallOutcome::Unknown)
    );
}

#[test]
fn repeated_early_and_late_events_change_nothing() {
    let mut queue = queue_of(&[1, 2]);
    queue.due_tasks(TAP);
    // This event arrives before the response to the handing over.
    queue.on_event(
        id(),
        &event(
            0,
            5,
            DeliveryState::Rejected {
                reason: RejectReason::NoSuchRoom,
            },
        ),
        TAP,
    );
    queue.on_submit_response(
        id(),
        &response(vec![DeliveryState::Waiting, DeliveryState::Waiting], 4),
        TAP,
    );
    assert_eq!(
        status_of(&queue, TAP),
        LocalCallStatus::Sending { slow: false }
    );
    queue.on_event(id(), &event(1, 6, delivered(6)), TAP);
    queue.on_event(id(), &event(1, 6, delivered(6)), TAP);
    queue.on_event(id(), &event(1, 2, DeliveryState::Waiting), TAP);
    assert_eq!(
        status_of(&queue, TAP),
        LocalCallStatus::Ended(CallOutcome::Notified { at: 6 })
    );
}

#[test]
fn a_call_that_the_relay_has_lost_is_sent_again_with_its_id() {
    let mut queue = Queue::default();
    let persisted = PersistedCall {
        call: a_call(&[1]),
        accepted: true,
        cancelled_at: None,
        reached: None,
    };
    queue.restore(id(), persisted, TAP);
    assert_eq!(queue.due_tasks(TAP), [SyncTask::Poll(id())]);
    queue.on_poll_response(id(), &refusal(ErrorCode::NotFound), TAP);
    assert!(matches!(
        queue.due_tasks(TAP).as_slice(),
        [SyncTask::Submit(..)]
    ));
}

#[test]
fn a_reload_restores_the_call_in_progress() {
    let mut before = queue_of(&[1]);
    let persisted = persisted(&mut before).unwrap();
    let text = serde_json::to_string(&persisted).unwrap();
    let mut after = Queue::default();
    after.restore(id(), serde_json::from_str(&text).unwrap(), TAP + 500);
    assert_eq!(after.latest_with_visitor(), Some(id()));
    assert_eq!(after.due_tasks(TAP + 500), before.due_tasks(TAP + 500));
}

#[test]
fn an_expired_call_is_not_restored_for_somebody_else_nor_its_cancellation() {
    let persisted = persisted(&mut queue_of(&[1])).unwrap();
    let end = persisted.call.deadline + 60_000;
    assert!(!persisted.is_expired(end - 1));
    assert!(persisted.is_expired(end));
    let late = end + 1_000;
    let cancelled = PersistedCall {
        cancelled_at: Some(late),
        ..persisted
    };
    assert!(!cancelled.is_expired(late + 59_999));
    assert!(
        cancelled.is_expired(late + 60_000),
        "a reload does not restore the cancellation for ever"
    );
}

#[test]
fn a_call_without_destination_ends_at_once_and_sends_no_request() {
    let mut queue = queue_of(&[]);
    assert_eq!(queue.due_tasks(TAP), []);
    assert_eq!(
        status_of(&queue, TAP),
        LocalCallStatus::Ended(CallOutcome::Nowhere)
    );
    queue.remove_ended(Some(id()));
    assert!(
        queue.call(id()).is_some(),
        "the ended call stays while it is shown"
    );
    queue.remove_ended(None);
    assert!(queue.call(id()).is_none());
}

#[test]
fn a_call_is_slow_after_eight_seconds() {
    let queue = queue_of(&[1]);
    assert_eq!(
        status_of(&queue, TAP + 8_000),
        LocalCallStatus::Sending { slow: true }
    );
}

#[test]
fn a_call_whose_destination_is_gone_ends_with_the_default_room() {
    let rejected = DeliveryState::Rejected {
        reason: RejectReason::NoSuchRoom,
    };
    let mut queue = queue_of(&[1]);
    queue.on_submit_response(id(), &response(vec![DeliveryState::Waiting], 1), TAP);
    let fallback = fallback_index(1);
    queue.on_event(id(), &event(fallback, 2, DeliveryState::Waiting), TAP);
    queue.on_event(id(), &event(0, 3, rejected.clone()), TAP);
    assert_eq!(
        status_of(&queue, TAP),
        LocalCallStatus::Sending { slow: false },
        "the default room is being notified"
    );
    queue.on_event(id(), &event(fallback, 4, delivered(7)), TAP);
    let notified = LocalCallStatus::Ended(CallOutcome::Notified { at: 7 });
    assert_eq!(status_of(&queue, TAP), notified);

    let mut asking = queue_of(&[1]);
    let mut status = call_status(vec![rejected], Vec::new(), 4);
    status.fallback = Some(delivered(7));
    asking.on_submit_response(id(), &Ok(status), TAP);
    assert_eq!(
        status_of(&asking, TAP),
        notified,
        "a status has the same effect as the events"
    );
}

//! Tests of the queue: a call from the tap to its end.

use yobirin_api::call::{Call, Outgoing};
use yobirin_api::{ErrorBody, ErrorCode};
use yobirin_domain::model::call::{DEADLINE_MILLIS, Visitor};
use yobirin_domain::model::delivery::{CallState, DeliveryState, RejectReason, fallback_index};
use yobirin_domain::model::id::{MessageId, RoomId};
use yobirin_domain::routing::{Destination, Target};

use super::*;
use crate::api::response::ClientError;
use crate::kiosk::calls::queued_call::{POLL_INTERVAL_MS, REQUEST_TIMEOUT_MS};

mod answers;
mod cancelling;
mod foreign_responses;
mod recipients;
mod refusals;

/// Time of the tap.
const TAP: Millis = 1_000_000;
/// Time at which the tablet stops asking about a call: a minute after its deadline.
const POLLED_UNTIL: Millis = TAP + DEADLINE_MILLIS + 60_000;

fn room(number: u64) -> RoomId {
    RoomId::try_from(number).unwrap()
}

/// A call to a group, with a message to each of these rooms.
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

/// State of a delivery that Chatwork stored in the first room at this time.
fn delivered(at: Millis) -> DeliveryState {
    delivered_to(1, at)
}

/// State of a delivery that Chatwork stored in this room at this time.
fn delivered_to(number: u64, at: Millis) -> DeliveryState {
    DeliveryState::Delivered {
        message: MessageId::try_from("1".to_owned()).unwrap(),
        room: room(number),
        at,
    }
}

/// Response with the states of the deliveries.
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
    assert!(persisted(&mut queue).is_some_and(|persisted| !persisted.was_accepted));
    assert!(matches!(
        queue.due_tasks(TAP).as_slice(),
        [SyncTask::Submit(..)]
    ));
    queue.on_submit_response(id(), &response(vec![DeliveryState::Waiting], 3), TAP + 10);
    assert!(persisted(&mut queue).is_some_and(|persisted| persisted.was_accepted));
    assert_eq!(
        status_of(&queue, TAP + 10),
        LocalCallStatus::Sending { is_slow: false }
    );
    queue.on_event(id(), &event(0, 4, delivered(TAP + 90)), TAP + 100);
    assert_eq!(
        status_of(&queue, TAP + 100),
        LocalCallStatus::Ended(CallOutcome::Notified { at: TAP + 90 })
    );
    assert_eq!(queue.take_changes(), [(id(), None)]);
}

#[test]
fn a_request_is_not_repeated_while_its_response_is_awaited() {
    let mut queue = queue_of(&[1]);
    assert_eq!(queue.due_tasks(TAP).len(), 1);
    assert_eq!(queue.due_tasks(TAP + 1_000).len(), 0);
    assert_eq!(
        queue.due_tasks(TAP + REQUEST_TIMEOUT_MS).len(),
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

    let mut never_sent = queue_of(&[1]);
    assert_eq!(never_sent.due_tasks(TAP + DEADLINE_MILLIS), []);
    assert_eq!(
        status_of(&never_sent, TAP + DEADLINE_MILLIS),
        LocalCallStatus::Ended(CallOutcome::Expired),
        "a call that was never sent expires"
    );
}

#[test]
fn without_events_the_outcome_is_polled() {
    let mut queue = queue_of(&[1]);
    queue.due_tasks(TAP);
    queue.on_submit_response(id(), &response(vec![DeliveryState::Waiting], 3), TAP + 10);
    let next_poll = TAP + 10 + POLL_INTERVAL_MS;
    assert_eq!(queue.due_tasks(next_poll - 1), []);
    assert_eq!(queue.due_tasks(next_poll), [SyncTask::Poll(id())]);
    queue.on_poll_response(id(), &response(vec![delivered(5)], 9), next_poll + 10);
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
    queue.due_tasks(POLLED_UNTIL);
    assert_eq!(
        status_of(&queue, POLLED_UNTIL),
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
        LocalCallStatus::Sending { is_slow: false }
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
        was_accepted: true,
        cancelled_at: None,
        listening: None,
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
    assert!(!persisted.is_expired(POLLED_UNTIL - 1));
    assert!(persisted.is_expired(POLLED_UNTIL));
    let cancelled_at = POLLED_UNTIL + 1_000;
    let cancelled = PersistedCall {
        cancelled_at: Some(cancelled_at),
        ..persisted
    };
    assert!(!cancelled.is_expired(cancelled_at + 59_999));
    assert!(
        cancelled.is_expired(cancelled_at + 60_000),
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
        LocalCallStatus::Sending { is_slow: true }
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
        LocalCallStatus::Sending { is_slow: false },
        "the default room is being notified"
    );
    queue.on_event(id(), &event(fallback, 4, delivered(7)), TAP);
    let notified = LocalCallStatus::Ended(CallOutcome::Notified { at: 7 });
    assert_eq!(status_of(&queue, TAP), notified);

    let mut polled = queue_of(&[1]);
    let mut status = call_status(vec![rejected], Vec::new(), 4);
    status.fallback = Some(delivered(7));
    polled.on_submit_response(id(), &Ok(status), TAP);
    assert_eq!(
        status_of(&polled, TAP),
        notified,
        "a status has the same effect as the events"
    );
}

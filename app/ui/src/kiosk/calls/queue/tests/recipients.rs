//! Recipients of a queued call while its deliveries arrive one by one.

use yobirin_domain::model::id::HostId;
use yobirin_domain::recipients::NotifiedParty;
use yobirin_domain::routing::TraceStep;

use super::*;

/// A call by private chats to an absent host and a delegate.
fn call_for_absent_host() -> PreparedCall {
    let host = |key: &str| -> HostId { key.parse().unwrap() };
    let private_message = |account: u64| Outgoing {
        to: Destination::Account(account.try_into().unwrap()),
        text: "来訪".to_owned(),
        retraction: None,
        answered: None,
    };
    let call = Call {
        button: "b".parse().unwrap(),
        target: Target::Host(host("sato")),
        visitor: Visitor::default(),
        notice: None,
        tapped: TAP,
        deadline: TAP + DEADLINE_MILLIS,
        deliveries: vec![private_message(101), private_message(102)],
        fallback: None,
        later: Vec::new(),
        missed: None,
        trace: vec![
            TraceStep::DirectToHost { host: host("sato") },
            TraceStep::AbsentSoDelegates {
                host: host("sato"),
                delegates: vec![host("kondo")],
            },
        ],
    };
    PreparedCall::from_call(call).unwrap()
}

#[test]
fn a_delegate_is_waited_for_while_only_the_absent_host_is_notified() {
    let mut queue = Queue::default();
    queue.record(id(), call_for_absent_host(), TAP);
    queue.on_event(id(), &event(0, 1, delivered(5)), TAP);
    assert_eq!(
        status_of(&queue, TAP),
        LocalCallStatus::Sending { is_slow: false }
    );
    queue.on_event(id(), &event(1, 2, delivered(6)), TAP);
    let end = LocalCallStatus::Ended(CallOutcome::Notified { at: 5 });
    assert_eq!(status_of(&queue, TAP), end);
    let notified = queue.notified(id()).unwrap();
    assert_eq!(
        notified.whom,
        NotifiedParty::Delegates(vec!["kondo".parse().unwrap()])
    );

    // The delegate is not reached.
    let mut not_alerting = Queue::default();
    not_alerting.record(id(), call_for_absent_host(), TAP);
    not_alerting.on_event(id(), &event(0, 1, delivered(5)), TAP);
    let refused = DeliveryState::Rejected {
        reason: RejectReason::NotAContact,
    };
    not_alerting.on_event(id(), &event(1, 2, refused), TAP);
    assert_eq!(status_of(&not_alerting, TAP), end);
    assert_eq!(not_alerting.notified(id()).unwrap().kind(), "absent-host");
}

#[test]
fn no_recipient_is_named_when_the_relay_has_another_version_of_the_call() {
    let mut queue = Queue::default();
    queue.record(id(), call_for_absent_host(), TAP);
    queue.on_submit_response(id(), &refusal(ErrorCode::CallDiffers), TAP);
    queue.on_poll_response(id(), &response(vec![delivered(5), delivered(6)], 9), TAP);
    assert_eq!(queue.notified(id()).unwrap().whom, NotifiedParty::Staff);
}

//! Rejected and accepted calls.

mod escalation;

use super::*;
use crate::caller_limits::CALL_BYTES;
use crate::model::call::DEADLINE_MILLIS;
use crate::model::id::{CallId, HostId};
use crate::test_office::{COURIER_BUTTON, group_id, host_id, host_in, office, room_id};

fn reference() -> Reference {
    CallId::new(DEADLINE_MILLIS, &[7; 10]).reference()
}

/// Admits one message to the room of General Affairs (総務) for a call to that group. Its in-charge hosts have the
/// accounts 101 (sato) and 105 (ito), the delegate of one of them has 103 (tanaka). 102 is another
/// host's, 104 nobody's.
fn admit_message(text: &str) -> Result<(), AdmissionError> {
    let settings = office(|document| {
        host_in(document, "ito").delegates = vec![host_id("tanaka")];
        let template = "{mentions}{reference}\nhttps://example.jp/map";
        document.devices[0].menu[COURIER_BUTTON].template = Some(template.to_owned());
    });
    let text = format!("{text} {}", reference());
    let message = Message {
        to: Destination::Room(room_id(10)),
        text: "",
        retraction: None,
        answered: None,
    };
    let admit_one = |message| {
        let call = SubmittedCall {
            target: &Target::Group(group_id("soumu")),
            visitor: &Visitor::default(),
            deliveries: vec![message],
            fallback: None,
            later: Vec::new(),
            missed: None,
            trace: &[],
            reference: reference(),
        };
        admit(&settings, &OutboundPolicy::of(&settings), &call)
    };
    let plain = reference().to_string();
    let as_text = admit_one(Message {
        text: &text,
        ..message
    });
    let as_retraction = admit_one(Message {
        text: &plain,
        retraction: Some(&text),
        ..message
    });
    assert_eq!(
        as_text, as_retraction,
        "text and retraction are checked alike"
    );
    as_text
}

fn policy_violation(text: &str) -> PolicyViolation {
    match admit_message(text) {
        Err(AdmissionError::PolicyViolation(why)) => why,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn only_recipients_of_the_call_may_be_mentioned() {
    for id in [101, 105, 103] {
        assert_eq!(admit_message(&format!("[To:{id}]")), Ok(()), "{id}");
    }
    assert_eq!(
        policy_violation("[To:102]"),
        PolicyViolation::MentionOfNonRecipient(102)
    );
    assert_eq!(
        policy_violation("[To:104]"),
        PolicyViolation::UnknownMention(104)
    );
    assert_eq!(admit_message(&"[To:101]".repeat(MESSAGE_MENTIONS)), Ok(()));
    let too_many_mentions = "[To:101]".repeat(MESSAGE_MENTIONS + 1);
    assert_eq!(
        policy_violation(&too_many_mentions),
        PolicyViolation::MentionOfNonRecipient(101)
    );
}

#[test]
fn recipients_of_a_call_to_a_host_are_the_host_and_the_delegates() {
    let settings = office(|document| {
        host_in(document, "suzuki").delegates = vec![host_id("sato"), host_id("takahashi")];
    });
    let accounts = |target| {
        let people = possible_recipients(&settings, &target);
        people
            .iter()
            .map(|account| account.get())
            .collect::<Vec<_>>()
    };
    assert_eq!(accounts(Target::Host(host_id("suzuki"))), [101, 102]);
    assert_eq!(accounts(Target::Host(host_id("gone"))), [] as [u64; 0]);
    assert_eq!(accounts(Target::Group(group_id("soumu"))), [101, 105]);
    assert_eq!(accounts(Target::Group(group_id("gone"))), [] as [u64; 0]);
}

#[test]
fn only_links_of_the_settings_are_allowed() {
    assert_eq!(admit_message("https://example.jp/map"), Ok(()));
    assert_eq!(admit_message("山田@example.com example.com"), Ok(()));
    for link in [
        "https://evil.example/login",
        "https://example.jp/map/..",
        "http://example.jp",
        "www.evil.example",
        "[info]https://evil.example[/info]",
    ] {
        let why = policy_violation(link);
        assert!(
            matches!(why, PolicyViolation::UnknownLink(_)),
            "{link}: {why}"
        );
    }
}

#[test]
fn control_characters_except_line_breaks_are_rejected() {
    assert_eq!(admit_message("一行目\n二行目\r\n三行目"), Ok(()));
    for c in ['\0', '\t', '\u{b}', '\u{1b}', '\u{7f}', '\u{9b}'] {
        let bad = admit_message(&format!("来訪{c}"));
        assert_eq!(
            bad,
            Err(AdmissionError::InvalidText(
                text::TextError::ControlCharacter(c)
            ))
        );
    }
}

/// Admits a call to 総務 after a change of the visitor, the trace, and the rooms of the messages.
fn admit_with(
    change: impl FnOnce(&mut Visitor, &mut Vec<TraceStep>, &mut Vec<u64>),
) -> Result<(), AdmissionError> {
    let (mut visitor, mut trace, mut rooms) = (Visitor::default(), Vec::new(), vec![10]);
    change(&mut visitor, &mut trace, &mut rooms);
    let settings = office(|_| {});
    let text = reference().to_string();
    let message = |room: &u64| Message {
        to: Destination::Room(room_id(*room)),
        text: &text,
        retraction: None,
        answered: None,
    };
    let call = SubmittedCall {
        target: &Target::Group(group_id("soumu")),
        visitor: &visitor,
        deliveries: rooms.iter().map(message).collect(),
        fallback: None,
        later: Vec::new(),
        missed: None,
        trace: &trace,
        reference: reference(),
    };
    admit(&settings, &OutboundPolicy::of(&settings), &call)
}

#[test]
fn every_length_of_the_visitors_answers_is_checked() {
    let full = admit_with(|visitor, _, _| {
        visitor.company = "社".repeat(Visitor::MAX_NAME_CHARS);
        visitor.name = "名".repeat(Visitor::MAX_NAME_CHARS);
        visitor.purpose = "用".repeat(Visitor::MAX_PURPOSE_CHARS);
        visitor.people = Some(Visitor::MAX_PEOPLE);
    });
    assert_eq!(full, Ok(()));
    let wrong: [fn(&mut Visitor); 6] = [
        |visitor| visitor.company = "社".repeat(Visitor::MAX_NAME_CHARS + 1),
        |visitor| visitor.name = "名".repeat(200_000),
        |visitor| visitor.purpose = "用".repeat(Visitor::MAX_PURPOSE_CHARS + 1),
        |visitor| visitor.name = "山\0田".to_owned(),
        |visitor| visitor.people = Some(65_535),
        |visitor| visitor.people = Some(0),
    ];
    for (case, break_rule) in wrong.into_iter().enumerate() {
        let admitted = admit_with(|visitor, _, _| {
            break_rule(visitor);
            let cleaned = visitor.cleaned();
            assert_eq!(
                cleaned.check(),
                Ok(()),
                "a call as the app sends it is admitted"
            );
        });
        assert!(
            matches!(admitted, Err(AdmissionError::InvalidVisitor(_))),
            "case {case}"
        );
    }
}

#[test]
fn every_documented_count_is_checked() {
    let too_many_steps = vec![TraceStep::UnknownTarget; CALL_TRACE_STEPS + 1];
    assert_eq!(
        admit_with(|_, trace, _| *trace = too_many_steps),
        Err(AdmissionError::TraceTooLong)
    );
    // With the group, one id more than a trace may have.
    let hosts: Vec<HostId> = vec![host_id("sato"); CALL_TRACE_NAMES];
    let too_many_ids = TraceStep::DirectToInCharge {
        group: group_id("soumu"),
        hosts,
    };
    assert_eq!(
        admit_with(|_, trace, _| trace.push(too_many_ids)),
        Err(AdmissionError::TraceTooLong)
    );
    assert_eq!(
        admit_with(|_, _, rooms| rooms.clear()),
        Err(AdmissionError::DeliveryCount)
    );
    assert_eq!(
        admit_with(|_, _, rooms| rooms.push(10)),
        Err(AdmissionError::DuplicateDestination)
    );
    assert_eq!(
        admit_with(|_, _, rooms| *rooms = vec![10; CALL_DELIVERIES + 1]),
        Err(AdmissionError::DeliveryCount)
    );
}

#[test]
fn the_longest_trace_leaves_space_for_the_messages() {
    let step = |names| TraceStep::AbsentSoDelegates {
        host: "h".repeat(64).parse().unwrap(),
        delegates: vec!["h".repeat(64).parse().unwrap(); names],
    };
    let trace = vec![step(1); CALL_TRACE_STEPS];
    let bytes = serde_json::to_string(truncate_trace(&trace)).unwrap().len();
    assert!(
        bytes < CALL_BYTES - crate::caller_limits::CALL_TEXT_BYTES,
        "{bytes}"
    );
}

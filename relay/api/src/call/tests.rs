//! Indices of a call's messages, and the JSON forms of answers, escalation and missed visits.

use yobirin_domain::answer::AnswerAuthor;

use super::*;

mod history;

// Indices of a call with two deliveries; see the table of `yobirin_domain::model::delivery`. 0 and 1 are the
// deliveries, 2 and 3 their retractions.
const FALLBACK: usize = 4;
const RETRACTION_OF_FALLBACK: usize = 6;
const FIRST_LATER: usize = 8;
const RETRACTION_OF_FIRST_LATER: usize = 9;
const SECOND_LATER: usize = 10;

fn outgoing(room: u64, retraction: Option<&str>) -> Outgoing {
    Outgoing {
        to: Destination::Room(room.try_into().unwrap()),
        text: "お客様です".to_owned(),
        retraction: retraction.map(str::to_owned),
        answered: None,
    }
}

#[test]
fn fallback_and_retractions_have_their_indices() {
    let call = Call {
        button: "reception".parse().unwrap(),
        target: Target::Staff,
        visitor: Visitor::default(),
        notice: None,
        tapped: 1,
        deadline: 2,
        deliveries: vec![outgoing(1, Some("first")), outgoing(2, None)],
        fallback: Some(outgoing(3, Some("fallback"))),
        later: Vec::new(),
        missed: None,
        trace: Vec::new(),
    };
    let fallback = call
        .fallback_of(1)
        .map(|(index, outgoing)| (index, outgoing.to));
    assert_eq!(fallback, Some((FALLBACK, outgoing(3, None).to)));
    assert!(
        call.fallback_of(FALLBACK).is_none(),
        "the fallback has no fallback"
    );
    assert_eq!(call.retraction_of(0), Some((2, "first")));
    assert_eq!(call.retraction_of(1), None, "the call has no text for it");
    let of_fallback = call.retraction_of(FALLBACK);
    assert_eq!(of_fallback, Some((RETRACTION_OF_FALLBACK, "fallback")));
    assert_eq!(call.retraction_of(9), None, "there is no such delivery");
    let without = Call {
        fallback: None,
        ..call
    };
    assert!(without.fallback_of(0).is_none());
    assert_eq!(without.retraction_of(FALLBACK), None);
}

fn later(after_seconds: u16, room: u64, retraction: Option<&str>) -> LaterMessage {
    LaterMessage {
        after_seconds,
        to: Destination::Room(room.try_into().unwrap()),
        text: "（再通知）お客様です".to_owned(),
        retraction: retraction.map(str::to_owned),
        answered: Some("対応中：{who} {time}".to_owned()),
    }
}

/// Call with two messages of an escalation and a task for a missed visit.
fn call_with_follow_ups() -> Call {
    Call {
        button: "reception".parse().unwrap(),
        target: Target::Staff,
        visitor: Visitor::default(),
        notice: None,
        tapped: 1,
        deadline: 2,
        deliveries: vec![outgoing(1, Some("first")), outgoing(2, None)],
        fallback: None,
        later: vec![later(60, 1, Some("again")), later(150, 4, None)],
        missed: Some(MissedVisit {
            assignees: vec![101.try_into().unwrap()],
            text: "折り返しご連絡ください".to_owned(),
            unanswered: "応答なし {time}".to_owned(),
            due: DueTime {
                day: "2026-11-23".parse().unwrap(),
                time: "18:00".parse().unwrap(),
            },
        }),
        trace: Vec::new(),
    }
}

#[test]
fn later_messages_and_their_retractions_have_their_indices() {
    let call = call_with_follow_ups();
    let indices: Vec<_> = call
        .later_messages_with_index()
        .map(|(index, _)| index)
        .collect();
    assert_eq!(indices, [FIRST_LATER, SECOND_LATER]);
    let of_first = call.retraction_of(FIRST_LATER);
    assert_eq!(of_first, Some((RETRACTION_OF_FIRST_LATER, "again")));
    assert_eq!(
        call.retraction_of(SECOND_LATER),
        None,
        "the call has no text for it"
    );
    assert_eq!(
        call.retraction_of(RETRACTION_OF_FIRST_LATER),
        None,
        "a retraction has no retraction"
    );
    let text = call.message_of(SECOND_LATER).map(|message| message.text);
    assert_eq!(text, Some("（再通知）お客様です"));
    assert!(
        call.message_of(SECOND_LATER + 2).is_none()
            && call.message_of(RETRACTION_OF_FIRST_LATER).is_none()
    );
    assert_eq!(
        call.message_of(0).map(|message| message.text),
        Some("お客様です")
    );
}

#[test]
fn escalation_answers_and_missed_visits_have_these_json_forms() {
    let call = call_with_follow_ups();
    let form = serde_json::to_value(&call).unwrap();
    assert_eq!(
        form["later"],
        serde_json::json!([
            { "after_seconds": 60, "to": { "room": 1 }, "text": "（再通知）お客様です",
              "retraction": "again", "answered": "対応中：{who} {time}" },
            { "after_seconds": 150, "to": { "room": 4 }, "text": "（再通知）お客様です",
              "answered": "対応中：{who} {time}" },
        ])
    );
    assert_eq!(
        form["missed"],
        serde_json::json!({
            "assignees": [101], "text": "折り返しご連絡ください", "unanswered": "応答なし {time}",
            "due": { "day": "2026-11-23", "time": "18:00" },
        })
    );
    assert_eq!(serde_json::from_value::<Call>(form).unwrap(), call);
    let plain = Call {
        later: Vec::new(),
        missed: None,
        ..call
    };
    let form = serde_json::to_value(&plain).unwrap();
    assert!(form.get("later").is_none() && form.get("missed").is_none());
    assert!(form["deliveries"][0].get("answered").is_none());
    assert_eq!(serde_json::from_value::<Call>(form).unwrap(), plain);
}

#[test]
fn answers_and_missed_visits_of_the_history_have_these_json_forms() {
    let record = AnswerRecord {
        message: "500".to_owned().try_into().unwrap(),
        who: AnswerAuthor::Host("佐藤".to_owned()),
        is_erased: false,
        words: "行きます".to_owned(),
        at: 5,
        edited: Some(6),
        withdrawn: None,
    };
    let form = serde_json::json!({
        "message": "500", "who": { "host": "佐藤" }, "words": "行きます", "at": 5, "edited": 6,
    });
    assert_eq!(serde_json::to_value(&record).unwrap(), form);
    assert_eq!(
        serde_json::from_value::<AnswerRecord>(form).unwrap(),
        record
    );
    let room = 7.try_into().unwrap();
    let message = "501".to_owned().try_into().unwrap();
    for (outcome, form) in [
        (
            Some(MissedOutcome::Task { task: 9, room }),
            serde_json::json!({ "at": 1, "outcome": { "kind": "task", "task": 9, "room": 7 } }),
        ),
        (
            Some(MissedOutcome::Posted { message, room }),
            serde_json::json!({ "at": 1, "outcome": { "kind": "posted", "message": "501", "room": 7 } }),
        ),
        (
            Some(MissedOutcome::Refused),
            serde_json::json!({ "at": 1, "outcome": { "kind": "refused" } }),
        ),
        (None, serde_json::json!({ "at": 1 })),
    ] {
        let record = MissedRecord { at: 1, outcome };
        assert_eq!(serde_json::to_value(&record).unwrap(), form);
        assert_eq!(
            serde_json::from_value::<MissedRecord>(form).unwrap(),
            record
        );
    }
}

#[test]
fn a_task_that_was_withdrawn_is_no_missed_visit_and_one_that_was_refused_is() {
    use yobirin_domain::model::delivery::{MISSED_TASK_INDEX, RejectReason};

    let missed = |state| MissedRecord::of(1, MISSED_TASK_INDEX, &state);
    assert_eq!(missed(DeliveryState::Withdrawn), None);
    let outcomes = [
        (DeliveryState::Waiting, None),
        (DeliveryState::Unknown, None),
        (DeliveryState::Expired, Some(MissedOutcome::Refused)),
        (
            DeliveryState::Rejected {
                reason: RejectReason::BadMessage,
            },
            Some(MissedOutcome::Refused),
        ),
    ];
    for (state, outcome) in outcomes {
        assert_eq!(missed(state), Some(MissedRecord { at: 1, outcome }));
    }
}

#[test]
fn a_status_leaves_out_an_absent_answer_and_escalation() {
    let form = serde_json::json!({
        "id": "0192e4a0-0000-7000-8000-00ffffffffff", "state": "sending",
        "deliveries": ["waiting"], "cancelled": false, "sequence": 3,
    });
    let mut status: CallStatus = serde_json::from_value(form.clone()).unwrap();
    assert_eq!((status.later.len(), &status.answer), (0, &None));
    assert_eq!(serde_json::to_value(&status).unwrap(), form);
    status.later = vec![DeliveryState::Withdrawn];
    status.answer = Some(ShownAnswer {
        who: AnswerAuthor::Colleague,
        words: "行きます".to_owned(),
        at: 5,
    });
    let form = serde_json::to_value(&status).unwrap();
    assert_eq!(form["later"], serde_json::json!(["withdrawn"]));
    let answer = serde_json::json!({ "who": "colleague", "words": "行きます", "at": 5 });
    assert_eq!(form["answer"], answer);
}

#[test]
fn the_largest_call_fits_into_its_body() {
    use yobirin_domain::caller_limits::{CALL_BYTES, CALL_LATER_DELIVERIES, CALL_TEXT_BYTES};

    // 2^53 - 1, the largest id.
    let widest = 9_007_199_254_740_991;
    let heading = || Some(String::new());
    let message = Outgoing {
        text: String::new(),
        answered: heading(),
        ..outgoing(widest, Some(""))
    };
    let step = LaterMessage {
        text: String::new(),
        answered: heading(),
        ..later(840, widest, Some(""))
    };
    let base = call_with_follow_ups();
    let missed = base.missed.clone();
    let call = Call {
        deliveries: vec![message.clone(); MAX_DELIVERIES],
        fallback: Some(message),
        later: vec![step; CALL_LATER_DELIVERIES],
        missed: missed.map(|missed| MissedVisit {
            assignees: vec![widest.try_into().unwrap(); MAX_DELIVERIES],
            ..missed
        }),
        ..base
    };
    // Size without texts, trace and the visitor's answers.
    let frame = serde_json::to_string(&call).unwrap().len();
    // The longest trace has about 52 kB, as a test of `domain::admission` says.
    let trace = 53 * 1024;
    let visitor = 2 * 1024;
    assert!(
        frame + trace + visitor < CALL_BYTES - CALL_TEXT_BYTES,
        "{frame} bytes"
    );
}

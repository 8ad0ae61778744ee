//! Results that a record of the history gives about a call: answers, steps, and whether its words can be erased.

use yobirin_domain::answer::{AnswerAuthor, AnswerResult};
use yobirin_domain::model::delivery::RejectReason;
use yobirin_domain::retention::{RetentionKind, WordsNeed};

use super::*;

/// Deadline of these calls, after the tap or the acceptance.
const LIFETIME: Millis = 900_000;

fn record(
    accepted: Millis,
    deliveries: Vec<DeliveryState>,
    later: Vec<DeliveryState>,
) -> CallRecord {
    let with_state = |state| DeliveryRecord {
        state,
        attempts: Vec::new(),
    };
    let mut call = call_with_follow_ups();
    call.deliveries[0].answered = Some("対応中：{who} {time}".to_owned());
    call.deadline = call.tapped + LIFETIME;
    CallRecord {
        id: "0192e4a0-0000-7000-8000-00ffffffffff".parse().unwrap(),
        device: "lobby".parse().unwrap(),
        call,
        accepted,
        expires: accepted + LIFETIME,
        kept_from: accepted,
        state: CallState::of(&deliveries),
        deliveries: deliveries.into_iter().map(with_state).collect(),
        fallback: None,
        cancelled: None,
        retractions: Vec::new(),
        later: later.into_iter().map(with_state).collect(),
        answers: Vec::new(),
        missed: None,
        revoked: None,
        doubted: None,
        erased: None,
        erase_requested: None,
    }
}

fn delivered(at: Millis) -> DeliveryState {
    DeliveryState::Delivered {
        message: "1".to_owned().try_into().unwrap(),
        room: 1.try_into().unwrap(),
        at,
    }
}

fn answer(at: Millis, withdrawn: Option<Millis>) -> AnswerRecord {
    AnswerRecord {
        message: "2".to_owned().try_into().unwrap(),
        who: AnswerAuthor::Colleague,
        is_erased: false,
        words: String::new(),
        at,
        edited: None,
        withdrawn,
    }
}

#[test]
fn the_history_says_after_how_long_a_call_was_answered() {
    let mut record = record(
        1_000,
        vec![DeliveryState::Unknown, delivered(2_500)],
        Vec::new(),
    );
    assert_eq!(record.notified_at(), Some(2_500));
    assert_eq!(
        record.answer_result(1_000 + LIFETIME - 1),
        AnswerResult::Waiting
    );
    assert_eq!(
        record.answer_result(1_000 + LIFETIME),
        AnswerResult::Unanswered
    );
    record.answers = vec![answer(20_000, Some(25_000)), answer(42_500, None)];
    let first = record.first_answer().map(|answer| answer.at);
    assert_eq!(first, Some(42_500), "the deleted answer does not count");
    let result = record.answer_result(1_000 + LIFETIME);
    assert_eq!(result, AnswerResult::Answered { after: 40_000 });
}

/// Outcomes of a call at a time.
fn outcomes(record: &CallRecord, now: Millis) -> Vec<CallOutcome> {
    let all = CallOutcome::ALL.into_iter();
    all.filter(|outcome| record.has_outcome(*outcome, now))
        .collect()
}

#[test]
fn a_call_is_found_by_each_outcome_that_its_row_shows() {
    use CallOutcome::{
        Answered, AwaitingAnswer, NamedNobody, NotDelivered, Notified, Sending, Unanswered,
        Withdrawn,
    };
    let (now, late) = (3_000, 1_000 + LIFETIME);
    let call = |state: DeliveryState| {
        let mut record = record(1_000, vec![state], Vec::new());
        record.call.trace = vec![TraceStep::Mentions {
            room: 1.try_into().unwrap(),
            hosts: vec!["sato".parse().unwrap()],
        }];
        record
    };
    let sending = call(DeliveryState::Waiting);
    assert_eq!(outcomes(&sending, now), [Sending]);
    let refused = DeliveryState::Rejected {
        reason: RejectReason::NoSuchRoom,
    };
    for state in [refused, DeliveryState::Expired] {
        assert_eq!(outcomes(&call(state), late), [NotDelivered]);
    }
    let mut notified = call(delivered(2_500));
    assert_eq!(outcomes(&notified, now), [AwaitingAnswer, Notified]);
    assert_eq!(outcomes(&notified, late), [Unanswered, Notified]);
    notified.call.trace.clear();
    assert_eq!(
        outcomes(&notified, late),
        [Unanswered, NamedNobody, Notified],
        "the message mentions nobody"
    );
    notified.answers = vec![answer(42_500, None)];
    assert_eq!(outcomes(&notified, late), [Answered, NamedNobody, Notified]);
    notified.answers.clear();
    notified.cancelled = Some(50_000);
    assert_eq!(outcomes(&notified, late), [Withdrawn]);
}

#[test]
fn the_outcome_in_a_query_is_its_json_form() {
    for outcome in CallOutcome::ALL {
        let json = serde_json::to_value(outcome).unwrap();
        assert_eq!(json, outcome.key());
    }
}

#[test]
fn the_history_shows_the_answer_that_the_tablet_shows() {
    let mut record = record(1_000, vec![delivered(2_500)], Vec::new());
    assert_eq!(record.shown_answer(), None);
    let answers = [("9", None), ("10", None), ("11", Some(60_000))];
    let answers = answers.map(|(message, withdrawn)| AnswerRecord {
        message: message.to_owned().try_into().unwrap(),
        ..answer(20_000, withdrawn)
    });
    record.answers = answers.into();
    let shown = record.shown_answer().map(|answer| answer.message.as_str());
    assert_eq!(shown, Some("10"), "the latest one that was not deleted");
    let first = record.first_answer().map(|answer| answer.message.as_str());
    assert_eq!(first, Some("9"));
}

#[test]
fn the_history_shows_when_each_step_was_sent_or_is_planned() {
    let states = vec![delivered(63_000), DeliveryState::Withdrawn];
    let record = record(1_000, vec![delivered(2_500)], states);
    let times: Vec<_> = record.steps().map(|step| step.at).collect();
    let planned = 2_500 + 150 * 1_000;
    assert_eq!(times, [Some(63_000), Some(planned)]);
    let step = record.steps().last().unwrap();
    let state = step.delivery.map(|delivery| &delivery.state);
    assert_eq!(state, Some(&DeliveryState::Withdrawn));
    assert_eq!(step.later.after_seconds, 150);
}

#[test]
fn the_words_of_each_kind_can_be_erased_and_counts_stay() {
    let mut call = Call {
        button: "reception".parse().unwrap(),
        target: Target::Staff,
        visitor: Visitor {
            name: "山田".to_owned(),
            company: "山田商事".to_owned(),
            people: Some(3),
            ..Visitor::default()
        },
        notice: None,
        tapped: 1,
        deadline: 2,
        deliveries: vec![outgoing(1, Some("山田様の取り消し"))],
        fallback: Some(outgoing(3, Some("山田様の取り消し"))),
        later: vec![later(60, 1, Some("山田様の取り消し"))],
        missed: Some(MissedVisit {
            assignees: Vec::new(),
            text: "山田様へご連絡ください".to_owned(),
            unanswered: "応答なし {time}".to_owned(),
            due: DueTime {
                day: "2037-03-02".parse().unwrap(),
                time: "18:00".parse().unwrap(),
            },
        }),
        trace: Vec::new(),
    };
    let text = |call: &Call| serde_json::to_string(call).unwrap();
    call.erase_words(RetentionKind::Messages);
    assert!(call.is_erased());
    assert_eq!(text(&call).matches("山田").count(), 2, "the visitor's own");
    assert!(!text(&call).contains("お客様です"));
    call.erase_words(RetentionKind::Visitors);
    assert!(!text(&call).contains("山田"));
    assert_eq!(call.visitor.people, Some(3));
    assert_eq!(call.deliveries[0].to, outgoing(1, None).to);
}

#[test]
fn the_history_knows_whether_words_are_still_needed() {
    let mut record = record(
        1_000,
        vec![DeliveryState::Unknown, delivered(2_500)],
        vec![DeliveryState::Waiting],
    );
    let now = 3_000; // long before the deadline
    let need = |record: &CallRecord| record.visit_state().words_need(now);
    assert_eq!(need(&record), Some(WordsNeed::Answer));
    record.answers = vec![answer(20_000, Some(25_000))];
    assert_eq!(need(&record), Some(WordsNeed::Answer), "it was deleted");
    record.answers.push(answer(42_500, None));
    assert_eq!(need(&record), Some(WordsNeed::Delivery));
    record.deliveries[0].state = DeliveryState::Withdrawn;
    record.later[0].state = DeliveryState::Withdrawn;
    assert_eq!(need(&record), None);
    record.cancelled = Some(50_000);
    record.retractions = vec![DeliveryRecord {
        state: DeliveryState::Waiting,
        attempts: Vec::new(),
    }];
    assert_eq!(need(&record), Some(WordsNeed::Retraction));
    record.retractions[0].state = delivered(51_000);
    assert_eq!(need(&record), None);
}

//! Edits, deletions and overflows in the log of a chat's answers.

use proptest::prelude::*;

use super::super::log::{latest_message, may_have_overflowed};
use super::*;
use crate::test_office::cases;

fn apply(log: &mut AnswerLog, messages: &[ReceivedMessage]) -> Vec<AnswerChange> {
    let calls = [open_call(1, &[100])];
    log.apply_list(&chat(Private, &calls), messages)
}

fn edited(number: u64, body: &str, updated: u64) -> ReceivedMessage {
    ReceivedMessage {
        updated,
        ..message(number, body)
    }
}

/// Words of the answer that a tablet shows for the call.
fn shown(log: &AnswerLog) -> Option<String> {
    let answers = log.answers();
    shown_answer(call(1), answers).map(|answer| answer.words.clone())
}

#[test]
fn a_later_answer_replaces_the_earlier_one_and_edits_replace_the_words() {
    let mut log = AnswerLog::default();
    let first = message(200, "行きます");
    let given = apply(&mut log, std::slice::from_ref(&first));
    assert!(matches!(&given[..], [AnswerChange::Given(answer)] if answer.words == "行きます"));
    assert_eq!(
        apply(&mut log, std::slice::from_ref(&first)),
        [],
        "a repeated message"
    );
    let second = message(201, "5分かかります");
    apply(&mut log, &[first.clone(), second.clone()]);
    assert_eq!(shown(&log).as_deref(), Some("5分かかります"));
    let newer = edited(201, "10分かかります", 50);
    let changes = apply(&mut log, &[first.clone(), newer.clone()]);
    assert!(matches!(&changes[..], [AnswerChange::Edited(_)]));
    assert_eq!(shown(&log).as_deref(), Some("10分かかります"));
    assert_eq!(apply(&mut log, &[first, second]), [], "an older version");
    assert_eq!(
        apply(&mut log, &[edited(201, "10分かかります(bow)", 60)]),
        []
    );
    assert_eq!(shown(&log).as_deref(), Some("10分かかります"));
}

#[test]
fn a_deleted_answer_is_withdrawn_and_the_one_before_is_shown() {
    let mut log = AnswerLog::default();
    let (first, second) = (message(200, "行きます"), message(201, "やはり無理です"));
    apply(&mut log, &[first.clone(), second]);
    let deleted = edited(201, "[deleted]", 50);
    let changes = apply(&mut log, &[first.clone(), deleted.clone()]);
    assert!(matches!(&changes[..], [AnswerChange::Withdrawn(answer)] if answer.words.is_empty()));
    assert_eq!(shown(&log).as_deref(), Some("行きます"));
    assert_eq!(apply(&mut log, &[first, deleted]), []);
    // Chatwork lists neither the first nor the deleted message any more.
    assert_eq!(
        apply(&mut log, &[message(202, "[To:1]")]).len(),
        1,
        "a new message"
    );
    assert_eq!(log.answers().len(), 3);
}

#[test]
fn a_message_missing_from_two_lists_was_deleted_unless_it_was_pushed_out() {
    let mut log = AnswerLog::default();
    apply(&mut log, &[message(200, "行きます")]);
    assert_eq!(apply(&mut log, &[]), [], "missing from one list only");
    assert!(matches!(
        &apply(&mut log, &[])[..],
        [AnswerChange::Withdrawn(_)]
    ));
    assert_eq!(shown(&log), None);
    let mut log = AnswerLog::default();
    apply(&mut log, &[message(200, "行きます")]);
    let calls = [open_call(1, &[100])];
    let group = chat(Group, &calls);
    let newer: Vec<_> = (300..400).map(|number| message(number, "雑談")).collect();
    for _ in 0..3 {
        assert_eq!(
            log.apply_list(&group, &newer),
            [],
            "a full list of newer messages"
        );
    }
    assert_eq!(shown(&log).as_deref(), Some("行きます"));
    apply(&mut log, &[]);
    apply(&mut log, &[message(200, "行きます")]);
    assert_eq!(apply(&mut log, &[]), [], "it was listed again in between");
}

#[test]
fn a_stored_log_continues_where_it_was() {
    let mut log = AnswerLog::default();
    apply(
        &mut log,
        &[message(200, "行きます"), message(201, "[deleted]")],
    );
    let stored: Vec<Answer> = log.answers().into_iter().cloned().collect();
    let mut restored = AnswerLog::restore(stored);
    assert_eq!(apply(&mut restored, &[message(200, "行きます")]), []);
    assert_eq!(shown(&restored).as_deref(), Some("行きます"));
}

#[test]
fn an_answer_belongs_to_its_call_when_more_calls_follow() {
    let mut log = AnswerLog::default();
    apply(&mut log, &[message(200, "行きます")]);
    let two = [open_call(1, &[100]), open_call(2, &[300])];
    let newer = edited(200, "行きます！", 50);
    let changes = log.apply_list(&chat(Private, &two), &[newer]);
    assert!(matches!(&changes[..], [AnswerChange::Edited(answer)] if answer.call == call(1)));
}

fn any_messages() -> impl Strategy<Value = Vec<ReceivedMessage>> {
    let body = prop::sample::select(vec!["行きます", "5分", "(bow)", "[deleted]"]);
    let message = (200_u64..206, body, 0_u64..4);
    let message = message.prop_map(|(number, body, updated)| edited(number, body, updated));
    prop::collection::vec(message, 0..20)
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn messages_in_any_order_and_repeated_give_the_same_answers(
        (messages, shuffled) in any_messages().prop_flat_map(|messages| {
            let twice = [messages.clone(), messages.clone()].concat();
            (Just(messages), Just(twice).prop_shuffle())
        }),
    ) {
        let calls = [open_call(1, &[100])];
        let answers_after = |messages: &[ReceivedMessage]| {
            let mut log = AnswerLog::default();
            for message in messages {
                log.apply(&chat(Private, &calls), message);
            }
            let answers = log.answers().into_iter();
            answers
                .filter(|answer| !answer.withdrawn)
                .map(|answer| (answer.message.clone(), answer.call, answer.words.clone(), answer.updated))
                .collect::<Vec<_>>()
        };
        prop_assert_eq!(answers_after(&shuffled), answers_after(&messages));
    }
}

#[test]
fn a_full_list_that_begins_after_the_last_reading_may_have_lost_messages() {
    let list = |from: u64| -> Vec<ReceivedMessage> {
        let numbers = from..from + 100;
        numbers.map(|number| message(number, "了解です")).collect()
    };
    assert!(may_have_overflowed(&list(101), &id(100)));
    assert!(!may_have_overflowed(&list(100), &id(100)));
    assert!(
        !may_have_overflowed(&list(101)[1..], &id(100)),
        "the list is not full"
    );
    assert_eq!(
        latest_message(&list(99)),
        Some(&id(198)),
        "ids are compared as numbers"
    );
    assert_eq!(latest_message(&[]), None);
}

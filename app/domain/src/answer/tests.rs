//! Which messages are answers, and what becomes of them.

use proptest::prelude::*;

use super::log::{latest_message, may_have_missed};
use super::*;
use crate::model::id::{CallId, MessageId};
use crate::test_office::{account_id, cases, office, room_id};

const BOT: u64 = 900;
const SATO: u64 = 101;
const STRANGER: u64 = 777;
const ROOM: u64 = 7;

fn call(number: u64) -> CallId {
    CallId::new(number, &[7; 10])
}

fn id(number: u64) -> MessageId {
    number.to_string().try_into().unwrap()
}

fn open(number: u64, posts: &[u64]) -> OpenCall {
    OpenCall {
        call: call(number),
        posts: posts.iter().map(|post| id(*post)).collect(),
    }
}

fn chat(kind: ChatKind, calls: &[OpenCall]) -> AnswerChat<'_> {
    AnswerChat {
        room: room_id(ROOM),
        kind,
        bot: Bot {
            account: account_id(BOT),
            name: "受付bot",
        },
        calls,
    }
}

fn message(number: u64, body: &str) -> ReceivedMessage {
    ReceivedMessage {
        id: id(number),
        author: account_id(SATO),
        body: body.to_owned(),
        sent: 1_800_000_000,
        updated: 0,
    }
}

/// The call that a message with the id 500 answers.
fn answered(kind: ChatKind, calls: &[OpenCall], body: &str) -> Option<CallId> {
    chat(kind, calls).call_of(&message(500, body))
}

use ChatKind::{Group, Private};

#[test]
fn a_reply_answers_exactly_the_call_of_its_post() {
    let calls = [open(1, &[100, 300]), open(2, &[200])];
    for kind in [Private, Group] {
        for (post, expected) in [(100, 1), (300, 1), (200, 2)] {
            let body = format!("[rp aid=900 to=7-{post}]受付botさん\n行きます");
            assert_eq!(
                answered(kind, &calls, &body),
                Some(call(expected)),
                "{post}"
            );
        }
        for body in [
            "[rp aid=900 to=7-400]受付botさん\n行きます",
            "[rp aid=900 to=8-100]行きます",
            "[rp aid=901 to=7-100]行きます",
            "[rp aid=900]行きます",
            "[rp aid=900 to=7-100][rp aid=900 to=7-200]どちらも行きます",
            "[qt][rp aid=900 to=7-100]行きます[/qt]見た？",
            "[code][rp aid=900 to=7-100][/code]",
        ] {
            assert_eq!(answered(kind, &calls, body), None, "{body}");
        }
        let later_post = [open(1, &[501])];
        let early = "[rp aid=900 to=7-501]行きます";
        assert_eq!(answered(kind, &later_post, early), None, "before the post");
    }
}

#[test]
fn plain_words_answer_the_only_call_of_a_private_chat() {
    let one = [open(1, &[100])];
    assert_eq!(answered(Private, &one, "行きます"), Some(call(1)));
    assert_eq!(answered(Private, &one, ""), Some(call(1)));
    let two = [open(1, &[100]), open(2, &[200])];
    assert_eq!(answered(Private, &two, "行きます"), None);
    assert_eq!(answered(Private, &[], "行きます"), None);
    let closed = "[rp aid=900 to=7-42]昨日はすみません";
    assert_eq!(answered(Private, &one, closed), None, "of another call");
    let second_later = [open(1, &[100]), open(2, &[600])];
    assert_eq!(
        answered(Private, &second_later, "行きます"),
        Some(call(1)),
        "the second call was not there yet"
    );
}

#[test]
fn a_task_that_a_host_gives_or_finishes_is_no_answer() {
    let one = [open(1, &[100])];
    for phrase in ["task_added", "task_done"] {
        let body = format!(
            "[info][title][dtext:{phrase}][/title][task aid=900 st=open lt=0 ltype=none][To:900] 会議室の予約[/task][/info]"
        );
        for kind in [Private, Group] {
            assert_eq!(answered(kind, &one, &body), None, "{body}");
        }
    }
}

#[test]
fn in_a_group_only_words_to_the_bot_answer() {
    let one = [open(1, &[100])];
    for body in [
        "行きます",
        "[To:102]鈴木さん 行ける？",
        "[toall]",
        "[To:9001]",
        "[qt][To:900][/qt]",
    ] {
        assert_eq!(answered(Group, &one, body), None, "{body}");
    }
    for body in ["[To:900]受付botさん\n行きます", "[to: 900 ] ok"] {
        assert_eq!(answered(Group, &one, body), Some(call(1)), "{body}");
    }
    let two = [open(1, &[100]), open(2, &[200])];
    assert_eq!(answered(Group, &two, "[To:900]行きます"), None);
}

#[test]
fn neither_the_bot_nor_an_older_message_answers() {
    let one = [open(1, &[100])];
    for kind in [Private, Group] {
        let own = ReceivedMessage {
            author: account_id(BOT),
            ..message(500, "[To:900][rp aid=900 to=7-100]お知らせ")
        };
        assert_eq!(chat(kind, &one).call_of(&own), None);
        let older = message(99, "[To:900]行きます");
        assert_eq!(chat(kind, &one).call_of(&older), None);
    }
    // Ids are compared as numbers, not as text.
    let long = [open(1, &[99])];
    assert_eq!(
        chat(Private, &long).call_of(&message(100, "行きます")),
        Some(call(1))
    );
}

#[test]
fn anybody_may_answer_and_is_named_as_host_or_colleague() {
    let one = [open(1, &[100])];
    let stranger = ReceivedMessage {
        author: account_id(STRANGER),
        ..message(500, "[rp aid=900 to=7-100]代わりに行きます")
    };
    assert_eq!(chat(Group, &one).call_of(&stranger), Some(call(1)));
    let office = office(|d| d.hosts[0].display_name = "佐藤".to_owned());
    let author = |account| AnswerAuthor::of(&office, account_id(account));
    assert_eq!(author(SATO), AnswerAuthor::Host("佐藤".to_owned()));
    assert_eq!(author(102), AnswerAuthor::Host("鈴木 一郎".to_owned()));
    assert_eq!(author(STRANGER), AnswerAuthor::Colleague);
    let json = |author: &AnswerAuthor| serde_json::to_string(author).unwrap();
    assert_eq!(json(&author(SATO)), r#"{"host":"佐藤"}"#);
    assert_eq!(json(&AnswerAuthor::Colleague), r#""colleague""#);
}

fn apply(log: &mut AnswerLog, messages: &[ReceivedMessage]) -> Vec<AnswerChange> {
    let calls = [open(1, &[100])];
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
        "a repeat"
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
fn a_deleted_answer_is_taken_back_and_the_one_before_is_shown() {
    let mut log = AnswerLog::default();
    let (first, second) = (message(200, "行きます"), message(201, "やはり無理です"));
    apply(&mut log, &[first.clone(), second]);
    let deleted = edited(201, "[deleted]", 50);
    let changes = apply(&mut log, &[first.clone(), deleted.clone()]);
    assert!(matches!(&changes[..], [AnswerChange::Withdrawn(answer)] if answer.words.is_empty()));
    assert_eq!(shown(&log).as_deref(), Some("行きます"));
    assert_eq!(apply(&mut log, &[first, deleted]), []);
    // A message that Chatwork does not list any more.
    assert_eq!(
        apply(&mut log, &[message(202, "[To:1]")]).len(),
        1,
        "a new one"
    );
    assert_eq!(log.answers().len(), 3);
}

#[test]
fn a_message_missing_from_two_lists_was_deleted_unless_it_was_pushed_out() {
    let mut log = AnswerLog::default();
    apply(&mut log, &[message(200, "行きます")]);
    assert_eq!(apply(&mut log, &[]), [], "one list may be late");
    assert!(matches!(
        &apply(&mut log, &[])[..],
        [AnswerChange::Withdrawn(_)]
    ));
    assert_eq!(shown(&log), None);
    let mut log = AnswerLog::default();
    apply(&mut log, &[message(200, "行きます")]);
    let calls = [open(1, &[100])];
    let group = chat(Group, &calls);
    let newer: Vec<_> = (300..400).map(|number| message(number, "雑談")).collect();
    for _ in 0..3 {
        assert_eq!(
            log.apply_list(&group, &newer),
            [],
            "a hundred newer messages"
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
    let two = [open(1, &[100]), open(2, &[300])];
    let newer = edited(200, "行きます！", 50);
    let changes = log.apply_list(&chat(Private, &two), &[newer]);
    assert!(matches!(&changes[..], [AnswerChange::Edited(answer)] if answer.call == call(1)));
}

fn any_messages() -> impl Strategy<Value = Vec<ReceivedMessage>> {
    let body = prop::sample::select(vec![
        "行きます",
        "5分",
        "(bow)",
        "[deleted]",
        "[rp aid=900 to=7-9]x",
    ]);
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
        let calls = [open(1, &[100])];
        // In one chat every version of a message is an answer, or none is.
        let messages_of = |messages: &[ReceivedMessage]| {
            let mut log = AnswerLog::default();
            for message in messages.iter().filter(|message| !message.body.starts_with("[rp")) {
                log.apply(&chat(Private, &calls), message);
            }
            let answers = log.answers().into_iter();
            answers
                .filter(|answer| !answer.withdrawn)
                .map(|answer| (answer.message.clone(), answer.call, answer.words.clone(), answer.updated))
                .collect::<Vec<_>>()
        };
        prop_assert_eq!(messages_of(&shuffled), messages_of(&messages));
    }
}

#[test]
fn a_full_list_that_begins_after_the_last_reading_may_have_lost_messages() {
    let list = |from: u64| -> Vec<ReceivedMessage> {
        let numbers = from..from + 100;
        numbers.map(|number| message(number, "了解です")).collect()
    };
    assert!(may_have_missed(&list(101), &id(100)));
    assert!(!may_have_missed(&list(100), &id(100)));
    assert!(!may_have_missed(&list(101)[1..], &id(100)), "not full");
    assert_eq!(latest_message(&list(99)), Some(&id(198)), "by number");
    assert_eq!(latest_message(&[]), None);
}

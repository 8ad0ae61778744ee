//! Messages that are answers, and messages that are not.

mod answer_log;

use super::ChatKind::{Group, Private};
use super::*;
use crate::model::id::{CallId, MessageId};
use crate::test_office::{account_id, office, room_id};

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

fn open_call(number: u64, posts: &[u64]) -> OpenCall {
    OpenCall {
        call: call(number),
        posts: posts.iter().map(|post| id(*post)).collect(),
        first_retraction: None,
        closed_at: None,
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

#[test]
fn a_reply_answers_exactly_the_call_of_its_post() {
    let calls = [open_call(1, &[100, 300]), open_call(2, &[200])];
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
        let later_post = [open_call(1, &[501])];
        let early = "[rp aid=900 to=7-501]行きます";
        assert_eq!(
            answered(kind, &later_post, early),
            None,
            "the message is older than the post"
        );
    }
}

#[test]
fn plain_words_answer_the_only_call_of_a_private_chat() {
    let one = [open_call(1, &[100])];
    assert_eq!(answered(Private, &one, "行きます"), Some(call(1)));
    assert_eq!(answered(Private, &one, ""), Some(call(1)));
    let two = [open_call(1, &[100]), open_call(2, &[200])];
    assert_eq!(answered(Private, &two, "行きます"), None);
    assert_eq!(answered(Private, &[], "行きます"), None);
    let closed = "[rp aid=900 to=7-42]昨日はすみません";
    assert_eq!(
        answered(Private, &one, closed),
        None,
        "a reply to a post that belongs to no call of this chat any more"
    );
    let second_later = [open_call(1, &[100]), open_call(2, &[600])];
    assert_eq!(
        answered(Private, &second_later, "行きます"),
        Some(call(1)),
        "the post of the second call is later"
    );
}

#[test]
fn plain_words_after_a_retraction_mean_the_other_call() {
    let cancelled = OpenCall {
        first_retraction: Some(id(300)),
        ..open_call(1, &[100, 300])
    };
    let calls = [cancelled.clone(), open_call(2, &[200])];
    assert_eq!(answered(Private, &calls, "行きます"), Some(call(2)));
    assert_eq!(answered(Group, &calls, "[To:900]行きます"), Some(call(2)));
    let before = chat(Private, &calls).call_of(&message(250, "行きます"));
    assert_eq!(before, None, "both calls were open at that time");
    let reply = "[rp aid=900 to=7-100]了解です";
    assert_eq!(answered(Private, &calls, reply), Some(call(1)), "a reply");
    let alone = [cancelled];
    assert_eq!(answered(Private, &alone, "了解です"), None);
}

#[test]
fn plain_words_that_meant_one_of_two_calls_answer_none_after_a_deadline_either() {
    let sent = message(500, "行きます").sent * 1000;
    let closed = |at| OpenCall {
        closed_at: Some(at),
        ..open_call(1, &[100])
    };
    let calls = |closed_at| [closed(closed_at), open_call(2, &[200])];
    let long_before = sent - 120_000;
    assert_eq!(answered(Private, &calls(sent + 1), "行きます"), None);
    assert_eq!(
        answered(Private, &calls(sent - 1), "行きます"),
        None,
        "within the difference of the clocks"
    );
    let answer = answered(Private, &calls(long_before), "行きます");
    assert_eq!(answer, Some(call(2)), "only one call was open");
    let reply = "[rp aid=900 to=7-100]行きます";
    assert_eq!(
        answered(Private, &calls(long_before), reply),
        None,
        "a closed call gets no answer"
    );
    assert_eq!(answered(Private, &[closed(sent + 1)], "行きます"), None);
}

#[test]
fn a_task_that_a_host_gives_or_finishes_is_no_answer() {
    let one = [open_call(1, &[100])];
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
    let one = [open_call(1, &[100])];
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
    let two = [open_call(1, &[100]), open_call(2, &[200])];
    assert_eq!(answered(Group, &two, "[To:900]行きます"), None);
}

#[test]
fn neither_the_bot_nor_an_older_message_answers() {
    let one = [open_call(1, &[100])];
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
    let long = [open_call(1, &[99])];
    assert_eq!(
        chat(Private, &long).call_of(&message(100, "行きます")),
        Some(call(1))
    );
}

#[test]
fn anybody_may_answer_and_is_named_as_host_or_colleague() {
    let one = [open_call(1, &[100])];
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
    assert_eq!(json(&AnswerAuthor::Erased), r#""erased""#);
}

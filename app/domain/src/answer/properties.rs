//! Talk among colleagues, in many generated messages: nothing is taken for an answer, and nothing is kept.

use super::log::AnswerLog;
use super::matching::{AnswerChat, Bot, ChatKind, OpenCall, ReceivedMessage};
use crate::model::id::CallId;
use crate::test_office::{account_id, cases, room_id};

/// Pseudo-random numbers (xorshift), so that a million cases are cheap and always the same.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

/// Pieces of colleagues' talk: none replies to an open post, and none addresses the bot outside a quote.
const TALK: [&str; 26] = [
    "行きます",
    "了解です",
    "受付botさん",
    "\n",
    " ",
    "[To:101]佐藤さん",
    "[To:9000]",
    "[To:90]",
    "[toall]",
    "[rp aid=101 to=7-100]",
    "[rp aid=102 to=7-200]",
    "[返信 aid=101 to=7-100]",
    "[piconname:900]",
    "[pname:900]",
    "[qt][qtmeta aid=900 time=1][To:900]来訪のお知らせ[/qt]",
    "[qt][rp aid=900 to=7-100]行きます[/qt]",
    "[code][To:900][/code]",
    "[info][title]件名[/title]本文[/info]",
    "[hr]",
    "https://example.com/#!rid7-100",
    "(bow)",
    "[To:900 さん",
    "［To:900］",
    "To:900",
    "[To:\n900]",
    "7-100",
];
/// Messages in one list of Chatwork.
const LISTED: usize = 100;

fn talk(random: &mut Random) -> String {
    let pieces = random.below(9);
    let pieces = (0..pieces).map(|_| TALK[random.below(TALK.len())]);
    pieces.collect()
}

fn open_call(number: u64, post: u64) -> OpenCall {
    OpenCall {
        call: CallId::new(number, &[7; 10]),
        posts: vec![post.to_string().try_into().unwrap()],
        first_retraction: None,
        closed_at: None,
    }
}

fn chat(kind: ChatKind, calls: &[OpenCall]) -> AnswerChat<'_> {
    AnswerChat {
        room: room_id(7),
        kind,
        bot: Bot {
            account: account_id(900),
            name: "受付bot",
        },
        calls,
    }
}

/// A hundred thousand messages; a million in `make soak`.
#[test]
fn no_talk_among_colleagues_is_an_answer_and_none_is_kept() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (one, two) = ([open_call(1, 100)], [open_call(1, 100), open_call(2, 200)]);
    let chats = [
        ("in a group", chat(ChatKind::Group, &one)),
        ("two calls", chat(ChatKind::Private, &two)),
    ];
    let messages = 50 * cases(2_000).cases as usize;
    for (place, chat) in chats {
        let mut log = AnswerLog::default();
        for _ in 0..messages / LISTED / chats.len() {
            let messages: Vec<_> = (500..)
                .take(LISTED)
                .map(|id: u64| ReceivedMessage {
                    id: id.to_string().try_into().unwrap(),
                    author: account_id(101 + id % 2),
                    body: talk(&mut random),
                    sent: 1_800_000_000,
                    updated: 0,
                })
                .collect();
            for message in &messages {
                assert_eq!(chat.call_of(message), None, "{place}: {}", message.body);
            }
            assert_eq!(log.apply_list(&chat, &messages), [], "{place}");
        }
        assert_eq!(log, AnswerLog::default(), "{place}: something is kept");
    }
}

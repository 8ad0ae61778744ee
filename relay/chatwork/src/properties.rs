//! Properties of reading any response, of Chatwork or of an intermediary: never a panic, and never a result that the
//! response does not prove.

use proptest::prelude::*;
use reqwest::header::{HeaderMap, HeaderValue};
use yobirin_domain::model::id::{AccountId, CallId};

use super::classify::{PostOutcome, RecentLookup, classify_post, find_message, limit_wait};
use super::transport::{HttpReply, reset_seconds};
use super::wire::{self, WireMessage, WirePerson, WireRoom};

const NOW: u64 = 1_800_000_000_000;
const MAX_WAIT_MS: u64 = 5 * 60 * 1000;

fn cases(min_cases: u32) -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: usual.cases.max(min_cases),
        ..usual
    }
}

/// Bodies: bytes, text, and pieces of Chatwork's own responses in any order.
fn any_body() -> impl Strategy<Value = Vec<u8>> {
    const PIECES: [&str; 20] = [
        "{",
        "}",
        "[",
        "]",
        ",",
        "\"message_id\":",
        "\"1234567890123456789\"",
        "12",
        "null",
        "-1",
        "1e999",
        "\"account\":{\"account_id\":7}",
        "\"account_id\":",
        "\"room_id\":",
        "\"body\":",
        "\"send_time\":",
        "18446744073709551615",
        "\"errors\":[\"per room\"]",
        "\\ud83d",
        "<html>",
    ];
    let pieces = prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..14);
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..80),
        any::<String>().prop_map(String::into_bytes),
        pieces.prop_map(|pieces| pieces.concat().into_bytes()),
    ]
}

fn any_reply() -> impl Strategy<Value = HttpReply> {
    let near_now = (NOW / 1000).saturating_sub(1_000)..NOW / 1000 + 1_000;
    let reset = prop_oneof![
        Just(None),
        any::<u64>().prop_map(Some),
        near_now.prop_map(Some)
    ];
    (100_u16..600, reset, any_body()).prop_map(|(status, reset, body)| HttpReply {
        remaining: None,
        hides_messages: false,
        status,
        reset,
        body,
    })
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn only_a_success_with_a_message_id_is_a_delivery(reply in any_reply()) {
        let is_success = (200..300).contains(&reply.status);
        match classify_post(Ok(&reply), NOW) {
            PostOutcome::Delivered(id) => {
                prop_assert!(is_success);
                prop_assert_eq!(wire::message_id(&reply.body), Some(id));
            }
            // A blind retry is allowed only when nothing can have been stored.
            PostOutcome::Retry => prop_assert!(!is_success && ![500, 502, 504].contains(&reply.status)),
            PostOutcome::Limited(wait) | PostOutcome::RoomLimited(wait) => {
                prop_assert_eq!(reply.status, 429);
                prop_assert!((1..=MAX_WAIT_MS).contains(&wait));
            }
            _ => {}
        }
    }

    #[test]
    fn the_wait_for_a_limit_is_bounded_whatever_the_header_says(
        header in prop::collection::vec(any::<u8>(), 0..24),
        number in any::<i128>(),
        mut reply in any_reply(),
    ) {
        for text in [header, number.to_string().into_bytes()] {
            let mut headers = HeaderMap::new();
            if let Ok(value) = HeaderValue::from_bytes(&text) {
                headers.insert("x-ratelimit-reset", value);
            }
            reply.reset = reset_seconds(&headers);
            let wait = limit_wait(&reply, NOW);
            prop_assert!((1..=MAX_WAIT_MS).contains(&wait), "{}", wait);
        }
    }

    #[test]
    fn any_list_is_read_or_refused(status in 200_u16..300, body in any_body()) {
        let _ = wire::parse_list::<WireRoom>(status, &body);
        let _ = wire::parse_list::<WirePerson>(status, &body);
        let _ = wire::is_room_limit(&body);
        if let Some(messages) = wire::parse_list::<WireMessage>(status, &body) {
            let id = CallId::new(NOW, &[7; 10]);
            let bot = AccountId::try_from(7).unwrap();
            let found = find_message(&messages, bot, id.reference(), NOW, &[]);
            prop_assert!(!matches!(found, RecentLookup::Found(_)), "nobody wrote our reference");
        }
    }

    #[test]
    fn a_message_is_found_by_its_author_and_reference_alone(
        others in prop::collection::vec((1_u64..9, any::<String>(), any::<u64>()), 0..120),
        index in any::<prop::sample::Index>(),
        times in any::<u64>(),
        since in any::<u64>(),
    ) {
        let id = CallId::new(NOW, &[7; 10]);
        let reference = id.reference();
        let message = |(index, (author, body, time)): (usize, &(u64, String, u64))| {
            serde_json::json!({ "message_id": format!("{index}"), "body": body, "send_time": time,
                "account": { "account_id": author } })
        };
        let mut room: Vec<_> = others.iter().enumerate().map(message).collect();
        let read = |room: &[serde_json::Value]| {
            let body = serde_json::to_vec(room).unwrap();
            wire::parse_list::<WireMessage>(200, &body).expect("Chatwork's own shape")
        };
        let bot = AccountId::try_from(5).unwrap();
        let without = find_message(&read(&room), bot, reference, since, &[]);
        prop_assert!(!matches!(without, RecentLookup::Found(_)));
        let ours = (4_096, &(5, format!("お客様です {reference}"), times));
        room.insert(index.index(room.len() + 1), message(ours));
        let found = find_message(&read(&room), bot, reference, since, &[]);
        prop_assert!(matches!(found, RecentLookup::Found(id) if id.as_str() == "4096"));
    }

    #[test]
    fn unreadable_entries_leave_the_others_readable(
        people in prop::collection::vec(1_u64..1_000_000, 0..20),
        unreadable in prop::collection::vec((any_entry(), any::<prop::sample::Index>()), 0..8),
    ) {
        let mut list: Vec<_> = people
            .iter()
            .map(|id| serde_json::json!({ "account_id": id, "room_id": id + 1, "name": null, "department": 7 }))
            .collect();
        let readable_count = people.len();
        for (entry, index) in &unreadable {
            list.insert(index.index(list.len() + 1), entry.clone());
        }
        let body = serde_json::to_vec(&list).unwrap();
        let read = wire::parse_list::<WirePerson>(200, &body).expect("a list");
        prop_assert_eq!((read.entries.len(), read.unreadable.len()), (readable_count, unreadable.len()));
        let ids: Vec<u64> = read.entries.iter().map(|person| person.account_id.get()).collect();
        prop_assert_eq!(ids, people, "the readable entries keep their order");
    }

    #[test]
    fn no_error_is_final_unless_chatwork_wrote_it(mut reply in any_reply(), status in 400_u16..500) {
        reply.status = status;
        reply.reset = None;
        if !wire::is_chatwork_error(&reply.body) {
            prop_assert_eq!(classify_post(Ok(&reply), NOW), PostOutcome::Retry);
        }
    }
}

/// Entries of a list of people without a valid id.
fn any_entry() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::{Value, json};
    let invalid_id = prop_oneof![
        Just(json!(null)),
        Just(json!(0)),
        Just(json!("")),
        Just(json!("abc")),
        Just(json!(-1)),
        Just(json!(1.5)),
        (1_u64 << 53..).prop_map(|id| json!(id)),
    ];
    prop_oneof![
        Just(Value::Null),
        Just(json!("text")),
        Just(json!({})),
        invalid_id.prop_map(|id| json!({ "account_id": id, "room_id": 5, "name": "試験" })),
    ]
}

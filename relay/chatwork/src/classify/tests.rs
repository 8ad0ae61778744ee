//! Every row of the classification tables.

use super::*;

const NOW: Millis = 1_800_000_000_000;
/// Time from `NOW` to the reset of these responses.
const WAIT_SECONDS: u64 = 42;

fn reply(status: u16, reset: Option<u64>, body: &str) -> HttpReply {
    HttpReply {
        status,
        reset,
        remaining: None,
        hides_messages: false,
        body: body.as_bytes().to_vec(),
    }
}

fn message(id: &str) -> MessageId {
    MessageId::try_from(id.to_owned()).unwrap()
}

#[test]
fn every_response_to_a_post_has_one_outcome() {
    let html = "<html><body>Bad gateway</body></html>";
    let general = r#"{"errors":["Rate limit exceeded."]}"#;
    let room = r#"{"errors":["Rate limit for message posting per room exceeded."]}"#;
    let reset = NOW / 1000 + WAIT_SECONDS;
    let cases = [
        (
            200,
            None,
            r#"{"message_id":"1234567890123456789"}"#,
            PostOutcome::Delivered(message("1234567890123456789")),
        ),
        (200, None, html, PostOutcome::Unknown),
        (200, None, r#"{"message_id":12}"#, PostOutcome::Unknown),
        (
            200,
            None,
            r#"{"task_ids":[731204518,731204519]}"#,
            PostOutcome::Delivered(message("731204518")),
        ),
        (200, None, r#"{"task_ids":[]}"#, PostOutcome::Unknown),
        (204, None, "", PostOutcome::Unknown),
        (302, None, html, PostOutcome::Retry),
        (
            400,
            None,
            r#"{"errors":["Parameter 'body' is required"]}"#,
            PostOutcome::Rejected(RejectReason::BadMessage),
        ),
        (400, None, html, PostOutcome::Retry),
        (400, None, r#"{"error":"blocked"}"#, PostOutcome::Retry),
        (
            401,
            None,
            r#"{"errors":["Invalid API token"]}"#,
            PostOutcome::TokenRefused,
        ),
        (401, None, html, PostOutcome::Retry),
        (
            403,
            None,
            general,
            PostOutcome::Rejected(RejectReason::NoSuchRoom),
        ),
        (403, None, html, PostOutcome::Retry),
        (
            404,
            None,
            general,
            PostOutcome::Rejected(RejectReason::NoSuchRoom),
        ),
        (404, None, "", PostOutcome::Retry),
        (408, None, "", PostOutcome::Retry),
        (413, None, "", PostOutcome::Retry),
        (
            413,
            None,
            r#"{"errors":["Too long"]}"#,
            PostOutcome::Rejected(RejectReason::BadMessage),
        ),
        (422, None, r#"{"detail":[]}"#, PostOutcome::Retry),
        (451, None, html, PostOutcome::Retry),
        (
            429,
            None,
            room,
            PostOutcome::RoomLimited(ROOM_LIMIT_WAIT_MS),
        ),
        (
            429,
            Some(reset),
            general,
            PostOutcome::Limited(WAIT_SECONDS * 1_000),
        ),
        (
            429,
            Some(reset + 86_400),
            general,
            PostOutcome::Limited(MAX_LIMIT_WAIT_MS),
        ),
        (
            429,
            Some(reset - 3_600),
            general,
            PostOutcome::Limited(DEFAULT_LIMIT_WAIT_MS),
        ),
        (
            429,
            None,
            general,
            PostOutcome::Limited(DEFAULT_LIMIT_WAIT_MS),
        ),
        (
            429,
            Some(reset),
            html,
            PostOutcome::Limited(WAIT_SECONDS * 1_000),
        ),
        (429, None, html, PostOutcome::Retry),
        (500, None, html, PostOutcome::Unknown),
        (502, None, html, PostOutcome::Unknown),
        (503, None, html, PostOutcome::Retry),
        (504, None, html, PostOutcome::Unknown),
    ];
    for (status, reset, body, expected) in cases {
        let reply = reply(status, reset, body);
        assert_eq!(
            classify_post(Ok(&reply), NOW),
            expected,
            "{status} with {body:?} and reset {reset:?}"
        );
    }
}

#[test]
fn no_response_is_unknown_and_no_connection_is_a_retry() {
    assert_eq!(
        classify_post(Err(TransportError::NotSent), NOW),
        PostOutcome::Retry
    );
    assert_eq!(
        classify_post(Err(TransportError::NoResponse), NOW),
        PostOutcome::Unknown
    );
}

fn message_by(account: u64, body: &str, sent_seconds: u64) -> WireMessage {
    serde_json::from_value(serde_json::json!({
        "message_id": "77", "account": {"account_id": account, "name": "x"},
        "body": body, "send_time": sent_seconds, "update_time": 0,
    }))
    .unwrap()
}

#[test]
fn a_message_is_found_by_its_author_and_reference() {
    let reference = "0192e4a0-0000-7000-8000-ff0000000001"
        .parse::<yobirin_domain::model::id::CallId>()
        .unwrap()
        .reference();
    let bot = AccountId::try_from(7).unwrap();
    let ours = format!("来客 {reference}");
    let lookup = |entries| {
        let unreadable = Vec::new();
        let messages = WireList {
            entries,
            unreadable,
        };
        find_message(&messages, bot, reference, NOW, &[])
    };
    assert_eq!(
        lookup(vec![message_by(7, &ours, 1)]),
        RecentLookup::Found(message("77"))
    );
    assert_eq!(
        lookup(vec![message_by(8, &ours, 1)]),
        RecentLookup::Absent,
        "a host has quoted the message"
    );
    assert_eq!(lookup(vec![]), RecentLookup::Absent);
    let busy: Vec<_> = (0..MAX_LISTED_ENTRIES)
        .map(|_| message_by(8, "chat", NOW / 1000 + 5))
        .collect();
    assert_eq!(
        lookup(busy.clone()),
        RecentLookup::Unclear,
        "100 newer messages may hide it"
    );
    let mut reaching_back = busy;
    reaching_back[0] = message_by(8, "chat", NOW / 1000 - 3600);
    assert_eq!(lookup(reaching_back), RecentLookup::Absent);
}

#[test]
fn an_unreadable_entry_hides_a_message_only_when_it_carries_the_reference() {
    let call: yobirin_domain::model::id::CallId =
        "0192e4a0-0000-7000-8000-ff0000000001".parse().unwrap();
    let reference = call.reference();
    let bot = AccountId::try_from(7).unwrap();
    let lookup = |body: &str| {
        let list = serde_json::json!([
            {"message_id": "5", "account": {"account_id": 11}, "body": "x", "send_time": 1},
            {"message_id": "6", "account": {"account_id": 0}, "body": body, "send_time": 2},
        ]);
        let list = serde_json::to_vec(&list).unwrap();
        let messages = wire::parse_list(200, &list).expect("a list");
        find_message(&messages, bot, reference, NOW, &[])
    };
    assert_eq!(lookup("x"), RecentLookup::Absent, "a colleague who left");
    assert_eq!(lookup(&format!("来客 {reference}")), RecentLookup::Unclear);
}

#[test]
fn a_task_is_found_by_its_reference_and_absent_only_when_the_list_is_whole() {
    let reference: Reference = "0192e4a0-0000-7000-8000-00ffffffffff"
        .parse::<yobirin_domain::model::id::CallId>()
        .unwrap()
        .reference();
    let task = |number: usize, body: &str| serde_json::json!({ "task_id": number, "body": body });
    let lookup = |tasks: &[serde_json::Value]| {
        let body = serde_json::to_vec(tasks).unwrap();
        find_task(&wire::parse_list(200, &body).unwrap(), reference)
    };
    let ours = format!("折り返しご連絡ください {reference}");
    let found = lookup(&[task(5, "他の件"), task(6, &ours)]);
    assert_eq!(found, RecentLookup::Found(message("6")));
    assert_eq!(lookup(&[task(5, "他の件")]), RecentLookup::Absent);
    let full: Vec<_> = (1..=MAX_LISTED_ENTRIES)
        .map(|number| task(number, "他の件"))
        .collect();
    assert_eq!(lookup(&full), RecentLookup::Unclear);
    let unreadable = serde_json::json!({ "task_id": null, "body": ours });
    assert_eq!(lookup(&[unreadable]), RecentLookup::Unclear);
}

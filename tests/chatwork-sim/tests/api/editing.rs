//! Replying to messages, editing and deleting them.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use super::client::{BOT, HANAKO, ROOM, SALESMAN, TestClient};
use chatwork_sim::{ManualClock, Message, Office, Options, Role, StateError};

const START: u64 = 1_800_000_000;

async fn start() -> (TestClient, ManualClock) {
    let clock = ManualClock::at(Duration::from_secs(START));
    let options = Options {
        clock: clock.clock(),
        ..Options::default()
    };
    (TestClient::start_with(options).await, clock)
}

fn path(message: u64) -> String {
    format!("/rooms/{ROOM}/messages/{message}")
}

fn not_own() -> (u16, String) {
    let text = "You don't have permission to send/edit message.";
    (403, text.to_owned())
}

/// Posts as the bot through the API; returns the message.
async fn post(client: &TestClient, body: &str) -> Message {
    assert_eq!(client.post(ROOM, body).await.status, 200);
    client.sim.messages(ROOM).pop().expect("a message")
}

#[tokio::test]
async fn a_reply_has_the_tag_the_name_and_the_words_that_chatwork_writes() {
    let (client, _) = start().await;
    let call = post(&client, "来客です").await;
    let reply = client
        .sim
        .reply_as(ROOM, HANAKO, call.message_id, "いま行きます")
        .unwrap();
    let tag = format!("[rp aid={BOT} to={ROOM}-{}]", call.message_id);
    assert_eq!(reply.body, format!("{tag}受付botさん\nいま行きます"));
    assert_eq!((reply.account_id, reply.mentions), (HANAKO, vec![BOT]));
    let mention = client
        .sim
        .mention_as(ROOM, HANAKO, BOT, "すぐ行きます")
        .unwrap();
    assert_eq!(mention.body, format!("[To:{BOT}]受付botさん\nすぐ行きます"));
    assert_eq!(mention.mentions, [BOT]);
    let unknown = client.sim.reply_as(ROOM, HANAKO, 1, "x");
    assert_eq!(unknown, Err(StateError::NoSuchMessage(1)));
}

#[tokio::test]
async fn an_edited_message_has_its_new_body_and_the_time_of_the_edit() {
    let (client, clock) = start().await;
    let call = post(&client, "来客です").await;
    clock.advance(Duration::from_secs(90));
    let form = [("body", "対応中：佐藤 14:03")];
    let id = call.message_id;
    let edited = client.send(Method::PUT, &path(id), &form).await;
    assert_eq!(
        (edited.status, edited.text),
        (200, format!(r#"{{"message_id":"{id}"}}"#))
    );
    for list in [format!("/rooms/{ROOM}/messages?force=1"), path(id)] {
        let message = client.get(&list).await.json();
        let message = message.get(0).unwrap_or(&message);
        assert_eq!(message["body"], "対応中：佐藤 14:03", "{list}");
        assert_eq!(message["send_time"], START, "{list}");
        assert_eq!(message["update_time"], START + 90, "{list}");
        assert_eq!(message["message_id"], id.to_string(), "{list}");
    }
    assert_eq!(
        client.sim.messages(ROOM).len(),
        1,
        "an edit stores no further message"
    );
}

#[tokio::test]
async fn an_edit_notifies_nobody_and_does_not_count_as_a_post() {
    let (client, _) = start().await;
    let call = post(&client, "来客です").await;
    let body = format!("[To:{HANAKO}]佐藤さん");
    for _ in 0..20 {
        let edited = client
            .send(Method::PUT, &path(call.message_id), &[("body", &body)])
            .await;
        assert_eq!(edited.status, 200);
    }
    for _ in 0..9 {
        assert_eq!(client.post(ROOM, "x").await.status, 200);
    }
    assert_eq!(
        client.post(ROOM, "x").await.status,
        429,
        "the eleventh post within ten seconds is refused"
    );
    let read = client.get(&format!("/rooms/{ROOM}/messages")).await;
    assert_eq!(read.json().as_array().unwrap().len(), 10);
    client
        .send(Method::PUT, &path(call.message_id), &[("body", "x")])
        .await;
    let again = client.get(&format!("/rooms/{ROOM}/messages")).await;
    assert_eq!(again.status, 204, "an edited message is not new");
}

#[tokio::test]
async fn a_deleted_message_stays_with_the_body_deleted() {
    let (client, clock) = start().await;
    let call = post(&client, &format!("[To:{HANAKO}]来客です")).await;
    clock.advance(Duration::from_secs(5));
    let id = call.message_id;
    let deleted = client.send(Method::DELETE, &path(id), &[]).await;
    assert_eq!(
        (deleted.status, deleted.text),
        (200, format!(r#"{{"message_id":"{id}"}}"#))
    );
    let message = client.get(&path(id)).await.json();
    assert_eq!(message["body"], "[deleted]");
    assert_eq!(message["update_time"], START + 5);
    let stored = client.sim.messages(ROOM).pop().unwrap();
    assert!(stored.is_deleted() && stored.mentions.is_empty());
    for (method, form) in [(Method::PUT, vec![("body", "x")]), (Method::DELETE, vec![])] {
        let again = client.send(method.clone(), &path(id), &form).await;
        assert_eq!(again.refusal(), not_own(), "{method} of a deleted message");
    }
}

#[tokio::test]
async fn only_the_own_messages_can_be_edited_or_deleted_by_the_api() {
    let (client, _) = start().await;
    let other = client.sim.post_as(ROOM, HANAKO, "はい").unwrap().message_id;
    let elsewhere = client.sim.create_room("別室", vec![]).unwrap();
    let outside = format!("/rooms/{elsewhere}/messages/{other}");
    let unknown = (404, "Message not found".to_owned());
    for (method, form) in [(Method::PUT, vec![("body", "x")]), (Method::DELETE, vec![])] {
        for (path, expected) in [
            (path(other), not_own()),
            (path(other + 1), unknown.clone()),
            (outside.clone(), not_own()),
        ] {
            let refused = client.send(method.clone(), &path, &form).await;
            assert_eq!(refused.refusal(), expected, "{method} {path}");
        }
    }
    let own = post(&client, "来客です").await.message_id;
    client.sim.set_member(ROOM, BOT, Role::Readonly).unwrap();
    let refused = client.send(Method::PUT, &path(own), &[("body", "x")]).await;
    assert_eq!(
        refused.refusal(),
        not_own(),
        "a member who may only read cannot edit"
    );
    let bodies: Vec<_> = client
        .sim
        .messages(ROOM)
        .into_iter()
        .map(|message| message.body)
        .collect();
    assert_eq!(bodies, ["はい", "来客です"], "refused edits change nothing");
}

#[tokio::test]
async fn an_edit_needs_a_body_in_the_form_of_at_most_65535_bytes() {
    let (client, _) = start().await;
    let own = post(&client, "来客です").await.message_id;
    let long = "a".repeat(65_536);
    for (form, text) in [
        (vec![], "Parameter 'body' is required"),
        (vec![("body", "")], "Parameter 'body' is required"),
        (
            vec![("body", long.as_str())],
            "Parameter 'body' is too long",
        ),
    ] {
        let refused = client.send(Method::PUT, &path(own), &form).await;
        assert_eq!(refused.refusal(), (400, text.to_owned()));
    }
    assert_eq!(client.sim.messages(ROOM)[0].body, "来客です");
}

#[tokio::test]
async fn a_person_edits_and_deletes_own_messages_only() {
    let (client, clock) = start().await;
    let first = client.sim.post_as(ROOM, HANAKO, "いま行きます").unwrap();
    let id = first.message_id;
    clock.advance(Duration::from_secs(3));
    let edited = client
        .sim
        .edit_as(ROOM, HANAKO, id, "5分後に行きます")
        .unwrap();
    assert_eq!((edited.send_time, edited.update_time), (START, START + 3));
    assert_eq!(client.sim.messages(ROOM), [edited]);
    let not_author = StateError::NotAuthor {
        account: BOT,
        message: id,
    };
    assert_eq!(client.sim.edit_as(ROOM, BOT, id, "x"), Err(not_author));
    assert_eq!(client.sim.delete_as(ROOM, BOT, id), Err(not_author));
    let empty = client.sim.edit_as(ROOM, HANAKO, id, "");
    assert_eq!(empty, Err(StateError::EmptyBody));
    assert!(client.sim.delete_as(ROOM, HANAKO, id).unwrap().is_deleted());
    let again = client.sim.delete_as(ROOM, HANAKO, id);
    assert_eq!(again, Err(StateError::Deleted(id)));
}

#[tokio::test]
async fn replies_edits_and_deletions_are_possible_over_http() {
    let (client, _) = start().await;
    let call = post(&client, "来客です").await.message_id;
    let messages = format!("/rooms/{ROOM}/messages");
    let reply = json!({ "account_id": HANAKO, "body": "はい", "reply_to": call.to_string() });
    let reply = client.control(Method::POST, &messages, reply).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    let stored = client.sim.messages(ROOM).pop().unwrap();
    assert!(
        stored
            .body
            .starts_with(&format!("[rp aid={BOT} to={ROOM}-{call}]"))
    );
    let mention = json!({ "account_id": HANAKO, "body": "はい", "mention": BOT });
    client.control(Method::POST, &messages, mention).await;
    let mention = client.sim.messages(ROOM).pop().unwrap();
    assert_eq!(mention.mentions, [BOT]);

    let own = format!("{messages}/{}", stored.message_id);
    let edit = json!({ "account_id": HANAKO, "body": "行きます" });
    let edited = client.control(Method::PUT, &own, edit.clone()).await;
    assert_eq!(
        (edited.status, &edited.json()["body"]),
        (200, &"行きます".into())
    );
    let deletion = json!({ "account_id": HANAKO });
    let deleted = client.control(Method::DELETE, &own, deletion).await;
    assert_eq!(
        (deleted.status, &deleted.json()["body"]),
        (200, &"[deleted]".into())
    );
    let again = client.control(Method::PUT, &own, edit).await;
    assert_eq!(again.status, 422);
    let other = json!({ "account_id": SALESMAN, "body": "x" });
    let other = client
        .control(Method::PUT, &format!("{messages}/{call}"), other)
        .await;
    assert_eq!(other.status, 422, "{}", other.text);
    let unknown = json!({ "account_id": HANAKO, "body": "x" });
    let unknown = client
        .control(Method::PUT, &format!("{messages}/1"), unknown)
        .await;
    assert_eq!(unknown.status, 404);
}

#[tokio::test]
async fn the_event_stream_reports_edits() {
    let (client, _) = start().await;
    let mut events = client
        .http
        .get(format!("{}/sim/events", client.sim.url()))
        .send()
        .await
        .unwrap();
    let id = client.sim.post_as(ROOM, HANAKO, "一").unwrap().message_id;
    client.sim.edit_as(ROOM, HANAKO, id, "二").unwrap();
    let mut text = String::new();
    while !text.contains("event: edited") || !text.ends_with("\n\n") {
        let chunk = events.chunk().await.unwrap().expect("an open stream");
        text += std::str::from_utf8(&chunk).unwrap();
    }
    let (_, edited) = text.split_once("event: edited").unwrap();
    assert!(edited.contains(r#""body":"二""#), "{text}");
}

#[tokio::test]
async fn requests_are_recorded_with_time_method_path_and_query() {
    let (client, clock) = start().await;
    client.get("/rooms").await;
    clock.advance(Duration::from_millis(2_500));
    let messages = format!("/rooms/{}/messages", Office::SAMPLE_DEFAULT_ROOM);
    client.get(&format!("{messages}?force=1")).await;
    let requests = client.sim.requests();
    let seen: Vec<_> = requests
        .iter()
        .map(|r| (r.method.as_str(), r.path.as_str(), r.query.as_str()))
        .collect();
    assert_eq!(
        seen,
        [("GET", "/rooms", ""), ("GET", messages.as_str(), "force=1")]
    );
    assert_eq!(
        requests[1].at - requests[0].at,
        Duration::from_millis(2_500)
    );
}

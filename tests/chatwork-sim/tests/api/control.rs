//! The control API, and the same operations of the handle in Rust.

use std::net::SocketAddr;
use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use super::client::{BOT, HANAKO, ROOM, SALESMAN, TIMEOUT, TestClient, reply};
use chatwork_sim::{Account, Office, Sim, StateError};

#[tokio::test]
async fn state_lists_rooms_members_and_messages_with_parsed_notation() {
    let client = TestClient::start().await;
    client.post(ROOM, &format!("[To:{HANAKO}] (bow)<b>")).await;
    let state = reply(client.http.get(format!("{}/sim/state", client.sim.url())))
        .await
        .json();
    let rooms = state["rooms"].as_array().unwrap();
    let room = rooms.iter().find(|room| room["room_id"] == ROOM).unwrap();
    assert_eq!(room["type"], "group");
    assert_eq!(
        room["members"][0],
        json!({ "account_id": BOT, "role": "member" })
    );
    let message = &room["messages"][0];
    assert_eq!(message["account_id"], BOT);
    assert_eq!(message["mentions"], json!([HANAKO]));
    assert!(message["message_id"].is_string());
    assert_eq!(
        message["segments"],
        json!([
            { "kind": "to", "account": HANAKO },
            { "kind": "text", "text": " " },
            { "kind": "emoticon", "source": "(bow)", "emoji": "🙇" },
            { "kind": "text", "text": "<b>" },
        ])
    );
    assert_eq!(state["contact_requests"].as_array().unwrap().len(), 2);
    assert_eq!(
        state["accounts"].as_array().unwrap().len(),
        Office::sample_staff().len() + 1
    );
}

#[tokio::test]
async fn event_stream_sends_every_new_message() {
    let client = TestClient::start().await;
    let mut events = client
        .http
        .get(format!("{}/sim/events", client.sim.url()))
        .send()
        .await
        .unwrap();
    assert_eq!(events.headers()["content-type"], "text/event-stream");
    client.post(ROOM, "来客").await;
    client.sim.add_account(Account::named(7, "七"));
    let mut stream_text = String::new();
    while !stream_text.contains("event: changed") {
        let chunk = tokio::time::timeout(TIMEOUT, events.chunk())
            .await
            .expect("the message comes within the timeout");
        stream_text += std::str::from_utf8(&chunk.unwrap().expect("an open stream")).unwrap();
    }
    assert!(stream_text.starts_with("event: message\n"), "{stream_text}");
    assert!(stream_text.contains(r#""body":"来客""#), "{stream_text}");
}

#[tokio::test]
async fn a_message_can_be_posted_as_any_member() {
    let client = TestClient::start().await;
    let path = format!("/rooms/{ROOM}/messages");
    let response = client
        .control(
            Method::POST,
            &path,
            json!({ "account_id": HANAKO, "body": "はい" }),
        )
        .await;
    assert_eq!(response.status, 201);
    assert_eq!(client.sim.messages(ROOM)[0].account_id, HANAKO);
    for (path, account, body, status) in [
        ("/rooms/1/messages", HANAKO, "x", 404),
        (path.as_str(), 999, "x", 422),
        (path.as_str(), SALESMAN, "x", 422),
        (path.as_str(), HANAKO, "", 422),
    ] {
        let message = json!({ "account_id": account, "body": body });
        let response = client.control(Method::POST, path, message).await;
        assert_eq!(response.status, status, "{account} {body} {path}");
        assert!(response.json()["error"].is_string());
    }
    let plain = client
        .http
        .post(format!("{}/sim{path}", client.sim.url()))
        .body("{}");
    assert_eq!(
        reply(plain).await.status,
        415,
        "a page of another origin cannot post"
    );
}

#[tokio::test]
async fn members_contacts_rooms_and_tokens_can_be_changed_over_http() {
    const NEWCOMER: u64 = 7_654_321;
    let client = TestClient::start().await;
    let newcomer = json!({ "account_id": NEWCOMER, "name": "新人 一郎" });
    let token = Office::SAMPLE_TOKEN;
    let contact_request = json!({ "from": NEWCOMER, "to": BOT, "message": "はじめまして" });
    let room = json!({ "name": "会議", "members": [{ "account_id": BOT, "role": "admin" }] });
    let role = json!({ "role": "readonly" });
    let calls = [
        (Method::POST, "/accounts".to_owned(), newcomer, 201),
        (
            Method::POST,
            "/contact_requests".to_owned(),
            contact_request,
            201,
        ),
        (Method::POST, "/rooms".to_owned(), room, 201),
        (
            Method::PUT,
            format!("/rooms/{ROOM}/members/{NEWCOMER}"),
            role,
            204,
        ),
        (
            Method::DELETE,
            format!("/rooms/{ROOM}/members/{BOT}"),
            json!(null),
            204,
        ),
        (
            Method::DELETE,
            format!("/rooms/{ROOM}/members/{BOT}"),
            json!(null),
            422,
        ),
        (
            Method::DELETE,
            format!("/contacts/{BOT}/{HANAKO}"),
            json!(null),
            204,
        ),
        (
            Method::DELETE,
            format!("/rooms/{}", Office::SAMPLE_DEFAULT_ROOM),
            json!(null),
            204,
        ),
        (
            Method::POST,
            format!("/tokens/{token}/revoke"),
            json!(null),
            204,
        ),
        (
            Method::POST,
            "/tokens/unknown/revoke".to_owned(),
            json!(null),
            404,
        ),
        (
            Method::POST,
            format!("/tokens/{token}/restore"),
            json!(null),
            204,
        ),
        (Method::GET, "/nothing".to_owned(), json!(null), 404),
    ];
    for (method, path, body, status) in calls {
        let response = client.control(method.clone(), &path, body).await;
        let text = response.text;
        assert_eq!(response.status, status, "{method} {path}: {text}");
    }
    let requests = Office::SAMPLE_REQUESTS.len() + 1;
    assert_eq!(client.sim.contact_requests().len(), requests);
    assert_eq!(
        client.post(ROOM, "x").await.status,
        403,
        "the bot was removed"
    );
    assert_eq!(
        client.post(Office::SAMPLE_DEFAULT_ROOM, "x").await.status,
        403,
        "the room was deleted"
    );
    let traffic = reply(client.http.get(format!("{}/sim/traffic", client.sim.url())))
        .await
        .json();
    assert_eq!(traffic, json!({ "requests": 2, "responses": { "403": 2 } }));
}

#[tokio::test]
async fn wait_for_message_finds_old_and_new_messages_and_its_error_lists_the_bodies() {
    let client = TestClient::start().await;
    client.sim.post_as(ROOM, HANAKO, "古い").unwrap();
    let old = client
        .sim
        .wait_for_message(ROOM, |message| message.body == "古い", TIMEOUT)
        .await;
    assert!(old.is_ok());
    let sim = client.sim.clone();
    let new = tokio::spawn(async move {
        sim.wait_for_message(ROOM, |message| message.body == "新しい", TIMEOUT)
            .await
    });
    tokio::task::yield_now().await;
    client.post(ROOM, "新しい").await;
    assert_eq!(new.await.unwrap().unwrap().account_id, BOT);
    let none = client
        .sim
        .wait_for_message(ROOM, |_| false, Duration::from_millis(20))
        .await
        .unwrap_err();
    assert_eq!(none.bodies, ["古い", "新しい"]);
}

#[tokio::test]
async fn invalid_operations_are_refused_with_a_reason() {
    let client = TestClient::start().await;
    assert_eq!(
        client.sim.post_as(1, HANAKO, "x"),
        Err(StateError::NoSuchRoom(1))
    );
    assert_eq!(
        client.sim.post_as(ROOM, 1, "x"),
        Err(StateError::NoSuchAccount(1))
    );
    assert_eq!(
        client.sim.request_contact(HANAKO, BOT, ""),
        Err(StateError::CannotBeContacts(HANAKO, BOT))
    );
    assert_eq!(
        client.sim.request_contact(1, BOT, ""),
        Err(StateError::NoSuchAccount(1))
    );
}

#[tokio::test]
async fn addresses_other_than_loopback_are_refused() {
    let anywhere = SocketAddr::from(([0, 0, 0, 0], 0));
    let error = Sim::start(Office::empty(), anywhere).await.unwrap_err();
    assert!(
        error.to_string().contains("only listens on loopback"),
        "{error}"
    );
}

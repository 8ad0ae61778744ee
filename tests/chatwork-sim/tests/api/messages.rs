//! Posting and reading messages.

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;

use super::client::{BOT, HANAKO, ROOM, SALESMAN, TestClient, keys, reply};
use chatwork_sim::{Limits, Office, Options, Role};

fn path() -> String {
    format!("/rooms/{ROOM}/messages")
}

#[tokio::test]
async fn a_post_is_stored_and_returns_an_increasing_19_digit_id() {
    let client = TestClient::start().await;
    let mut last = String::new();
    for body in ["来客です", "line 1\nline 2", "𠮷田 [To:3128407]"] {
        let response = client.post(ROOM, body).await;
        let id = response.json()["message_id"]
            .as_str()
            .expect("a string")
            .to_owned();
        assert_eq!((response.status, id.len()), (200, 19));
        assert!(id > last, "{id} comes after {last}");
        assert_ne!(
            id.parse::<u64>().unwrap(),
            id.parse::<f64>().unwrap() as u64,
            "not representable as a floating-point number"
        );
        let stored = client.sim.messages(ROOM).pop().expect("a message");
        assert_eq!((stored.body.as_str(), stored.account_id), (body, BOT));
        last = id;
    }
    assert_eq!(client.sim.messages(ROOM)[2].mentions, [HANAKO]);
}

#[tokio::test]
async fn parameters_are_read_from_a_form_body_only() {
    let client = TestClient::start().await;
    let call = || client.call(Method::POST, &path());
    let query = || client.call(Method::POST, &format!("{}?body=x", path()));
    let requests = [
        ("nothing", call()),
        ("only in the query", query()),
        ("in the query, with a form", query().form(&[("other", "x")])),
        ("empty", call().form(&[("body", "")])),
        ("another name", call().form(&[("Body", "x")])),
        (
            "JSON",
            call()
                .header(CONTENT_TYPE, "application/json")
                .body(r#"{"body":"x"}"#),
        ),
        (
            "plain text",
            call().header(CONTENT_TYPE, "text/plain").body("body=x"),
        ),
        ("no type", call().body("body=x")),
    ];
    for (place, request) in requests {
        let response = reply(request).await;
        let expected = (400, "Parameter 'body' is required".to_owned());
        assert_eq!(response.refusal(), expected, "{place}");
    }
    assert!(client.sim.messages(ROOM).is_empty());

    let charset = "application/x-www-form-urlencoded; charset=UTF-8";
    let multipart = "--b\r\ncontent-disposition: form-data; name=\"body\"\r\n\r\n受付\r\n--b--\r\n";
    for request in [
        call()
            .header(CONTENT_TYPE, charset)
            .body("body=%E5%8F%97%E4%BB%98"),
        call()
            .header(CONTENT_TYPE, "multipart/form-data; boundary=b")
            .body(multipart),
        client
            .call(Method::POST, &format!("{}?body=ignored", path()))
            .form(&[("body", "受付")]),
    ] {
        assert_eq!(reply(request).await.status, 200);
        assert_eq!(client.sim.messages(ROOM).pop().unwrap().body, "受付");
    }
}

#[tokio::test]
async fn a_message_body_has_at_most_65535_bytes() {
    let client = TestClient::start().await;
    let cases = [
        ("a".repeat(65_535), 200),
        ("a".repeat(65_536), 400),
        ("あ".repeat(21_845), 200),
        ("あ".repeat(21_846), 400),
        ("a".repeat(80_000), 400),
    ];
    for (body, status) in cases {
        let response = client.post(ROOM, &body).await;
        assert_eq!(response.status, status, "{} bytes", body.len());
        assert_eq!(status == 400, response.json()["errors"].is_array());
    }
    assert_eq!(client.sim.messages(ROOM).len(), 2);
}

#[tokio::test]
async fn only_a_member_with_write_permission_can_post() {
    let client = TestClient::start().await;
    let elsewhere = client.sim.create_room("別室", vec![]).unwrap();
    client
        .sim
        .set_member(Office::SAMPLE_KAIHATSU_ROOM, BOT, Role::Readonly)
        .unwrap();
    let refused = (
        403,
        "You don't have permission to send/edit message.".to_owned(),
    );
    for room in [1, elsewhere, Office::SAMPLE_KAIHATSU_ROOM] {
        assert_eq!(
            client.post(room, "x").await.refusal(),
            refused,
            "room {room}"
        );
    }
    let read = client.get(&format!("/rooms/{elsewhere}/messages")).await;
    assert_eq!(read.refusal(), refused, "reads from outside are refused");
    let read = client
        .get(&format!("/rooms/{}/messages", Office::SAMPLE_KAIHATSU_ROOM))
        .await;
    assert_eq!(read.status, 204, "a read-only member can read");

    let options = Options {
        refused_room_status: 404,
        ..Options::default()
    };
    let other = TestClient::start_with(options).await;
    assert_eq!(
        other.post(1, "x").await.status,
        404,
        "the status is configurable"
    );
}

#[tokio::test]
async fn without_force_each_message_is_returned_once_per_account() {
    let client = TestClient::start().await;
    assert_eq!(client.get(&path()).await.status, 204);
    client.sim.post_as(ROOM, HANAKO, "一").unwrap();
    client.sim.post_as(ROOM, HANAKO, "二").unwrap();
    let bodies = |reply: &super::client::Reply| -> Vec<String> {
        let list = reply.json();
        list.as_array()
            .unwrap()
            .iter()
            .map(|message| message["body"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(bodies(&client.get(&path()).await), ["一", "二"]);
    let no_new_messages = client.get(&format!("{}?force=0", path())).await;
    assert_eq!(
        (no_new_messages.status, no_new_messages.text.as_str()),
        (204, "")
    );
    client.sim.post_as(ROOM, HANAKO, "三").unwrap();
    assert_eq!(bodies(&client.get(&path()).await), ["三"]);
    let forced = client.get(&format!("{}?force=1", path())).await;
    assert_eq!(bodies(&forced), ["一", "二", "三"]);
    assert_eq!(client.get(&format!("{}?force=2", path())).await.status, 400);
}

#[tokio::test]
async fn at_most_the_latest_100_messages_are_returned_oldest_first() {
    let client = TestClient::start_with(Options {
        limits: Limits::lifted(),
        ..Options::default()
    })
    .await;
    for number in 1..=101 {
        client
            .sim
            .post_as(ROOM, HANAKO, &number.to_string())
            .unwrap();
    }
    for force in [0, 1] {
        let list = client
            .get(&format!("{}?force={force}", path()))
            .await
            .json();
        let list = list.as_array().unwrap();
        assert_eq!(list.len(), 100, "force={force}");
        assert_eq!(
            (&list[0]["body"], &list[99]["body"]),
            (&"2".into(), &"101".into())
        );
    }
}

#[tokio::test]
async fn a_message_has_its_author_and_times() {
    let client = TestClient::start().await;
    let id = client.sim.post_as(ROOM, HANAKO, "はい").unwrap().message_id;
    let one = client.get(&format!("{}/{id}", path())).await;
    let expected = "message_id account account_id name avatar_image_url body send_time update_time";
    assert_eq!(keys(&one.text), expected.split(' ').collect::<Vec<_>>());
    let message = one.json();
    assert_eq!(message["message_id"], id.to_string());
    assert_eq!(message["account"]["account_id"], HANAKO);
    assert_eq!(message["account"]["name"], "佐藤 花子");
    assert_eq!(message["update_time"], 0);
    assert_eq!(
        client.get(&path()).await.json()[0],
        message,
        "a message is the same by its id and in a list"
    );

    let unknown = client.get(&format!("{}/{}", path(), id + 1)).await;
    assert_eq!(unknown.status, 404);
    let other = format!("/rooms/{}/messages/{id}", Office::SAMPLE_DEFAULT_ROOM);
    assert_eq!(
        client.get(&other).await.status,
        404,
        "a message is found only in its own room"
    );
}

#[tokio::test]
async fn a_mention_of_an_account_outside_the_room_is_stored_and_notifies_nobody() {
    let client = TestClient::start().await;
    let body = format!("[To:999]x[To:{SALESMAN}]y[To:{HANAKO}]z");
    assert_eq!(client.post(ROOM, &body).await.status, 200);
    assert_eq!(client.sim.messages(ROOM)[0].mentions, [HANAKO]);
}

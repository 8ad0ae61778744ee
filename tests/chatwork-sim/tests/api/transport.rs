//! Behaviour common to all requests: tokens, paths, JSON.

use std::time::Duration;

use chatwork_sim::{ManualClock, Office, Options};
use reqwest::Method;

use super::client::{ROOM, TestClient, reply};

#[tokio::test]
async fn the_token_is_read_from_its_header_only() {
    let client = TestClient::start().await;
    for name in ["x-chatworktoken", "X-ChatWorkToken", "X-CHATWORKTOKEN"] {
        let url = format!("{}/me", client.sim.api());
        let response = reply(client.http.get(url).header(name, Office::SAMPLE_TOKEN)).await;
        assert_eq!(response.status, 200, "{name}");
    }
    let url = format!(
        "{}/me?x-chatworktoken={}",
        client.sim.api(),
        Office::SAMPLE_TOKEN
    );
    let wrong = Office::SAMPLE_TOKEN.to_uppercase();
    for request in [
        client.http.get(&url),
        client.http.get(&url).bearer_auth(Office::SAMPLE_TOKEN),
        client.http.get(&url).header("x-chatworktoken", ""),
        client.http.get(&url).header("x-chatworktoken", wrong),
    ] {
        let response = reply(request).await;
        assert_eq!(response.refusal(), (401, "Invalid API token".to_owned()));
        assert_eq!(
            response.header("x-ratelimit-limit"),
            None,
            "a response without an account has no quota"
        );
    }
}

#[tokio::test]
async fn a_revoked_token_is_refused_until_it_is_restored() {
    let client = TestClient::start().await;
    assert!(client.sim.revoke_token(Office::SAMPLE_TOKEN));
    assert_eq!(
        client.get("/me").await.refusal(),
        (401, "Invalid API token".to_owned())
    );
    assert!(client.sim.restore_token(Office::SAMPLE_TOKEN));
    assert_eq!(client.get("/me").await.status, 200);
    assert!(!client.sim.revoke_token("unknown"));
}

#[tokio::test]
async fn a_token_refused_for_a_limited_time_works_again_afterwards() {
    let clock = ManualClock::at(Duration::from_secs(1_800_000_000));
    let client = TestClient::start_with(Options {
        clock: clock.clock(),
        ..Options::default()
    })
    .await;
    let refused = Duration::from_secs(8);
    assert!(client.sim.refuse_token_for(Office::SAMPLE_TOKEN, refused));
    for _ in 0..2 {
        let response = client.get("/me").await;
        assert_eq!(response.refusal(), (401, "Invalid API token".to_owned()));
    }
    assert_eq!(client.post(ROOM, "x").await.status, 401);
    clock.advance(refused);
    assert_eq!(client.get("/me").await.status, 200);
    assert!(client.sim.messages(ROOM).is_empty());
    assert!(!client.sim.refuse_token_for("unknown", refused));
}

#[tokio::test]
async fn unknown_paths_and_methods_are_refused() {
    let client = TestClient::start().await;
    let cases = [
        (Method::GET, ""),
        (Method::GET, "/nothing"),
        (Method::GET, "/rooms/abc"),
        (Method::GET, "/rooms/-1/members"),
        (Method::GET, "/me/"),
        (Method::POST, "/me"),
        (Method::DELETE, "/contacts"),
        (Method::PATCH, "/rooms"),
        (Method::OPTIONS, "/me"),
        (Method::OPTIONS, "/rooms/1/messages"),
    ];
    for (method, path) in cases {
        let response = reply(client.call(method.clone(), path)).await;
        let expected = (404, "Invalid Endpoint or HTTP method".to_owned());
        assert_eq!(response.refusal(), expected, "{method} {path}");
    }
    let nowhere = reply(client.http.get(format!("{}/nothing", client.sim.api()))).await;
    assert_eq!(
        nowhere.status, 404,
        "an unknown path is refused before the token is checked"
    );
}

#[tokio::test]
async fn cross_origin_requests_get_no_cors_headers() {
    let client = TestClient::start().await;
    for method in [Method::GET, Method::OPTIONS] {
        let request = client
            .call(method.clone(), "/me")
            .header("origin", "http://evil.example");
        let response = reply(request.header("access-control-request-method", "GET")).await;
        let cors = response
            .headers
            .keys()
            .find(|name| name.as_str().starts_with("access-control"));
        assert_eq!(cors, None, "{method}");
    }
}

#[tokio::test]
async fn json_is_compact_ascii_with_a_charset() {
    let client = TestClient::start().await;
    for path in [
        "/me",
        "/contacts",
        "/rooms",
        "/incoming_requests",
        "/nothing",
    ] {
        let response = client.get(path).await;
        assert_eq!(
            response.header("content-type"),
            Some("application/json; charset=utf-8")
        );
        assert!(response.text.is_ascii(), "{path}");
        assert!(
            !response.text.contains(": ") && !response.text.contains('\n'),
            "{path} is compact"
        );
    }
    let me = client.get("/me").await;
    assert!(
        me.text.contains(r#""name":"\u53d7\u4ed8bot""#),
        "{}",
        me.text
    );
    assert_eq!(me.json()["name"], "受付bot");
}

#[tokio::test]
async fn the_profile_has_every_field_and_empty_strings_for_unset_ones() {
    let client = TestClient::start().await;
    let me = client.get("/me").await;
    let expected = "account_id room_id name chatwork_id organization_id organization_name department \
                  title url introduction mail tel_organization tel_extension tel_mobile skype \
                  facebook twitter avatar_image_url login_mail";
    assert_eq!(
        super::client::keys(&me.text),
        expected.split(' ').collect::<Vec<_>>()
    );
    assert_eq!(me.json()["account_id"], Office::SAMPLE_BOT);
    assert_eq!(me.json()["room_id"], Office::SAMPLE_MY_ROOM);
    assert_eq!(me.json()["title"], "");
}

//! Tokens, paths, JSON: what every call has in common.

use std::time::Duration;

use chatwork_sim::{ManualClock, Office, Options};
use reqwest::Method;

use super::client::{Desk, ROOM, reply};

#[tokio::test]
async fn the_token_is_read_from_its_header_in_any_case_and_from_nowhere_else() {
    let desk = Desk::open().await;
    for name in ["x-chatworktoken", "X-ChatWorkToken", "X-CHATWORKTOKEN"] {
        let url = format!("{}/me", desk.sim.api());
        let answer = reply(desk.http.get(url).header(name, Office::SAMPLE_TOKEN)).await;
        assert_eq!(answer.status, 200, "{name}");
    }
    let url = format!(
        "{}/me?x-chatworktoken={}",
        desk.sim.api(),
        Office::SAMPLE_TOKEN
    );
    let wrong = Office::SAMPLE_TOKEN.to_uppercase();
    for request in [
        desk.http.get(&url),
        desk.http.get(&url).bearer_auth(Office::SAMPLE_TOKEN),
        desk.http.get(&url).header("x-chatworktoken", ""),
        desk.http.get(&url).header("x-chatworktoken", wrong),
    ] {
        let answer = reply(request).await;
        assert_eq!(answer.refusal(), (401, "Invalid API token".to_owned()));
        assert_eq!(
            answer.header("x-ratelimit-limit"),
            None,
            "nobody's allowance"
        );
    }
}

#[tokio::test]
async fn a_revoked_token_is_refused_until_it_is_restored() {
    let desk = Desk::open().await;
    assert!(desk.sim.revoke(Office::SAMPLE_TOKEN));
    assert_eq!(
        desk.get("/me").await.refusal(),
        (401, "Invalid API token".to_owned())
    );
    assert!(desk.sim.restore(Office::SAMPLE_TOKEN));
    assert_eq!(desk.get("/me").await.status, 200);
    assert!(!desk.sim.revoke("unknown"));
}

#[tokio::test]
async fn a_token_that_is_refused_for_a_while_works_again_by_itself() {
    let clock = ManualClock::at(Duration::from_secs(1_800_000_000));
    let desk = Desk::with(Options {
        clock: clock.clock(),
        ..Options::default()
    })
    .await;
    let refused = Duration::from_secs(8);
    assert!(desk.sim.refuse_for(Office::SAMPLE_TOKEN, refused));
    for _ in 0..2 {
        let answer = desk.get("/me").await;
        assert_eq!(answer.refusal(), (401, "Invalid API token".to_owned()));
    }
    assert_eq!(desk.post(ROOM, "x").await.status, 401);
    clock.advance(refused);
    assert_eq!(desk.get("/me").await.status, 200);
    assert!(desk.sim.messages(ROOM).is_empty());
    assert!(!desk.sim.refuse_for("unknown", refused));
}

#[tokio::test]
async fn an_unknown_path_or_method_is_no_endpoint() {
    let desk = Desk::open().await;
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
        let answer = reply(desk.call(method.clone(), path)).await;
        let wanted = (404, "Invalid Endpoint or HTTP method".to_owned());
        assert_eq!(answer.refusal(), wanted, "{method} {path}");
    }
    let nowhere = reply(desk.http.get(format!("{}/nothing", desk.sim.api()))).await;
    assert_eq!(nowhere.status, 404, "told before the token is looked at");
}

#[tokio::test]
async fn a_browser_of_another_origin_gets_nothing_to_go_on() {
    let desk = Desk::open().await;
    for method in [Method::GET, Method::OPTIONS] {
        let request = desk
            .call(method.clone(), "/me")
            .header("origin", "http://evil.example");
        let answer = reply(request.header("access-control-request-method", "GET")).await;
        let cors = answer
            .headers
            .keys()
            .find(|name| name.as_str().starts_with("access-control"));
        assert_eq!(cors, None, "{method}");
    }
}

#[tokio::test]
async fn json_is_compact_ascii_and_says_its_charset() {
    let desk = Desk::open().await;
    for path in [
        "/me",
        "/contacts",
        "/rooms",
        "/incoming_requests",
        "/nothing",
    ] {
        let answer = desk.get(path).await;
        assert_eq!(
            answer.header("content-type"),
            Some("application/json; charset=utf-8")
        );
        assert!(answer.text.is_ascii(), "{path}");
        assert!(
            !answer.text.contains(": ") && !answer.text.contains('\n'),
            "{path} is compact"
        );
    }
    let me = desk.get("/me").await;
    assert!(
        me.text.contains(r#""name":"\u53d7\u4ed8bot""#),
        "{}",
        me.text
    );
    assert_eq!(me.json()["name"], "受付bot");
}

#[tokio::test]
async fn the_profile_has_every_field_and_empty_strings_for_what_is_not_set() {
    let desk = Desk::open().await;
    let me = desk.get("/me").await;
    let wanted = "account_id room_id name chatwork_id organization_id organization_name department \
                  title url introduction mail tel_organization tel_extension tel_mobile skype \
                  facebook twitter avatar_image_url login_mail";
    assert_eq!(
        super::client::keys(&me.text),
        wanted.split(' ').collect::<Vec<_>>()
    );
    assert_eq!(me.json()["account_id"], Office::SAMPLE_BOT);
    assert_eq!(me.json()["room_id"], Office::SAMPLE_MY_ROOM);
    assert_eq!(me.json()["title"], "");
}

//! The admin's account: changing the password, listing and ending sessions.

use relay_tests::{Browser, PASSWORD, TestApp, json, refusal, status};
use yobirin_api::ErrorCode;
use yobirin_api::session::{ChangePassword, OpenSession, Session};

use crate::reauthentication::reauthentication_request;

const NEW_PASSWORD: &str = "もっと正しい馬の電池とホチキス";

fn change_password_request(browser: &Browser, old: &str, new: &str) -> reqwest::RequestBuilder {
    let (old, new) = (old.to_owned(), new.to_owned());
    browser.post("/api/password").json(&ChangePassword {
        old,
        new,
        code: String::new(),
    })
}

async fn is_admin(browser: &Browser) -> bool {
    let session: Session = json(browser.get("/api/session")).await;
    session.admin
}

async fn sessions(browser: &Browser) -> Vec<OpenSession> {
    json(browser.get("/api/sessions")).await
}

#[tokio::test]
async fn a_new_password_needs_the_old_one_and_ends_every_other_session() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    let other = app.new_browser();
    assert_eq!(status(app.sign_in_request(&other, PASSWORD)).await, 200);

    let wrong = change_password_request(&app.admin, "wrong", NEW_PASSWORD);
    assert_eq!(refusal(wrong).await, ErrorCode::WrongSecret);
    let short = change_password_request(&app.admin, PASSWORD, "short");
    assert_eq!(refusal(short).await, ErrorCode::WeakPassword);
    assert!(is_admin(&other).await, "a refused change ends no session");

    assert_eq!(
        status(change_password_request(&app.admin, PASSWORD, NEW_PASSWORD)).await,
        204
    );
    assert!(
        is_admin(&app.admin).await,
        "the session that changed the password stays"
    );
    assert!(!is_admin(&other).await, "other sessions end");
    let old = app.sign_in_request(&other, PASSWORD);
    assert_eq!(refusal(old).await, ErrorCode::WrongSecret);
    assert_eq!(status(app.sign_in_request(&other, NEW_PASSWORD)).await, 200);
    app.close().await;
}

#[tokio::test]
async fn guesses_of_the_old_password_are_rate_limited() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    app.with_clock_held(async {
        for _ in 0..10 {
            let guess = change_password_request(&app.admin, "guess", NEW_PASSWORD);
            assert_eq!(refusal(guess).await, ErrorCode::WrongSecret);
        }
    })
    .await;
    let right = change_password_request(&app.admin, PASSWORD, NEW_PASSWORD);
    assert_eq!(refusal(right).await, ErrorCode::TooManyTries);
    app.close().await;
}

#[tokio::test]
async fn sessions_are_listed_and_can_be_ended_one_by_one() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    let other = app.new_browser();
    assert_eq!(status(app.sign_in_request(&other, PASSWORD)).await, 200);

    let open_sessions = sessions(&app.admin).await;
    assert_eq!(open_sessions.len(), 2);
    let other_session = open_sessions.iter().find(|session| !session.own).unwrap();
    assert!(
        other_session.signed_in_at > 0 && other_session.last_seen >= other_session.signed_in_at
    );
    let path = format!("/api/sessions/{}", other_session.id);
    let proof = reauthentication_request(&app.admin, PASSWORD, "");
    assert_eq!(status(proof).await, 204);
    assert_eq!(status(app.admin.delete(&path)).await, 204);
    assert!(!is_admin(&other).await);
    assert_eq!(refusal(app.admin.delete(&path)).await, ErrorCode::NotFound);
    let remaining = sessions(&app.admin).await;
    assert!(remaining.len() == 1 && remaining[0].own);
    app.close().await;
}

#[tokio::test]
async fn expired_sessions_are_not_listed() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    app.clock.advance(std::time::Duration::from_secs(13 * 3600));
    assert_eq!(
        status(app.sign_in_request(&app.new_browser(), PASSWORD)).await,
        200
    );
    assert_eq!(status(app.sign_in_request(&app.admin, PASSWORD)).await, 200);
    assert_eq!(
        sessions(&app.admin).await.len(),
        2,
        "the idle session is not listed"
    );
    app.close().await;
}

#[tokio::test]
async fn behind_a_trusted_proxy_password_guesses_limit_only_the_guessing_address() {
    for is_trusted in [true, false] {
        let app = TestApp::unconfigured_with(|options| {
            if is_trusted {
                options.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
            }
        })
        .await;
        app.first_run().await;
        let guest = app.new_browser();
        let from = |address: &str, password: &str| {
            // Earlier entries are set by the client. Some proxies append the port.
            let address = format!("192.0.2.77, {address}:5001");
            app.sign_in_request(&guest, password)
                .header("x-forwarded-for", address)
        };
        app.with_clock_held(async {
            for _ in 0..10 {
                let guess = from("198.51.100.1", "guess");
                assert_eq!(refusal(guess).await, ErrorCode::WrongSecret);
            }
        })
        .await;
        let guess = from("198.51.100.1", PASSWORD);
        assert_eq!(refusal(guess).await, ErrorCode::TooManyTries);
        let owner = status(from("198.51.100.2", PASSWORD)).await;
        assert_eq!(owner, if is_trusted { 200 } else { 429 });
        app.close().await;
    }
}

#[tokio::test]
async fn a_password_change_ends_sign_ins_with_the_old_password_that_are_in_progress() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    let thieves: Vec<Browser> = (0..8).map(|_| app.new_browser()).collect();
    let mut tries = tokio::task::JoinSet::new();
    for thief in &thieves {
        tries.spawn(status(app.sign_in_request(thief, PASSWORD)));
    }
    assert_eq!(
        status(change_password_request(&app.admin, PASSWORD, NEW_PASSWORD)).await,
        204
    );
    tries.join_all().await;
    for thief in &thieves {
        assert!(!is_admin(thief).await);
    }
    app.close().await;
}

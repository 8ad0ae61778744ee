//! First run, sign-in and sessions.

use std::time::Duration;

use relay_tests::{Browser, PASSWORD, TestApp, json, refusal, status};
use yobirin_api::ErrorCode;
use yobirin_api::session::{FirstRun, Login, MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS, Session};

/// Wrong passwords that an address may try at once.
const GUESSES_AT_ONCE: usize = 10;
const HOUR: Duration = Duration::from_secs(3600);

async fn session(browser: &Browser) -> Session {
    json(browser.get("/api/session")).await
}

#[tokio::test]
async fn the_first_run_link_sets_the_password_and_works_once() {
    let app = TestApp::unconfigured().await;
    assert!(session(&app.admin).await.first_run);
    let first_run_request = |link: &str, password: &str| {
        let first = FirstRun {
            link: link.to_owned(),
            password: password.to_owned(),
        };
        app.admin.post("/api/first-run").json(&first)
    };
    assert_eq!(
        refusal(first_run_request("guess", PASSWORD)).await,
        ErrorCode::WrongSecret
    );
    assert_eq!(
        refusal(first_run_request(&app.first_run_link(), "short")).await,
        ErrorCode::WeakPassword
    );
    assert_eq!(
        refusal(first_run_request(
            &app.first_run_link(),
            &"x".repeat(MAX_PASSWORD_CHARS + 1)
        ))
        .await,
        ErrorCode::WeakPassword
    );

    for blank in [" ", "\u{3000}", "\u{200B}"] {
        let blank = blank.repeat(MIN_PASSWORD_CHARS);
        assert_eq!(
            refusal(first_run_request(&app.first_run_link(), &blank)).await,
            ErrorCode::WeakPassword
        );
    }
    for guessable in ["password1234", "yobirin-reception"] {
        assert_eq!(
            refusal(first_run_request(&app.first_run_link(), guessable)).await,
            ErrorCode::GuessablePassword
        );
    }

    let signed_in = app.first_run().await;
    assert!(signed_in.admin && !signed_in.first_run && !signed_in.demo);
    assert!(
        session(&app.admin).await.admin,
        "the cookie signs the admin in"
    );
    assert_eq!(
        refusal(first_run_request(&app.first_run_link(), PASSWORD)).await,
        ErrorCode::FirstRunOver
    );
    app.close().await;
}

#[tokio::test]
async fn only_the_right_password_signs_in() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    let browser = app.new_browser();
    assert_eq!(
        refusal(app.sign_in_request(&browser, "wrong")).await,
        ErrorCode::WrongSecret
    );
    assert!(!session(&browser).await.admin);
    let _: Session = json(app.sign_in_request(&browser, PASSWORD)).await;
    assert!(session(&browser).await.admin);
    let link = browser
        .post("/api/login")
        .json(&Login::Link(app.first_run_link()));
    assert_eq!(
        refusal(link).await,
        ErrorCode::WrongSecret,
        "the secret of the first-run link does not sign in"
    );

    assert_eq!(status(browser.post("/api/logout")).await, 204);
    assert!(!session(&browser).await.admin);
    assert!(
        session(&app.admin).await.admin,
        "the other browser stays signed in"
    );
    app.close().await;
}

#[tokio::test]
async fn a_session_ends_after_twelve_idle_hours_or_seven_days() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    app.clock.advance(11 * HOUR);
    assert!(
        session(&app.admin).await.admin,
        "a session is open after eleven hours without use"
    );
    app.clock.advance(13 * HOUR);
    assert!(
        !session(&app.admin).await.admin,
        "a session ends after thirteen hours without use"
    );

    let _: Session = json(app.sign_in_request(&app.admin, PASSWORD)).await;
    for _ in 0..16 {
        app.clock.advance(10 * HOUR);
        assert!(
            session(&app.admin).await.admin,
            "a session that is used every ten hours stays open"
        );
    }
    app.clock.advance(10 * HOUR);
    assert!(
        !session(&app.admin).await.admin,
        "a session ends after seven days in use"
    );
    app.close().await;
}

#[tokio::test]
async fn signing_in_again_ends_the_previous_session() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    let cookie = |response: &reqwest::Response| {
        let text = response.headers()["set-cookie"]
            .to_str()
            .unwrap()
            .to_owned();
        text.split(';').next().unwrap().to_owned()
    };
    let old = cookie(
        &app.sign_in_request(&app.admin, PASSWORD)
            .send()
            .await
            .unwrap(),
    );
    let new = cookie(
        &app.sign_in_request(&app.admin, PASSWORD)
            .send()
            .await
            .unwrap(),
    );
    assert_ne!(old, new);
    let request_with = |cookie: String| {
        app.new_browser()
            .get("/api/devices")
            .header("cookie", cookie)
    };
    assert_eq!(refusal(request_with(old)).await, ErrorCode::NotSignedIn);
    assert_eq!(status(request_with(new)).await, 200);
    app.close().await;
}

#[tokio::test]
async fn cookies_are_http_only_and_same_site_strict() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    let response = app
        .sign_in_request(&app.admin, PASSWORD)
        .send()
        .await
        .unwrap();
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("yobirin_session="), "{cookie}");
    for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=604800"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    app.close().await;
}

#[tokio::test]
async fn under_https_cookies_are_secure_with_the_host_prefix() {
    let url = "https://reception.example.jp".parse().unwrap();
    let app = TestApp::unconfigured_with(|options| options.public_url = Some(url)).await;
    let first = FirstRun {
        link: app.first_run_link(),
        password: PASSWORD.to_owned(),
    };
    let request = app.admin.post("/api/first-run").json(&first);
    let response = request.send().await.unwrap();
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    assert!(
        cookie.starts_with("__Host-yobirin_session=") && cookie.contains("Secure"),
        "{cookie}"
    );
    assert!(response.headers().contains_key("strict-transport-security"));
    app.close().await;
}

#[tokio::test]
async fn password_guesses_are_rate_limited() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    let browser = app.new_browser();
    app.with_clock_held(async {
        for _ in 0..GUESSES_AT_ONCE {
            assert_eq!(
                refusal(app.sign_in_request(&browser, "guess")).await,
                ErrorCode::WrongSecret
            );
        }
    })
    .await;
    let sign_in_request = || app.sign_in_request(&browser, PASSWORD);
    assert_eq!(refusal(sign_in_request()).await, ErrorCode::TooManyTries);
    app.clock.advance(Duration::from_secs(10));
    assert_eq!(
        status(sign_in_request()).await,
        200,
        "the right password works once the rate limit allows another attempt"
    );
    app.close().await;
}

#[tokio::test]
async fn admin_endpoints_require_an_admin_session() {
    let app = TestApp::start().await;
    let tablet = app.tablet("lobby").await;
    for browser in [&app.new_browser(), &tablet.browser] {
        for path in [
            "/api/chatwork",
            "/api/chatwork/rooms",
            "/api/chatwork/contacts",
            "/api/chatwork/rooms/1/members",
            "/api/devices",
            "/api/calls",
        ] {
            assert_eq!(
                refusal(browser.get(path)).await,
                ErrorCode::NotSignedIn,
                "{path}"
            );
        }
        let requests = [
            browser.put("/api/chatwork"),
            browser.delete("/api/chatwork"),
            browser.put("/api/settings"),
            browser.post("/api/devices/lobby/pairing-code"),
            browser.delete("/api/devices/lobby/pairing"),
            browser.post("/api/devices/lobby/reload"),
        ];
        for request in requests {
            assert_eq!(refusal(request).await, ErrorCode::NotSignedIn);
        }
    }
    app.close().await;
}

//! Signing in, the first run, and what a session is worth.

use std::time::Duration;

use relay_tests::{Browser, Desk, PASSWORD, json, refusal, status};
use yobirin_api::ErrorCode;
use yobirin_api::session::{FirstRun, Login, Session};

const HOUR: Duration = Duration::from_secs(3600);

async fn session(browser: &Browser) -> Session {
    json(browser.get("/api/session")).await
}

#[tokio::test]
async fn the_first_run_link_sets_the_password_and_works_once() {
    let desk = Desk::bare().await;
    assert!(session(&desk.admin).await.first_run);
    let first = |link: &str, password: &str| {
        let first = FirstRun {
            link: link.to_owned(),
            password: password.to_owned(),
        };
        desk.admin.post("/api/first-run").json(&first)
    };
    assert_eq!(
        refusal(first("guess", PASSWORD)).await,
        ErrorCode::WrongSecret
    );
    assert_eq!(
        refusal(first(&desk.link(), "short")).await,
        ErrorCode::WeakPassword
    );
    assert_eq!(
        refusal(first(&desk.link(), &"x".repeat(257))).await,
        ErrorCode::WeakPassword
    );

    for blank in [" ", "\u{3000}", "\u{200B}"] {
        let blank = blank.repeat(12);
        assert_eq!(
            refusal(first(&desk.link(), &blank)).await,
            ErrorCode::WeakPassword
        );
    }
    for guessable in ["password1234", "yobirin-reception"] {
        assert_eq!(
            refusal(first(&desk.link(), guessable)).await,
            ErrorCode::GuessablePassword
        );
    }

    let signed_in = desk.first_run().await;
    assert!(signed_in.admin && !signed_in.first_run && !signed_in.demo);
    assert!(
        session(&desk.admin).await.admin,
        "the cookie stands for the admin"
    );
    assert_eq!(
        refusal(first(&desk.link(), PASSWORD)).await,
        ErrorCode::FirstRunOver
    );
    desk.close().await;
}

#[tokio::test]
async fn only_the_right_password_signs_in() {
    let desk = Desk::bare().await;
    desk.first_run().await;
    let browser = desk.stranger();
    assert_eq!(
        refusal(desk.signing_in(&browser, "wrong")).await,
        ErrorCode::WrongSecret
    );
    assert!(!session(&browser).await.admin);
    let _: Session = json(desk.signing_in(&browser, PASSWORD)).await;
    assert!(session(&browser).await.admin);
    let link = browser.post("/api/login").json(&Login::Link(desk.link()));
    assert_eq!(
        refusal(link).await,
        ErrorCode::WrongSecret,
        "links are for demos"
    );

    assert_eq!(status(browser.post("/api/logout")).await, 204);
    assert!(!session(&browser).await.admin);
    assert!(
        session(&desk.admin).await.admin,
        "the other browser stays signed in"
    );
    desk.close().await;
}

#[tokio::test]
async fn a_session_ends_when_idle_for_twelve_hours_or_seven_days_old() {
    let desk = Desk::bare().await;
    desk.first_run().await;
    desk.clock.advance(11 * HOUR);
    assert!(session(&desk.admin).await.admin, "used after eleven hours");
    desk.clock.advance(13 * HOUR);
    assert!(!session(&desk.admin).await.admin, "idle for thirteen hours");

    let _: Session = json(desk.signing_in(&desk.admin, PASSWORD)).await;
    for _ in 0..16 {
        desk.clock.advance(10 * HOUR);
        assert!(session(&desk.admin).await.admin, "used every ten hours");
    }
    desk.clock.advance(10 * HOUR);
    assert!(!session(&desk.admin).await.admin, "170 hours old");
    desk.close().await;
}

#[tokio::test]
async fn signing_in_again_ends_the_session_before() {
    let desk = Desk::bare().await;
    desk.first_run().await;
    let cookie = |response: &reqwest::Response| {
        let text = response.headers()["set-cookie"]
            .to_str()
            .unwrap()
            .to_owned();
        text.split(';').next().unwrap().to_owned()
    };
    let old = cookie(&desk.signing_in(&desk.admin, PASSWORD).send().await.unwrap());
    let new = cookie(&desk.signing_in(&desk.admin, PASSWORD).send().await.unwrap());
    assert_ne!(old, new);
    let with = |cookie: String| desk.stranger().get("/api/devices").header("cookie", cookie);
    assert_eq!(refusal(with(old)).await, ErrorCode::NotSignedIn);
    assert_eq!(status(with(new)).await, 200);
    desk.close().await;
}

#[tokio::test]
async fn cookies_are_closed_to_scripts_and_other_sites() {
    let desk = Desk::bare().await;
    desk.first_run().await;
    let response = desk.signing_in(&desk.admin, PASSWORD).send().await.unwrap();
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("yobirin_session="), "{cookie}");
    for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=604800"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    desk.close().await;
}

#[tokio::test]
async fn under_https_cookies_are_bound_to_the_host() {
    let url = "https://reception.example.jp".parse().unwrap();
    let desk = Desk::bare_with(|options| options.public_url = Some(url)).await;
    let first = FirstRun {
        link: desk.link(),
        password: PASSWORD.to_owned(),
    };
    let request = desk.admin.post("/api/first-run").json(&first);
    let response = request.send().await.unwrap();
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    assert!(
        cookie.starts_with("__Host-yobirin_session=") && cookie.contains("Secure"),
        "{cookie}"
    );
    assert!(response.headers().contains_key("strict-transport-security"));
    desk.close().await;
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    let desk = Desk::bare().await;
    desk.first_run().await;
    let browser = desk.stranger();
    desk.in_no_time(async {
        for _ in 0..10 {
            assert_eq!(
                refusal(desk.signing_in(&browser, "guess")).await,
                ErrorCode::WrongSecret
            );
        }
    })
    .await;
    let right = || desk.signing_in(&browser, PASSWORD);
    assert_eq!(refusal(right()).await, ErrorCode::TooManyTries);
    desk.clock.advance(Duration::from_secs(10));
    assert_eq!(status(right()).await, 200, "a while later");
    desk.close().await;
}

#[tokio::test]
async fn whatever_is_for_admins_is_closed_to_others() {
    let desk = Desk::open().await;
    let tablet = desk.tablet("lobby").await;
    for browser in [&desk.stranger(), &tablet.browser] {
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
    desk.close().await;
}

//! The admin's own account: a new password, and other people's sessions.

use relay_tests::{Browser, Desk, PASSWORD, json, refusal, status};
use yobirin_api::ErrorCode;
use yobirin_api::session::{ChangePassword, OpenSession, Session};

use crate::reauthentication::reauthenticating;

const NEW: &str = "もっと正しい馬の電池とホチキス";

fn changing(browser: &Browser, old: &str, new: &str) -> reqwest::RequestBuilder {
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
    let desk = Desk::bare().await;
    desk.first_run().await;
    let other = desk.stranger();
    assert_eq!(status(desk.signing_in(&other, PASSWORD)).await, 200);

    let wrong = changing(&desk.admin, "wrong", NEW);
    assert_eq!(refusal(wrong).await, ErrorCode::WrongSecret);
    let short = changing(&desk.admin, PASSWORD, "short");
    assert_eq!(refusal(short).await, ErrorCode::WeakPassword);
    assert!(is_admin(&other).await, "nothing has changed yet");

    assert_eq!(status(changing(&desk.admin, PASSWORD, NEW)).await, 204);
    assert!(
        is_admin(&desk.admin).await,
        "who changed it stays signed in"
    );
    assert!(!is_admin(&other).await, "everybody else does not");
    let old = desk.signing_in(&other, PASSWORD);
    assert_eq!(refusal(old).await, ErrorCode::WrongSecret);
    assert_eq!(status(desk.signing_in(&other, NEW)).await, 200);
    desk.close().await;
}

#[tokio::test]
async fn guessing_the_old_password_is_slowed_down() {
    let desk = Desk::bare().await;
    desk.first_run().await;
    desk.in_no_time(async {
        for _ in 0..10 {
            let guess = changing(&desk.admin, "guess", NEW);
            assert_eq!(refusal(guess).await, ErrorCode::WrongSecret);
        }
    })
    .await;
    let right = changing(&desk.admin, PASSWORD, NEW);
    assert_eq!(refusal(right).await, ErrorCode::TooManyTries);
    desk.close().await;
}

#[tokio::test]
async fn sessions_are_listed_and_can_be_ended_one_by_one() {
    let desk = Desk::bare().await;
    desk.first_run().await;
    let other = desk.stranger();
    assert_eq!(status(desk.signing_in(&other, PASSWORD)).await, 200);

    let listed = sessions(&desk.admin).await;
    assert_eq!(listed.len(), 2);
    let theirs = listed.iter().find(|session| !session.own).unwrap();
    assert!(theirs.since > 0 && theirs.seen >= theirs.since);
    let path = format!("/api/sessions/{}", theirs.id);
    let proof = reauthenticating(&desk.admin, PASSWORD, "");
    assert_eq!(status(proof).await, 204);
    assert_eq!(status(desk.admin.delete(&path)).await, 204);
    assert!(!is_admin(&other).await);
    assert_eq!(refusal(desk.admin.delete(&path)).await, ErrorCode::NotFound);
    let left = sessions(&desk.admin).await;
    assert!(left.len() == 1 && left[0].own);
    desk.close().await;
}

#[tokio::test]
async fn sessions_that_have_run_out_are_not_listed() {
    let desk = Desk::bare().await;
    desk.first_run().await;
    desk.clock
        .advance(std::time::Duration::from_secs(13 * 3600));
    assert_eq!(
        status(desk.signing_in(&desk.stranger(), PASSWORD)).await,
        200
    );
    assert_eq!(status(desk.signing_in(&desk.admin, PASSWORD)).await, 200);
    assert_eq!(sessions(&desk.admin).await.len(), 2, "not the idle one");
    desk.close().await;
}

#[tokio::test]
async fn behind_a_trusted_proxy_one_who_guesses_shuts_nobody_else_out() {
    for is_trusted in [true, false] {
        let desk = Desk::bare_with(|options| {
            if is_trusted {
                options.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
            }
        })
        .await;
        desk.first_run().await;
        let guest = desk.stranger();
        let from = |address: &str, password: &str| {
            // What came before is the guesser's own word. Some proxies add the port.
            let address = format!("192.0.2.77, {address}:5001");
            desk.signing_in(&guest, password)
                .header("x-forwarded-for", address)
        };
        desk.in_no_time(async {
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
        desk.close().await;
    }
}

#[tokio::test]
async fn nobody_who_is_signing_in_with_the_old_password_stays_in_after_it_was_changed() {
    let desk = Desk::bare().await;
    desk.first_run().await;
    let thieves: Vec<Browser> = (0..8).map(|_| desk.stranger()).collect();
    let mut tries = tokio::task::JoinSet::new();
    for thief in &thieves {
        tries.spawn(status(desk.signing_in(thief, PASSWORD)));
    }
    assert_eq!(status(changing(&desk.admin, PASSWORD, NEW)).await, 204);
    tries.join_all().await;
    for thief in &thieves {
        assert!(!is_admin(thief).await);
    }
    desk.close().await;
}

//! What a stolen cookie cannot do: acts that ask for the password, and the second step, again.

use std::time::Duration;

use relay_tests::{Browser, Desk, PASSWORD, json, refusal, status};
use yobirin_api::ErrorCode;
use yobirin_api::account::RecoveryCodes;
use yobirin_api::session::{ChangePassword, OpenSession, Reauthenticate, Session};

use crate::two_factor::{both, signing_in, switched_on};

const NEW: &str = "もっと正しい馬の電池とホチキス";

pub(crate) fn reauthenticating(
    browser: &Browser,
    password: &str,
    code: &str,
) -> reqwest::RequestBuilder {
    browser.post("/api/reauthenticate").json(&Reauthenticate {
        password: password.to_owned(),
        code: code.to_owned(),
    })
}

fn changing(browser: &Browser, new: &str, code: &str) -> reqwest::RequestBuilder {
    browser.post("/api/password").json(&ChangePassword {
        old: PASSWORD.to_owned(),
        new: new.to_owned(),
        code: code.to_owned(),
    })
}

async fn is_admin(browser: &Browser) -> bool {
    json::<Session>(browser.get("/api/session")).await.admin
}

/// How to end the session of another browser.
async fn ending(desk: &Desk) -> reqwest::RequestBuilder {
    let listed: Vec<OpenSession> = json(desk.admin.get("/api/sessions")).await;
    let other = listed.iter().find(|session| !session.own).unwrap();
    desk.admin.delete(&format!("/api/sessions/{}", other.id))
}

#[tokio::test]
async fn ending_a_session_takes_the_password_again() {
    let desk = Desk::bare().await;
    desk.first_run().await;
    let other = desk.stranger();
    assert_eq!(status(desk.signing_in(&other, PASSWORD)).await, 200);
    let needed = ErrorCode::ReauthenticationNeeded;
    assert_eq!(refusal(ending(&desk).await).await, needed);
    let wrong = reauthenticating(&desk.admin, "wrong", "");
    assert_eq!(refusal(wrong).await, ErrorCode::WrongSecret);
    assert_eq!(refusal(ending(&desk).await).await, needed);
    assert_eq!(status(reauthenticating(&other, PASSWORD, "")).await, 204);
    assert_eq!(
        refusal(ending(&desk).await).await,
        needed,
        "another browser's"
    );
    assert_eq!(
        status(reauthenticating(&desk.admin, PASSWORD, "")).await,
        204
    );
    desk.clock.advance(Duration::from_secs(6 * 60));
    assert_eq!(
        refusal(ending(&desk).await).await,
        needed,
        "six minutes later"
    );
    assert!(is_admin(&other).await);
    assert_eq!(
        status(reauthenticating(&desk.admin, PASSWORD, "")).await,
        204
    );
    assert_eq!(status(ending(&desk).await).await, 204);
    assert!(!is_admin(&other).await);
    desk.close().await;
}

#[tokio::test]
async fn with_the_second_step_on_password_sessions_and_token_take_it_again() {
    let desk = Desk::open().await;
    let (app, codes) = switched_on(&desk).await;
    let other = desk.stranger();
    let code = &codes.codes[0];
    assert_eq!(status(signing_in(&other, PASSWORD, code)).await, 200);
    let needed = ErrorCode::ReauthenticationNeeded;
    assert_eq!(refusal(ending(&desk).await).await, needed);
    assert_eq!(refusal(desk.connecting("another token")).await, needed);
    assert_eq!(refusal(desk.admin.delete("/api/chatwork")).await, needed);
    assert_eq!(
        refusal(changing(&desk.admin, NEW, "")).await,
        ErrorCode::CodeNeeded
    );
    assert_eq!(
        refusal(changing(&desk.admin, NEW, "000000")).await,
        ErrorCode::WrongCode
    );
    let without = reauthenticating(&desk.admin, PASSWORD, "");
    assert_eq!(refusal(without).await, ErrorCode::CodeNeeded);
    let wrong = reauthenticating(&desk.admin, PASSWORD, "000000");
    assert_eq!(refusal(wrong).await, ErrorCode::WrongCode);
    assert_eq!(refusal(ending(&desk).await).await, needed);

    let code = app.code(&desk);
    assert_eq!(
        refusal(changing(&desk.admin, "password1234", &code)).await,
        ErrorCode::GuessablePassword
    );
    let proof = reauthenticating(&desk.admin, PASSWORD, &code);
    assert_eq!(
        status(proof).await,
        204,
        "a refused password uses no code up"
    );
    assert_eq!(status(ending(&desk).await).await, 204);
    assert_eq!(status(desk.admin.delete("/api/chatwork")).await, 204);
    assert_eq!(
        status(changing(&desk.admin, NEW, &codes.codes[1])).await,
        204
    );
    let after = desk.connecting(chatwork_sim::Office::SAMPLE_TOKEN);
    assert_eq!(
        refusal(after).await,
        needed,
        "the fresh session has to show it anew"
    );
    desk.close().await;
}

#[tokio::test]
async fn whatever_changes_the_second_step_ends_every_other_session() {
    let desk = Desk::bare().await;
    desk.first_run().await;
    let (_, codes) = switched_on(&desk).await;
    let other = desk.stranger();
    assert_eq!(
        status(signing_in(&other, PASSWORD, &codes.codes[0])).await,
        200
    );
    let path = "/api/totp/recovery-codes";
    let new: RecoveryCodes = json(both(&desk.admin, path, PASSWORD, &codes.codes[1])).await;
    assert!(!is_admin(&other).await && is_admin(&desk.admin).await);
    assert_eq!(
        status(signing_in(&other, PASSWORD, &new.codes[0])).await,
        200
    );
    let off = both(&desk.admin, "/api/totp/off", PASSWORD, &new.codes[1]);
    assert_eq!(status(off).await, 204);
    assert!(!is_admin(&other).await && is_admin(&desk.admin).await);
    desk.close().await;
}

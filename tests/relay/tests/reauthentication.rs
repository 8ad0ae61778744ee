//! Actions that a stolen cookie cannot do, because they require password and code again.

use std::time::Duration;

use relay_tests::{Browser, PASSWORD, TestApp, json, refusal, status};
use yobirin_api::ErrorCode;
use yobirin_api::account::RecoveryCodes;
use yobirin_api::session::{ChangePassword, OpenSession, Reauthenticate, Session};

use crate::two_factor::{enable_two_factor, sign_in_request, with_password_and_code};

const NEW_PASSWORD: &str = "もっと正しい馬の電池とホチキス";

pub(crate) fn reauthentication_request(
    browser: &Browser,
    password: &str,
    code: &str,
) -> reqwest::RequestBuilder {
    browser.post("/api/reauthenticate").json(&Reauthenticate {
        password: password.to_owned(),
        code: code.to_owned(),
    })
}

fn change_password_request(browser: &Browser, new: &str, code: &str) -> reqwest::RequestBuilder {
    browser.post("/api/password").json(&ChangePassword {
        old: PASSWORD.to_owned(),
        new: new.to_owned(),
        code: code.to_owned(),
    })
}

async fn is_admin(browser: &Browser) -> bool {
    json::<Session>(browser.get("/api/session")).await.admin
}

/// Request that ends the session of another browser.
async fn end_session_request(app: &TestApp) -> reqwest::RequestBuilder {
    let sessions: Vec<OpenSession> = json(app.admin.get("/api/sessions")).await;
    let other = sessions.iter().find(|session| !session.own).unwrap();
    app.admin.delete(&format!("/api/sessions/{}", other.id))
}

#[tokio::test]
async fn ending_a_session_requires_reauthentication() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    let other = app.new_browser();
    assert_eq!(status(app.sign_in_request(&other, PASSWORD)).await, 200);
    let needed = ErrorCode::ReauthenticationNeeded;
    assert_eq!(refusal(end_session_request(&app).await).await, needed);
    let wrong = reauthentication_request(&app.admin, "wrong", "");
    assert_eq!(refusal(wrong).await, ErrorCode::WrongSecret);
    assert_eq!(refusal(end_session_request(&app).await).await, needed);
    assert_eq!(
        status(reauthentication_request(&other, PASSWORD, "")).await,
        204
    );
    assert_eq!(
        refusal(end_session_request(&app).await).await,
        needed,
        "a confirmation in one browser does not count in another"
    );
    assert_eq!(
        status(reauthentication_request(&app.admin, PASSWORD, "")).await,
        204
    );
    app.clock.advance(Duration::from_secs(6 * 60));
    assert_eq!(
        refusal(end_session_request(&app).await).await,
        needed,
        "a confirmation ends after five minutes"
    );
    assert!(is_admin(&other).await);
    assert_eq!(
        status(reauthentication_request(&app.admin, PASSWORD, "")).await,
        204
    );
    assert_eq!(status(end_session_request(&app).await).await, 204);
    assert!(!is_admin(&other).await);
    app.close().await;
}

#[tokio::test]
async fn with_two_factor_enabled_sensitive_actions_require_a_code() {
    let app = TestApp::start().await;
    let (authenticator, codes) = enable_two_factor(&app).await;
    let other = app.new_browser();
    let code = &codes.codes[0];
    assert_eq!(status(sign_in_request(&other, PASSWORD, code)).await, 200);
    let needed = ErrorCode::ReauthenticationNeeded;
    assert_eq!(refusal(end_session_request(&app).await).await, needed);
    assert_eq!(refusal(app.connect_request("another token")).await, needed);
    assert_eq!(refusal(app.admin.delete("/api/chatwork")).await, needed);
    let set_token = app.admin.put("/api/chatwork/webhook");
    let set_token = set_token.json(&serde_json::json!({ "token": "c0ffee" }));
    assert_eq!(refusal(set_token).await, needed);
    let delete = app.admin.delete("/api/chatwork/webhook");
    assert_eq!(refusal(delete).await, needed);
    assert_eq!(
        refusal(change_password_request(&app.admin, NEW_PASSWORD, "")).await,
        ErrorCode::CodeNeeded
    );
    assert_eq!(
        refusal(change_password_request(&app.admin, NEW_PASSWORD, "000000")).await,
        ErrorCode::WrongCode
    );
    let without_code = reauthentication_request(&app.admin, PASSWORD, "");
    assert_eq!(refusal(without_code).await, ErrorCode::CodeNeeded);
    let wrong_code = reauthentication_request(&app.admin, PASSWORD, "000000");
    assert_eq!(refusal(wrong_code).await, ErrorCode::WrongCode);
    assert_eq!(refusal(end_session_request(&app).await).await, needed);

    let code = authenticator.code(&app);
    assert_eq!(
        refusal(change_password_request(&app.admin, "password1234", &code)).await,
        ErrorCode::GuessablePassword
    );
    let with_code = reauthentication_request(&app.admin, PASSWORD, &code);
    assert_eq!(
        status(with_code).await,
        204,
        "a refused password uses no code up"
    );
    assert_eq!(status(end_session_request(&app).await).await, 204);
    assert_eq!(status(app.admin.delete("/api/chatwork")).await, 204);
    assert_eq!(
        status(change_password_request(
            &app.admin,
            NEW_PASSWORD,
            &codes.codes[1]
        ))
        .await,
        204
    );
    let connect = app.connect_request(chatwork_sim::Office::SAMPLE_TOKEN);
    assert_eq!(
        refusal(connect).await,
        needed,
        "the session after the change requires reauthentication again"
    );
    app.close().await;
}

#[tokio::test]
async fn every_change_of_two_factor_ends_other_sessions() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    let (_, codes) = enable_two_factor(&app).await;
    let other = app.new_browser();
    assert_eq!(
        status(sign_in_request(&other, PASSWORD, &codes.codes[0])).await,
        200
    );
    let path = "/api/totp/recovery-codes";
    let new: RecoveryCodes = json(with_password_and_code(
        &app.admin,
        path,
        PASSWORD,
        &codes.codes[1],
    ))
    .await;
    assert!(!is_admin(&other).await && is_admin(&app.admin).await);
    assert_eq!(
        status(sign_in_request(&other, PASSWORD, &new.codes[0])).await,
        200
    );
    let disable_request =
        with_password_and_code(&app.admin, "/api/totp/off", PASSWORD, &new.codes[1]);
    assert_eq!(status(disable_request).await, 204);
    assert!(!is_admin(&other).await && is_admin(&app.admin).await);
    app.close().await;
}

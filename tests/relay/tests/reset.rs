//! `yobirin-relay reset-password`, which restores access for a locked-out admin.

use std::path::Path;
use std::process::Output;
use std::time::Duration;

use relay_tests::{Browser, PASSWORD, TestApp, database_of, json, refusal, status};
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;
use tokio::process::Command;
use yobirin_api::ErrorCode;
use yobirin_api::account::{Account, Enrol, Enrolment, FirstCode, RecoveryCodes};
use yobirin_api::chatwork::Connection;
use yobirin_api::session::{ChangePassword, FirstRun, Session};

use crate::program::RELAY;
use crate::two_factor::{enable_two_factor, sign_in_request};

/// Number of times that a password change and a reset happen at once.
const ROUNDS: usize = 20;
const NEW_PASSWORD: &str = "もっと正しい馬の電池とホチキス";

/// Runs `reset-password`.
async fn reset(data: &Path) -> Output {
    reset_with(data, &[]).await
}

async fn reset_with(data: &Path, options: &[&str]) -> Output {
    let database = database_of(data).await;
    Command::new(RELAY)
        .args(["reset-password", "--data", data.to_str().unwrap()])
        .args(options)
        .args(["--database", database.as_deref().unwrap_or("sqlite")])
        .env_clear()
        .output()
        .await
        .unwrap()
}

fn first_run_request(browser: &Browser, link: &str) -> reqwest::RequestBuilder {
    browser.post("/api/first-run").json(&FirstRun {
        link: link.to_owned(),
        password: NEW_PASSWORD.to_owned(),
    })
}

#[tokio::test]
async fn reset_password_restores_access_while_the_relay_runs_and_keeps_everything_else() {
    let app = TestApp::start().await;
    let tablet = app.tablet("lobby").await;
    let password = PASSWORD.to_owned();
    let enrol = app
        .admin
        .post("/api/totp/enrolment")
        .json(&Enrol { password });
    let enrolment: Enrolment = json(enrol).await;
    let authenticator = totp_rs::Totp::from_url(&enrolment.uri).unwrap();
    let code = authenticator.generate(app.clock.now() / 1000).to_string();
    let _: RecoveryCodes = json(app.admin.put("/api/totp").json(&FirstCode { code })).await;

    let output = reset_with(app.data(), &["--two-factor"]).await;
    let output_text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{output_text}");
    let (_, link) = output_text
        .split_once("/setup/first-run#link=")
        .expect("a link");
    let link = link.lines().next().unwrap();

    let session: Session = json(app.admin.get("/api/session")).await;
    assert!(!session.admin && session.first_run, "{session:?}");
    let new_browser = app.new_browser();
    assert_eq!(
        refusal(app.sign_in_request(&new_browser, PASSWORD)).await,
        ErrorCode::WrongSecret
    );
    assert_eq!(
        refusal(first_run_request(&new_browser, "guess")).await,
        ErrorCode::WrongSecret
    );
    let session: Session = json(first_run_request(&app.admin, link)).await;
    assert!(session.admin && !session.first_run);
    assert_eq!(
        refusal(first_run_request(&new_browser, link)).await,
        ErrorCode::FirstRunOver,
        "the link works once"
    );
    assert_eq!(
        status(app.sign_in_request(&new_browser, NEW_PASSWORD)).await,
        200
    );

    let account: Account = json(app.admin.get("/api/account")).await;
    assert_eq!(account.two_factor, None);
    let connection: Connection = json(app.admin.get("/api/chatwork")).await;
    assert!(matches!(connection, Connection::Connected { .. }));
    assert_eq!(status(tablet.browser.get("/api/settings")).await, 200);
    app.close().await;
}

#[tokio::test]
async fn reset_password_keeps_two_factor() {
    let app = TestApp::start().await;
    let (authenticator, _) = enable_two_factor(&app).await;
    let output_text = String::from_utf8(reset(app.data()).await.stdout).unwrap();
    let start = format!("first-run link: {}/setup/first-run#link=", app.url());
    assert!(
        output_text.starts_with(&start),
        "the link has the port of the running relay: {output_text}"
    );
    let (_, link) = output_text
        .split_once("/setup/first-run#link=")
        .expect("a link");
    let link = link.lines().next().unwrap();

    let browser = app.new_browser();
    let session: Session = json(first_run_request(&browser, link)).await;
    assert!(!session.admin && !session.first_run, "{session:?}");
    assert_eq!(status(browser.get("/api/account")).await, 401);
    let without_code = sign_in_request(&browser, NEW_PASSWORD, "");
    assert_eq!(refusal(without_code).await, ErrorCode::CodeNeeded);
    assert_eq!(
        status(sign_in_request(
            &browser,
            NEW_PASSWORD,
            &authenticator.code(&app)
        ))
        .await,
        200
    );
    app.close().await;
}

#[tokio::test]
async fn the_reset_link_is_valid_for_a_day() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    let output_text = String::from_utf8(reset(app.data()).await.stdout).unwrap();
    let (_, link) = output_text
        .split_once("/setup/first-run#link=")
        .expect("a link");
    let link = link.lines().next().unwrap();
    app.clock.advance(Duration::from_secs(25 * 3600));
    assert_eq!(
        refusal(first_run_request(&app.admin, link)).await,
        ErrorCode::FirstRunOver
    );
    app.close().await;
}

#[tokio::test]
async fn reset_password_leaves_a_folder_without_a_database_unchanged() {
    let data = tempfile::tempdir().unwrap();
    let output = Command::new(RELAY)
        .args(["reset-password", "--data", data.path().to_str().unwrap()])
        .env_clear()
        .output()
        .await
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.contains("no yobirin.db"), "{message}");
    assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 0);
}

/// Performs the database change of `reset-password` as soon as the file shows a changed password.
async fn reset_as_soon_as_it_changes(file: &Path, password: &str) {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .busy_timeout(Duration::from_secs(20));
    let mut database = options.connect().await.unwrap();
    loop {
        let (stored,): (String,) = sqlx::query_as("SELECT password_hash FROM admin_password")
            .fetch_one(&mut database)
            .await
            .unwrap();
        if stored != password {
            break;
        }
    }
    let reset = "BEGIN IMMEDIATE; DELETE FROM sessions; DELETE FROM admin_password; COMMIT";
    sqlx::raw_sql(reset).execute(&mut database).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_change_during_a_reset_is_signed_out() {
    if std::env::var("YOBIRIN_TEST_POSTGRES").is_ok() {
        return eprintln!("skipped, changes the SQLite file: a password change during a reset");
    }
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    let file = app.data().join("yobirin.db");
    let mut database = SqliteConnectOptions::new()
        .filename(&file)
        .busy_timeout(Duration::from_secs(20))
        .connect()
        .await
        .unwrap();
    let (password,): (String,) = sqlx::query_as("SELECT password_hash FROM admin_password")
        .fetch_one(&mut database)
        .await
        .unwrap();
    for round in 0..ROUNDS {
        let change = app.admin.post("/api/password").json(&ChangePassword {
            old: PASSWORD.to_owned(),
            new: NEW_PASSWORD.to_owned(),
            code: String::new(),
        });
        let reset = reset_as_soon_as_it_changes(&file, &password);
        let (changed, ()) = tokio::join!(tokio::spawn(status(change)), reset);
        assert_eq!(changed.unwrap(), 204);
        let session: Session = json(app.admin.get("/api/session")).await;
        assert!(
            !session.admin,
            "round {round}: the session outlives the reset"
        );
        sqlx::query("INSERT INTO admin_password (id, password_hash, set_at) VALUES (1, $1, 0)")
            .bind(&password)
            .execute(&mut database)
            .await
            .unwrap();
        let sign_in = app.sign_in_request(&app.admin, PASSWORD);
        assert_eq!(status(sign_in).await, 200);
    }
    app.close().await;
}

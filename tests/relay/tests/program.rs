//! The relay as a process: output, exit codes, signals, and kills without loss or duplicates.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use chatwork_sim::{Effect, Fault, Office, RequestFilter, Sim};
use relay_tests::{
    Browser, CallDraft, LOBBY, PASSWORD, Program, ROOM, Tablet, json, settings, status,
};
use yobirin_api::chatwork::{Connect, Connection};
use yobirin_api::device::{Pair, Paired, PairingCode};
use yobirin_api::session::{FirstRun, Login, Session};
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::model::settings::SettingsDocument;

pub(crate) const RELAY: &str = env!("CARGO_BIN_EXE_relay-under-test");

pub(crate) async fn start_sim() -> Sim {
    Sim::start(Office::sample(), "127.0.0.1:0".parse().unwrap())
        .await
        .unwrap()
}

/// Starts the relay on an empty folder, configures it and pairs a tablet.
async fn set_up(data: &Path, sim: &Sim) -> (Program, Tablet) {
    let mut program = Program::serve(RELAY, data, &sim.api()).await;
    let tablet = set_up_program(&mut program).await;
    (program, tablet)
}

/// Configures a relay after its first start and pairs a tablet.
pub(crate) async fn set_up_program(program: &mut Program) -> Tablet {
    let (base, admin) = set_up_site(program, &settings()).await;
    pair_lobby(&base, &admin).await
}

/// Pairs a tablet as the lobby's.
pub(crate) async fn pair_lobby(base: &str, admin: &Browser) -> Tablet {
    let code: PairingCode = json(admin.post(&format!("/api/devices/{LOBBY}/pairing-code"))).await;
    let browser = Browser::new(base);
    let _: Paired = json(browser.post("/api/pair").json(&Pair { code: code.code })).await;
    Tablet { browser }
}

/// Chooses the password of a relay after its first start, connects Chatwork and saves these settings. Returns
/// the relay's URL and the admin's browser.
pub(crate) async fn set_up_site(
    program: &mut Program,
    document: &SettingsDocument,
) -> (String, Browser) {
    let base = program.line("listening on ").await;
    let link = program.line("first-run link: ").await;
    let secret = link
        .strip_prefix(&format!("{base}/setup/first-run#link="))
        .expect("a link of this relay");
    let admin = Browser::new(&base);
    let first = FirstRun {
        link: secret.to_owned(),
        password: PASSWORD.to_owned(),
    };
    let _: Session = json(admin.post("/api/first-run").json(&first)).await;
    let connect = Connect {
        token: Office::SAMPLE_TOKEN.to_owned(),
    };
    let _: Connection = json(admin.put("/api/chatwork").json(&connect)).await;
    let put = admin
        .put("/api/settings")
        .header("if-match", "\"v0\"")
        .json(document);
    assert_eq!(status(put).await, 204);
    (base, admin)
}

async fn restart(data: &Path, sim: &Sim, tablet: &Tablet) -> (Program, Tablet) {
    let program = Program::serve(RELAY, data, &sim.api()).await;
    restart_program(program, tablet).await
}

/// Waits for the restarted relay; returns it with the tablet on its new port.
pub(crate) async fn restart_program(mut program: Program, tablet: &Tablet) -> (Program, Tablet) {
    let base = program.line("listening on ").await;
    (
        program,
        Tablet {
            browser: tablet.browser.moved_to(&base),
        },
    )
}

fn message_count(sim: &Sim, draft: &CallDraft) -> usize {
    let reference = draft.reference();
    sim.messages(ROOM)
        .iter()
        .filter(|message| message.body.contains(&reference))
        .count()
}

#[tokio::test]
async fn a_kill_between_post_and_commit_delivers_exactly_once() {
    let sim = start_sim().await;
    let data = tempfile::tempdir().unwrap();
    let (program, tablet) = set_up(data.path(), &sim).await;
    sim.inject(
        Fault::new(Effect::HangAfterStoring)
            .on(RequestFilter::posts())
            .once(),
    );
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    let is_of_call = |message: &chatwork_sim::Message| message.body.contains(&draft.reference());
    sim.wait_for_message(ROOM, is_of_call, Duration::from_secs(90))
        .await
        .unwrap();
    program.kill().await;

    let (program, tablet) = restart(data.path(), &sim, &tablet).await;
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
    assert_eq!(message_count(&sim, &draft), 1);
    assert_eq!(program.terminate().await, Some(0));
}

#[tokio::test]
async fn a_kill_with_waiting_calls_loses_none() {
    let sim = start_sim().await;
    let data = tempfile::tempdir().unwrap();
    let (program, tablet) = set_up(data.path(), &sim).await;
    let fault =
        sim.inject(Fault::new(Effect::ServerError { status: 503 }).on(RequestFilter::posts()));
    let mut drafts = Vec::new();
    for _ in 0..5 {
        let draft = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&draft).await;
        drafts.push(draft);
    }
    program.kill().await;
    sim.remove_fault(fault);
    let (program, tablet) = restart(data.path(), &sim, &tablet).await;
    for draft in &drafts {
        assert_eq!(tablet.final_status(draft).await.state, CallState::Notified);
        assert_eq!(message_count(&sim, draft), 1);
    }
    assert_eq!(program.terminate().await, Some(0));
}

#[tokio::test]
async fn sigterm_shuts_down_gracefully_with_open_streams() {
    let sim = start_sim().await;
    let data = tempfile::tempdir().unwrap();
    let (program, tablet) = set_up(data.path(), &sim).await;
    let mut events = tablet.events().await;
    assert_eq!(program.terminate().await, Some(0));
    while events.next().await.is_some() {}
}

#[tokio::test]
async fn the_demo_prints_three_links_that_can_be_reused() {
    let mut demo = Program::start(RELAY, &["demo", "--listen", "127.0.0.1:0"]);
    let kiosk = demo.line("kiosk:").await;
    let set_up = demo.line("set-up:").await;
    let chatwork = demo.line("simulated Chatwork:").await;
    let (base, code) = kiosk.split_once("/pair#code=").expect("a pairing link");
    let (_, secret) = set_up
        .split_once("/setup/sign-in#link=")
        .expect("a sign-in link");
    for _ in 0..2 {
        let browser = Browser::new(base);
        let pair = Pair {
            code: code.to_owned(),
        };
        let _: Paired = json(browser.post("/api/pair").json(&pair)).await;
        let login = Login::Link(secret.to_owned());
        let session: Session = json(browser.post("/api/login").json(&login)).await;
        assert!(session.admin && session.demo && !session.first_run);
        let session: Session = json(browser.get("/api/session")).await;
        assert!(
            session.admin && session.device.is_some(),
            "one browser has both roles"
        );
        let connection: Connection = json(browser.get("/api/chatwork")).await;
        assert!(matches!(connection, Connection::Connected { .. }));
    }
    assert_eq!(status(Browser::new(&chatwork).get("/")).await, 200);
    assert_eq!(demo.terminate().await, Some(0));
}

#[test]
fn the_demo_refuses_the_data_folder_of_a_real_relay() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("yobirin.db"), "").unwrap();
    let output = Command::new(RELAY)
        .args(["demo", "--listen", "127.0.0.1:0", "--data"])
        .arg(data.path())
        .env_clear()
        .output()
        .unwrap();
    assert!(!output.status.success());
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(words.contains("choose another folder"), "{words}");
    assert!(
        !data.path().join("lock").exists(),
        "the demo refuses the folder before it opens it"
    );
}

#[test]
fn invalid_options_exit_with_one_line_and_code_2() {
    let run = |arguments: &[&str]| {
        Command::new(RELAY)
            .args(arguments)
            .env_clear()
            .output()
            .unwrap()
    };
    for wrong in [
        ["--listen", "nowhere"],
        ["--public-url", "reception"],
        ["--chatwork-api", "http://api.chatwork.com"],
        ["--metrics-token", "short"],
        ["--database", "mysql://db/yobirin"],
        ["--keep-history-days", "0"],
        ["--nonsense", "1"],
    ] {
        let output = run(&wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(words.contains(wrong[0]), "{wrong:?}: {words}");
        assert_eq!(words.lines().count(), 1, "{wrong:?}: {words}");
    }
    let help = String::from_utf8(run(&["--help"]).stdout).unwrap();
    for option in [
        "--listen",
        "--data",
        "--public-url",
        "--chatwork-api",
        "--log",
        "--tls-cert",
        "--tls-key",
        "--metrics-token",
        "--database",
        "--keep-history-days",
        "YOBIRIN_DATA",
    ] {
        assert!(help.contains(option), "{option} in {help}");
    }
}

#[tokio::test]
async fn a_data_folder_admits_one_relay_only() {
    let sim = start_sim().await;
    let data = tempfile::tempdir().unwrap();
    let (program, _) = set_up(data.path(), &sim).await;
    let second = Command::new(RELAY)
        .args([
            "--listen",
            "127.0.0.1:0",
            "--data",
            data.path().to_str().unwrap(),
        ])
        .env_clear()
        .output()
        .unwrap();
    assert_eq!(second.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&second.stderr).contains("in use by another relay"));
    assert_eq!(program.terminate().await, Some(0));
}

#[tokio::test]
async fn log_lines_contain_no_token_name_or_message_text() {
    let sim = start_sim().await;
    let data = tempfile::tempdir().unwrap();
    let log = data.path().join("log.txt");
    let script = format!(
        "exec {RELAY} --listen 127.0.0.1:0 --data {}/data --chatwork-api {} --log json 2>{}",
        data.path().display(),
        sim.api(),
        log.display(),
    );
    let mut program = Program::start("/bin/sh", &["-c", &script]);
    let base = program.line("listening on ").await;
    let link = program.line("first-run link: ").await;
    let secret = link.split_once("#link=").unwrap().1.to_owned();
    let admin = Browser::new(&base);
    let first = FirstRun {
        link: secret.clone(),
        password: PASSWORD.to_owned(),
    };
    let _: Session = json(admin.post("/api/first-run").json(&first)).await;
    let connect = Connect {
        token: Office::SAMPLE_TOKEN.to_owned(),
    };
    let _: Connection = json(admin.put("/api/chatwork").json(&connect)).await;
    let put = admin
        .put("/api/settings")
        .header("if-match", "\"v0\"")
        .json(&settings());
    assert_eq!(status(put).await, 204);
    let code: PairingCode = json(admin.post(&format!("/api/devices/{LOBBY}/pairing-code"))).await;
    let _: Paired = json(admin.post("/api/pair").json(&Pair {
        code: code.code.clone(),
    }))
    .await;
    let tablet = Tablet { browser: admin };
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    tablet.final_status(&draft).await;
    assert_eq!(program.terminate().await, Some(0));
    let text = std::fs::read_to_string(&log).unwrap();
    assert!(text.lines().count() > 5, "the log has lines: {text}");
    for line in text.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
    for secret in [
        &*secret,
        PASSWORD,
        Office::SAMPLE_TOKEN,
        "山田",
        "お客様",
        &code.code,
    ] {
        assert!(!text.contains(secret), "{secret} is in the log");
    }
}

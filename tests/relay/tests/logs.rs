//! The log: one short line for each action with its actor, and no injection by callers.

use std::path::Path;

use chatwork_sim::Sim;
use relay_tests::{
    Browser, CallDraft, HOST, LOBBY, PASSWORD, Program, ROOM, RawClient, Tablet, eventually, json,
    refusal, settings, settings_with_answers, status,
};
use serde_json::Value;
use yobirin_api::ErrorCode;
use yobirin_api::device::{Pair, Paired, PairingCode};
use yobirin_api::session::Login;

use crate::program::{RELAY, set_up_site, start_sim};

/// Length of the identifier of a caller in characters.
const CALLER_LENGTH: usize = 12;
/// Maximum length of a line in bytes.
const MAX_LINE_BYTES: usize = 600;

/// Starts the relay with its log in the file `log` beside its data folder.
fn start(format: &str, data: &Path, sim: &Sim) -> Program {
    start_with(format, data, sim, &[("RUST_LOG", "debug")])
}

fn start_with(format: &str, data: &Path, sim: &Sim, variables: &[(&str, &str)]) -> Program {
    let script = format!(
        "exec {RELAY} --listen 127.0.0.1:0 --data {}/data --chatwork-api {} --log {format} 2>{}",
        data.display(),
        sim.api(),
        data.join("log").display(),
    );
    Program::start_with("/bin/sh", &["-c", &script], variables)
}

fn login(browser: &Browser, password: &str) -> reqwest::RequestBuilder {
    let login = Login::Password(password.to_owned());
    browser.post("/api/login").json(&login)
}

#[tokio::test]
async fn the_log_records_every_action_and_its_actor() {
    let sim = start_sim().await;
    let data = tempfile::tempdir().unwrap();
    let mut program = start("json", data.path(), &sim);
    let (base, admin) = set_up_site(&mut program, &settings()).await;
    let new_browser = Browser::new(&base);
    assert_eq!(
        refusal(login(&new_browser, "guess")).await,
        ErrorCode::WrongSecret
    );
    assert_eq!(status(login(&new_browser, PASSWORD)).await, 200);
    let unpaired = Browser::new(&base);
    assert_eq!(
        refusal(unpaired.get("/api/settings")).await,
        ErrorCode::NotSignedIn
    );
    let wrong = Pair {
        code: "BCDF-GHJK".to_owned(),
    };
    assert_eq!(
        refusal(unpaired.post("/api/pair").json(&wrong)).await,
        ErrorCode::BadPairingCode
    );
    let path = format!("/api/devices/{LOBBY}/pairing-code");
    let code: PairingCode = json(admin.post(&path)).await;
    assert_eq!(
        status(unpaired.post("/api/pair").json(&Pair { code: code.code })).await,
        200
    );
    let tablet = Tablet { browser: unpaired };
    let to_unknown_room = CallDraft::now().to_room(ROOM + 999);
    assert_eq!(
        refusal(tablet.hand_over_request(&to_unknown_room)).await,
        ErrorCode::DestinationNotAllowed
    );
    let foreign = reqwest::Client::new().post(format!("{base}/api/logout"));
    let foreign = foreign.header("sec-fetch-site", "cross-site");
    assert_eq!(refusal(foreign).await, ErrorCode::ForeignOrigin);
    let wrong_host = admin.get("/api/session").header("host", "evil.example");
    assert_eq!(refusal(wrong_host).await, ErrorCode::WrongHost);
    let malformed = admin
        .post("/api/login")
        .header("content-type", "application/json")
        .body("{");
    assert_eq!(refusal(malformed).await, ErrorCode::Malformed);
    assert_eq!(status(admin.post("/api/logout")).await, 204);
    assert_eq!(program.terminate().await, Some(0));

    let log = std::fs::read_to_string(data.path().join("log")).unwrap();
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let requests = lines
        .iter()
        .filter(|line| line["fields"]["message"] == "request");
    let logged: Vec<[&str; 3]> = requests
        .clone()
        .filter_map(|line| {
            let fields = &line["fields"];
            let text = |name: &str| fields[name].as_str().unwrap_or("");
            Some([fields["event"].as_str()?, text("actor"), text("factor")])
        })
        .collect();
    let expected = [
        ["password_set", "anonymous", ""],
        ["token_connected", "admin", ""],
        ["settings_saved", "admin", ""],
        ["sign_in_failed", "anonymous", "password"],
        ["signed_in", "anonymous", "password"],
        ["access_refused", "anonymous", ""],
        ["pairing_failed", "anonymous", ""],
        ["pairing_code_made", "admin", ""],
        ["paired", "anonymous", ""],
        ["call_refused", "tablet", ""],
        ["foreign_page_refused", "anonymous", ""],
        ["wrong_host_refused", "anonymous", ""],
        ["input_refused", "anonymous", ""],
        ["signed_out", "anonymous", ""],
    ];
    assert_eq!(logged, expected);
    let mut callers: Vec<&str> = requests
        .filter_map(|line| line["span"]["caller"].as_str())
        .collect();
    assert!(
        callers.len() >= expected.len(),
        "each request names its caller"
    );
    callers.dedup();
    assert_eq!(callers.len(), 1, "a caller has one identifier: {callers:?}");
    assert_eq!(callers[0].len(), CALLER_LENGTH);
}

#[tokio::test]
async fn without_options_the_log_has_start_changes_and_deliveries_in_plain_fields() {
    let (sim, data) = (start_sim().await, tempfile::tempdir().unwrap());
    let mut program = start_with("json", data.path(), &sim, &[]);
    let (base, admin) = set_up_site(&mut program, &settings()).await;
    let code: PairingCode = json(admin.post(&format!("/api/devices/{LOBBY}/pairing-code"))).await;
    let pair = admin.post("/api/pair").json(&Pair { code: code.code });
    assert_eq!(status(pair).await, 200);
    let tablet = Tablet { browser: admin };
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    tablet.final_status(&draft).await;
    let guess = login(&tablet.browser, "guess");
    assert_eq!(refusal(guess).await, ErrorCode::WrongSecret);
    assert_eq!(program.terminate().await, Some(0));

    let log = std::fs::read_to_string(data.path().join("log")).unwrap();
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let fields: Vec<&Value> = lines.iter().map(|line| &line["fields"]).collect();
    let entries_with = |message: &str| {
        let found = fields.iter().filter(|line| line["message"] == message);
        found.copied().collect::<Vec<_>>()
    };
    let started = entries_with("started")[0];
    assert_eq!(started["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(started["listening"], *base);
    let folder = data.path().join("data");
    assert_eq!(started["data"], *folder.to_str().unwrap());
    assert_eq!(entries_with("stopped").len(), 1);

    let delivered = entries_with("delivery updated");
    let delivered = delivered.last().unwrap();
    assert_eq!(delivered["state"], "delivered");
    assert_eq!(delivered["attempt"], "delivered");
    assert_eq!(delivered["room"], ROOM);
    let message = &sim.messages(ROOM)[0];
    assert_eq!(delivered["message_id"], *message.message_id.to_string());

    let requests = entries_with("request");
    for request in &requests {
        assert!(request["event"].is_string(), "only changes: {request}");
        assert!(request["duration_us"].is_u64(), "{request}");
    }
    assert!(requests.iter().any(|line| line["code"] == "wrong_secret"));
    let texts = fields.iter().filter_map(|line| line.as_object());
    for (name, text) in texts.flatten() {
        let text = text.as_str().unwrap_or_default();
        let is_debug = ["{ ", "(\"", "Some("]
            .iter()
            .any(|form| text.contains(form));
        assert!(!is_debug, "{name}: {text}");
    }
}

#[tokio::test]
async fn neither_talk_among_colleagues_nor_the_words_of_an_answer_are_logged() {
    let sim = start_sim().await;
    let data = tempfile::tempdir().unwrap();
    let mut program = start_with(
        "json",
        data.path(),
        &sim,
        &[("RUST_LOG", "trace,hyper=debug")],
    );
    let (base, admin) = set_up_site(&mut program, &settings_with_answers()).await;
    let path = format!("/api/devices/{LOBBY}/pairing-code");
    let code: PairingCode = json(admin.post(&path)).await;
    let browser = Browser::new(&base);
    let _: Paired = json(browser.post("/api/pair").json(&Pair { code: code.code })).await;
    let tablet = Tablet { browser };
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    tablet.final_status(&draft).await;
    let post = sim.messages(ROOM).remove(0).message_id;
    sim.post_as(ROOM, HOST, "ひみつの会議です").unwrap();
    sim.reply_as(ROOM, HOST, post, "ひみつの場所へ行きます")
        .unwrap();
    eventually("the answer is shown", async || {
        tablet.status(&draft).await.answer
    })
    .await;
    assert_eq!(program.terminate().await, Some(0));
    let log = std::fs::read_to_string(data.path().join("log")).unwrap();
    assert!(log.contains("answer stored"), "{log}");
    assert!(!log.contains("ひみつ") && !log.contains("\\u3072"), "{log}");
}

#[tokio::test]
async fn callers_cannot_inject_log_lines() {
    for format in ["json", "text"] {
        let sim = start_sim().await;
        let data = tempfile::tempdir().unwrap();
        let mut program = start(format, data.path(), &sim);
        let base = program.line("listening on ").await;
        let long = "EVIL".repeat(15_000);
        for request in [
            format!("{long} /api/session HTTP/1.1\r\nhost: localhost\r\n\r\n"),
            format!("GET /api/{long} HTTP/1.1\r\nhost: localhost\r\n\r\n"),
            format!("GET /api/settings?{long} HTTP/1.1\r\nhost: localhost\r\n\r\n"),
            format!("GET /api/settings HTTP/1.1\r\nhost: {long}\r\n\r\n"),
            format!("GET /api/settings HTTP/1.1\r\nhost: localhost\r\ncookie: {long}\r\n\r\n"),
            "GET /api/calls/EVIL%0a2026 HTTP/1.1\r\nhost: localhost\r\n\r\n".to_owned(),
            "GET /api/calls/\x1b[2JEVIL HTTP/1.1\r\nhost: localhost\r\n\r\n".to_owned(),
        ] {
            let mut client = RawClient::connect(&base).await;
            client.send(&request).await;
            client.read_response(false).await;
        }
        assert_eq!(program.terminate().await, Some(0));
        let log = std::fs::read_to_string(data.path().join("log")).unwrap();
        assert!(
            log.contains("path=\"/api/settings\"") || log.contains("\"path\":\"/api/settings\""),
            "{log}"
        );
        for line in log.lines() {
            assert!(
                line.len() <= MAX_LINE_BYTES,
                "{} bytes: {line:.400}",
                line.len()
            );
            assert!(!line.contains("EVIL"), "{line:.400}");
            let begins = if format == "json" {
                "{\"timestamp\""
            } else {
                "20"
            };
            assert!(line.starts_with(begins), "not a record: {line:.400}");
        }
    }
}

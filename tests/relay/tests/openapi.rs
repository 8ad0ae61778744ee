//! The OpenAPI document, which schemathesis compares with the relay's behavior.
//!
//! Needs python3 with venv, and PyPI. Without them the test is skipped with a message, unless
//! `YOBIRIN_REQUIRE_THIRD_PARTY=1`.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use relay_tests::{LOBBY, PASSWORD, TestApp, json};

const CRATE: &str = env!("CARGO_MANIFEST_DIR");
const TARGET: &str = env!("CARGO_TARGET_TMPDIR");

#[tokio::test]
async fn the_openapi_document_is_public() {
    let app = TestApp::unconfigured().await;
    let document: serde_json::Value = json(app.new_browser().get("/api/openapi.json")).await;
    assert_eq!(document["openapi"], "3.1.0");
    for name in ["SettingsDocument", "Call", "ErrorBody", "Event"] {
        let schema = &document["components"]["schemas"][name];
        assert!(schema.is_object(), "{name} is documented");
    }
    app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn schemathesis_finds_no_deviation_from_the_openapi_document() {
    let program = match environment() {
        Ok(program) => program,
        Err(why)
            if std::env::var_os("YOBIRIN_REQUIRE_THIRD_PARTY")
                .is_some_and(|value| value == "1") =>
        {
            panic!("schemathesis is required: {why}")
        }
        Err(why) => {
            // `println!` output of a passing test is captured.
            let _ = writeln!(std::io::stderr(), "skipped: schemathesis, because {why}");
            return;
        }
    };
    let app = TestApp::start().await;
    let sign_in_request = app.sign_in_request(&app.new_browser(), PASSWORD);
    let session = sign_in_request.send().await.unwrap();
    let session = session.headers()["set-cookie"].to_str().unwrap();
    let session = session.split(';').next().unwrap_or_default();
    let link = app.personal_link("hanako").await;
    let own_page = app
        .open_link_request(&app.new_browser(), &link)
        .send()
        .await
        .unwrap();
    let own_page = own_page.headers()["set-cookie"].to_str().unwrap();
    let own_page = own_page.split(';').next().unwrap_or_default();
    let device = app.device_cookie(LOBBY).await;
    let cookies = format!("Cookie: {session}; {own_page}; {device}");
    let url = format!("{}/api/openapi.json", app.url());
    let run = tokio::task::spawn_blocking(move || {
        let mut arguments = vec!["run", &*url, "--header", &*cookies];
        arguments.extend(SCHEMATHESIS_ARGUMENTS);
        run(&program, &arguments)
    });
    let result = run
        .await
        .expect("the check of the API ended without a panic");
    result.unwrap_or_else(|why| panic!("{why}"));
    app.close().await;
}

/// About half a minute of deterministic requests, without endpoints that end the session or stream forever.
const SCHEMATHESIS_ARGUMENTS: &[&str] = &[
    "--checks",
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
    "--exclude-path",
    "/api/events",
    "--exclude-path",
    "/api/logout",
    "--exclude-path",
    "/api/me/close",
    "--exclude-path",
    "/api/login",
    "--exclude-path",
    "/api/pair",
    "--exclude-path",
    "/api/password",
    "--max-time",
    "30",
    "--phases",
    "examples,coverage,fuzzing",
    "--max-examples",
    "20",
    "--seed",
    "1",
    "--generation-deterministic",
    "--no-color",
];

/// Schemathesis in a virtual environment with the packages of `requirements.txt`, created on first use.
fn environment() -> Result<PathBuf, String> {
    let home = Path::new(TARGET).join("schemathesis");
    let python = home.join("bin/python");
    if !python.exists() {
        run(
            Path::new("python3"),
            &["-m".as_ref(), "venv".as_ref(), home.as_os_str()],
        )?;
    }
    let requirements = Path::new(CRATE).join("third_party/requirements.txt");
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--requirement",
    ];
    let mut arguments: Vec<&OsStr> = pip.iter().map(AsRef::as_ref).collect();
    arguments.push(requirements.as_ref());
    run(&python, &arguments)?;
    Ok(home.join("bin/schemathesis"))
}

/// Runs a program; returns its output as the error when it fails.
fn run(program: &Path, arguments: &[impl AsRef<OsStr>]) -> Result<(), String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(TARGET)
        // The relay is on loopback, which no proxy may handle.
        .env("NO_PROXY", "127.0.0.1")
        .env("PYTHONUTF8", "1")
        .output()
        .map_err(|error| format!("{} does not start: {error}", program.display()))?;
    if output.status.success() {
        return Ok(());
    }
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).trim().to_owned();
    Err(format!("{} failed: {text}", program.display()))
}

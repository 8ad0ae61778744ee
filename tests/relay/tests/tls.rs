//! HTTPS without a proxy: `tls-init`, certificates, and loading a new one while running.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use relay_tests::{PASSWORD, Program, eventually, json, settings, status};
use reqwest::tls::TlsInfo;
use reqwest::{Certificate, Client, ClientBuilder, Method};
use yobirin_api::device::PairingCode;
use yobirin_api::session::FirstRun;

const RELAY: &str = env!("CARGO_BIN_EXE_relay-under-test");

/// Number of new connections after a reload that must still get the old certificate.
const CONNECTIONS: usize = 20;

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(RELAY);
    command.args(arguments).env_clear().output().unwrap()
}

fn tls_init(data: &Path) -> String {
    let output = run(&["tls-init", "127.0.0.1", "--data", data.to_str().unwrap()]);
    let output_text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{output_text} {:?}", output.stderr);
    output_text
}

/// An HTTP client that trusts only the office's own authority.
fn trusting_client(data: &Path) -> Client {
    trusting_client_builder(data).build().unwrap()
}

fn trusting_client_builder(data: &Path) -> ClientBuilder {
    // Fails when another test has installed it already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let authority = std::fs::read(data.join("tls/ca.pem")).unwrap();
    Client::builder()
        .tls_certs_only([Certificate::from_pem(&authority).unwrap()])
        .tls_info(true)
        .pool_max_idle_per_host(0)
        .no_proxy()
}

fn serve(data: &Path) -> Program {
    let (cert, key) = (data.join("tls/cert.pem"), data.join("tls/key.pem"));
    Program::start(
        RELAY,
        &[
            "--listen",
            "127.0.0.1:0",
            "--data",
            data.to_str().unwrap(),
            "--tls-cert",
            cert.to_str().unwrap(),
            "--tls-key",
            key.to_str().unwrap(),
        ],
    )
}

/// The certificate that the relay presents on a new connection.
async fn presented_certificate(browser: &Client, url: &str) -> Vec<u8> {
    let response = browser.get(format!("{url}/healthz")).send().await.unwrap();
    let info = response.extensions().get::<TlsInfo>().unwrap();
    info.peer_certificate().unwrap().to_vec()
}

#[tokio::test]
async fn browsers_that_trust_the_offices_authority_connect_over_https() {
    let data = tempfile::tempdir().unwrap();
    let output_text = tls_init(data.path());
    for word in ["ca.pem", "--tls-cert", "iPad", "Android"] {
        assert!(output_text.contains(word), "{word} in {output_text}");
    }
    let mut program = serve(data.path());
    let url = program.line("listening on ").await;
    assert!(url.starts_with("https://127.0.0.1:"), "{url}");
    let link = program.line("first-run link: ").await;
    let (page, secret) = link.split_once("#link=").unwrap();
    assert_eq!(page, format!("{url}/setup/first-run"));

    let first = FirstRun {
        link: secret.to_owned(),
        password: PASSWORD.to_owned(),
    };
    let browser = trusting_client(data.path());
    let post = browser.post(format!("{url}/api/first-run")).json(&first);
    let response = post.send().await.unwrap();
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    assert!(
        cookie.starts_with("__Host-") && cookie.contains("Secure"),
        "{cookie}"
    );
    let strict = "max-age=31536000; includeSubDomains";
    assert_eq!(response.headers()["strict-transport-security"], strict);
    assert_eq!(response.version(), reqwest::Version::HTTP_2);

    // Links use the host of the request, which HTTP/2 carries in `:authority`.
    let request = |method, path: &str| {
        let cookie = cookie.split(';').next().unwrap_or_default();
        browser
            .request(method, format!("{url}{path}"))
            .header("sec-fetch-site", "same-origin")
            .header("cookie", cookie)
    };
    let current = request(Method::GET, "/api/settings").send().await.unwrap();
    let put = request(Method::PUT, "/api/settings").json(&settings());
    let put = put.header("if-match", &current.headers()["etag"]);
    assert_eq!(status(put).await, 204);
    let code: PairingCode = json(request(Method::POST, "/api/devices/lobby/pairing-code")).await;
    assert_eq!(code.link, format!("{url}/pair#code={}", code.code));
    assert_eq!(program.terminate().await, Some(0));
}

#[tokio::test]
async fn a_new_certificate_is_loaded_while_running_and_an_invalid_one_is_refused() {
    let data = tempfile::tempdir().unwrap();
    tls_init(data.path());
    let mut program = serve(data.path());
    let url = program.line("listening on ").await;
    let browser = trusting_client(data.path());
    let old = presented_certificate(&browser, &url).await;

    // The authority is unchanged, so the browser trusts the new certificate.
    tls_init(data.path());
    assert_eq!(
        presented_certificate(&browser, &url).await,
        old,
        "the relay keeps the old certificate until it reloads"
    );
    program.send_sighup().await;
    let new = eventually("the new certificate is shown", async || {
        Some(presented_certificate(&browser, &url).await).filter(|shown| *shown != old)
    })
    .await;

    std::fs::write(data.path().join("tls/cert.pem"), "nonsense").unwrap();
    program.send_sighup().await;
    for _ in 0..CONNECTIONS {
        assert_eq!(
            presented_certificate(&browser, &url).await,
            new,
            "the old certificate stays in use"
        );
    }
    assert_eq!(program.terminate().await, Some(0));
}

#[test]
fn tls_init_does_not_replace_an_authority_without_its_key() {
    let data = tempfile::tempdir().unwrap();
    tls_init(data.path());
    let file = |name: &str| data.path().join("tls").join(name);
    let before = std::fs::read(file("ca.pem")).unwrap();
    std::fs::rename(file("ca.key"), file("elsewhere")).unwrap();
    let data_folder = data.path().to_str().unwrap();
    let output = run(&["tls-init", "127.0.0.1", "--data", data_folder]);
    assert!(!output.status.success());
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(
        words.contains("ca.key") && words.contains("put it back"),
        "{words}"
    );
    assert_eq!(std::fs::read(file("ca.pem")).unwrap(), before);
}

#[tokio::test]
async fn the_relay_accepts_the_host_names_of_its_certificate() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().to_str().unwrap();
    let made = run(&["tls-init", "reception.local", "127.0.0.1", "--data", folder]);
    assert!(made.status.success(), "{made:?}");
    let output_text = String::from_utf8_lossy(&made.stdout);
    assert!(
        output_text.contains("--public-url https://reception.local:PORT"),
        "{output_text}"
    );
    let mut program = serve(data.path());
    let url = program.line("listening on ").await;
    let address = url.strip_prefix("https://").unwrap();
    let builder =
        trusting_client_builder(data.path()).resolve("reception.local", address.parse().unwrap());
    let named = format!(
        "https://reception.local:{}",
        address.rsplit(':').next().unwrap()
    );
    let browser = builder.build().unwrap();
    assert_eq!(status(browser.get(format!("{url}/api/session"))).await, 200);
    assert_eq!(
        status(browser.get(format!("{named}/api/session"))).await,
        200
    );
    // HTTP/2 takes the host from the URL.
    let browser = trusting_client_builder(data.path())
        .http1_only()
        .build()
        .unwrap();
    let foreign = browser.get(format!("{url}/api/session"));
    assert_eq!(status(foreign.header("host", "evil.example")).await, 421);
    assert_eq!(program.terminate().await, Some(0));
}

#[test]
fn the_authority_is_constrained_to_its_names() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().to_str().unwrap();
    tls_init(data.path());
    let before = std::fs::read(data.path().join("tls/cert.pem")).unwrap();
    for other in ["reception.local", "192.0.2.7"] {
        let refused = run(&["tls-init", "127.0.0.1", other, "--data", folder]);
        let words = String::from_utf8_lossy(&refused.stderr);
        assert_eq!(refused.status.code(), Some(1), "{words}");
        assert!(
            words.contains(other) && words.contains("Move ca.pem and ca.key away"),
            "{words}"
        );
    }
    for bad in ["https://reception.local", "reception.local:8443", "a b", ""] {
        let refused = run(&["tls-init", bad, "--data", folder]);
        assert_eq!(refused.status.code(), Some(2), "{bad}");
        assert!(
            String::from_utf8_lossy(&refused.stderr).contains("without https://"),
            "{bad}"
        );
    }
    let after = std::fs::read(data.path().join("tls/cert.pem")).unwrap();
    assert_eq!(after, before, "a refused certificate changes nothing");
}

#[tokio::test]
async fn a_private_key_that_others_can_read_is_refused() {
    let data = tempfile::tempdir().unwrap();
    tls_init(data.path());
    let mut program = serve(data.path());
    let url = program.line("listening on ").await;
    let browser = trusting_client(data.path());
    let old = presented_certificate(&browser, &url).await;
    tls_init(data.path());
    let (folder, key) = (
        data.path().to_str().unwrap(),
        data.path().join("tls/key.pem"),
    );
    std::fs::set_permissions(&key, Permissions::from_mode(0o644)).unwrap();
    program.send_sighup().await;
    for _ in 0..CONNECTIONS {
        assert_eq!(
            presented_certificate(&browser, &url).await,
            old,
            "the old certificate stays in use"
        );
    }
    assert_eq!(program.terminate().await, Some(0));

    let cert = data.path().join("tls/cert.pem");
    let files = [
        "--tls-cert",
        cert.to_str().unwrap(),
        "--tls-key",
        key.to_str().unwrap(),
    ];
    let refused = run(&[&["--listen", "127.0.0.1:0", "--data", folder][..], &files].concat());
    let words = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(2), "{words}");
    assert!(
        words.contains("mode 644") && words.contains("chmod 600"),
        "{words}"
    );

    let authority = data.path().join("tls/ca.key");
    std::fs::set_permissions(&authority, Permissions::from_mode(0o604)).unwrap();
    let refused = run(&["tls-init", "127.0.0.1", "--data", folder]);
    let words = String::from_utf8_lossy(&refused.stderr);
    assert!(
        !refused.status.success() && words.contains("chmod 600"),
        "{words}"
    );
}

#[test]
fn invalid_tls_files_exit_with_one_line_and_code_2() {
    let data = tempfile::tempdir().unwrap();
    tls_init(data.path());
    let path = |name: &str| data.path().join("tls").join(name);
    std::fs::write(path("empty"), "").unwrap();
    let bad = [
        ("missing", "key.pem", "missing"),
        ("empty", "key.pem", "empty"),
        ("cert.pem", "missing", "missing"),
        ("cert.pem", "cert.pem", "cert.pem"),
        ("cert.pem", "ca.key", "--tls-cert and --tls-key"),
    ];
    for (cert, key, named) in bad {
        let output = run(&[
            "--listen",
            "127.0.0.1:0",
            "--data",
            data.path().to_str().unwrap(),
            "--tls-cert",
            path(cert).to_str().unwrap(),
            "--tls-key",
            path(key).to_str().unwrap(),
        ]);
        let words = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{cert}, {key}: {words}");
        assert_eq!(words.lines().count(), 1, "{words}");
        assert!(words.contains(named), "{named} in {words}");
    }
}

#[tokio::test]
async fn plain_http_for_other_machines_requires_an_option() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("data");
    let start = |options: &str| {
        let (folder, log) = (folder.display(), data.path().join("log"));
        let log = log.display();
        let script = format!("exec {RELAY} --data {folder} {options} 2>{log}");
        Program::start("/bin/sh", &["-c", &script])
    };
    let output_text = || std::fs::read_to_string(data.path().join("log")).unwrap();
    for refused in [
        "--listen 0.0.0.0:0",
        "--listen [::]:0 --public-url http://reception.example",
    ] {
        assert_eq!(start(refused).wait_for_exit().await, Some(2), "{refused}");
        assert_eq!(output_text().lines().count(), 1, "{}", output_text());
        assert!(output_text().contains("--plain-http"), "{}", output_text());
        assert!(
            !folder.exists(),
            "the relay refuses the options before it creates the data folder"
        );
    }
    for (options, is_warned) in [
        ("--listen 0.0.0.0:0 --plain-http", true),
        (
            "--listen 0.0.0.0:0 --public-url https://reception.example",
            false,
        ),
        ("--listen 127.0.0.1:0", false),
    ] {
        let mut program = start(options);
        program.line("listening on ").await;
        assert_eq!(program.terminate().await, Some(0));
        assert_eq!(
            output_text().contains("plain http"),
            is_warned,
            "{options}: {}",
            output_text()
        );
    }
}

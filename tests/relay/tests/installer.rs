//! The program at installation: `--help`, refusals of wrong options that say what to do, and the office's HTTP proxy.

use std::process::{Command, Output};

use chatwork_sim::Office;
use relay_tests::{Browser, PASSWORD, Program, json, refusal};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;
use yobirin_api::ErrorCode;
use yobirin_api::chatwork::Connect;
use yobirin_api::session::{FirstRun, Session};

use crate::program::RELAY;

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(RELAY);
    command.args(arguments).env_clear().output().unwrap()
}

/// Checks the exit code and that the refusal is one line; returns the line.
fn refused(arguments: &[&str], code: i32) -> String {
    let output = run(arguments);
    let words = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {words}");
    assert_eq!(words.lines().count(), 1, "{arguments:?}: {words}");
    words
}

#[test]
fn the_help_lists_the_environment_and_the_exit_codes() {
    for arguments in [&["--help"][..], &["serve", "--help"]] {
        let help = String::from_utf8(run(arguments).stdout).unwrap();
        for word in ["HTTPS_PROXY", "NO_PROXY", "RUST_LOG", "Exit codes"] {
            assert!(help.contains(word), "{word} in {help}");
        }
    }
}

#[test]
fn a_typing_error_is_refused_with_a_suggestion_or_an_example() {
    let message = refused(&["servee"], 2);
    assert!(message.contains("'serve'"), "{message}");
    let message = refused(&["serve", "--listen", "8451"], 2);
    assert!(message.contains("127.0.0.1:8451"), "{message}");
}

#[test]
fn an_alarm_webhook_on_a_private_network_is_refused_with_the_option_that_allows_it() {
    let data = tempfile::tempdir().unwrap();
    let secret = data.path().join("secret");
    std::fs::write(&secret, "0123456789abcdef").unwrap();
    for url in ["https://127.0.0.1/hunter2", "https://[fd00::7]/hunter2"] {
        let options = ["--data", data.path().to_str().unwrap()];
        let webhook = ["--alarm-webhook", url];
        let secret = ["--alarm-webhook-secret", secret.to_str().unwrap()];
        let message = refused(&[options, webhook, secret].concat(), 2);
        for part in ["--alarm-webhook:", "allow", "--alarm-webhook-private"] {
            assert!(message.contains(part), "{message}");
        }
        assert!(!message.contains("hunter2"), "{message}");
    }
}

#[test]
fn a_certificate_may_be_for_several_names_and_links_have_brackets_around_ipv6() {
    let data = tempfile::tempdir().unwrap();
    let hosts = [
        "tls-init",
        "[2001:db8::5]",
        "reception.local",
        "192.168.1.5",
    ];
    let made = run(&[&hosts[..], &["--data", data.path().to_str().unwrap()]].concat());
    let next = String::from_utf8(made.stdout).unwrap();
    assert!(made.status.success(), "{next}");
    for words in [
        "2001:db8::5, reception.local, 192.168.1.5",
        "--public-url https://[2001:db8::5]:",
    ] {
        assert!(next.contains(words), "{words} in {next}");
    }
}

#[test]
fn a_file_in_place_of_the_data_folder_is_called_a_file() {
    let parent = tempfile::tempdir().unwrap();
    let file = parent.path().join("file");
    std::fs::write(&file, "").unwrap();
    let data = file.to_str().unwrap();
    for command in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["tls-init", "localhost"],
    ] {
        let message = refused(&[command, &["--data", data]].concat(), 1);
        assert!(message.contains("a file and not a folder"), "{message}");
        assert!(
            message.contains(data) && !message.contains("os error"),
            "{message}"
        );
    }
}

#[tokio::test]
async fn requests_to_chatwork_take_the_proxy_of_the_environment() {
    let (data, office) = (
        tempfile::tempdir().unwrap(),
        TcpListener::bind("127.0.0.1:0").await,
    );
    let office = office.unwrap();
    let proxy = format!("http://{}", office.local_addr().unwrap());
    let folder = data.path().to_str().unwrap();
    let options = ["--listen", "127.0.0.1:0", "--data", folder];
    let api = ["--chatwork-api", "https://chatwork.invalid/v2"];
    let arguments = [&options[..], &api].concat();
    let mut program = Program::start_with(RELAY, &arguments, &[("HTTPS_PROXY", &proxy)]);
    let base = program.line("listening on ").await;
    let link = program.line("first-run link: ").await;
    let admin = Browser::new(&base);
    let first = FirstRun {
        link: link.split_once("#link=").unwrap().1.to_owned(),
        password: PASSWORD.to_owned(),
    };
    let _: Session = json(admin.post("/api/first-run").json(&first)).await;
    let token = Office::SAMPLE_TOKEN.to_owned();
    let connect = admin.put("/api/chatwork").json(&Connect { token });
    let proxied = async {
        let (mut stream, _) = office.accept().await.unwrap();
        let mut start = [0; 32];
        stream.read_exact(&mut start).await.unwrap();
        String::from_utf8(start.to_vec()).unwrap()
    };
    let (code, line) = tokio::join!(refusal(connect), proxied);
    assert!(line.starts_with("CONNECT chatwork.invalid:443 "), "{line}");
    assert_eq!(code, ErrorCode::ChatworkUnreachable);
    assert_eq!(program.terminate().await, Some(0));
}

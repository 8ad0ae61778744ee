//! Many concurrent wrong passwords: the right one is accepted soon, and memory stays bounded.

use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use relay_tests::{Browser, PASSWORD, Program, TestApp, json, refusal, status};
use tokio::task::JoinSet;
use yobirin_api::ErrorCode;
use yobirin_api::session::{FirstRun, Session};

use crate::program::RELAY;

/// Number of wrong passwords, each from another address.
const WRONG_PASSWORDS: u32 = 600;

/// Addresses of the guessers: this one and the following.
const FIRST_ADDRESS: Ipv4Addr = Ipv4Addr::new(198, 51, 0, 0);
/// Maximum time until the right password is accepted.
const MAX_WAIT: Duration = Duration::from_secs(30);
/// Maximum growth of the relay's memory while it checks the passwords.
const MAX_GROWTH_MIB: u64 = 220;

fn sign_in_request(browser: &Browser, from: &str, password: &str) -> reqwest::RequestBuilder {
    let login = yobirin_api::session::Login::Password(password.to_owned());
    browser
        .post("/api/login")
        .header("x-forwarded-for", from)
        .json(&login)
}

/// A field of `/proc/…/status` about memory, in MiB: `VmRSS` is the present size, `VmHWM` the highest so far.
fn memory_mib(id: u32, field: &str) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let line = text.lines().find(|line| line.starts_with(field)).unwrap();
    let kib: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kib / 1024
}

#[tokio::test(flavor = "multi_thread")]
async fn six_hundred_concurrent_wrong_passwords_block_nobody_for_long_and_use_little_memory() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().to_str().unwrap();
    let arguments = [
        "--listen",
        "127.0.0.1:0",
        "--data",
        folder,
        "--trusted-proxy",
        "127.0.0.1",
    ];
    let mut relay = Program::start(RELAY, &arguments);
    let url = relay.line("listening on ").await;
    let link = relay.line("first-run link: ").await;
    let (_, link) = link.split_once("#link=").unwrap();
    let owner = Browser::new(&url);
    let (link, password) = (link.to_owned(), PASSWORD.to_owned());
    let first = owner
        .post("/api/first-run")
        .json(&FirstRun { link, password });
    let _: Session = json(first).await;
    let memory_before = memory_mib(relay.id(), "VmRSS");

    let guesser = Browser::new(&url);
    let mut guesses = JoinSet::new();
    for number in 0..WRONG_PASSWORDS {
        let address = Ipv4Addr::from(u32::from(FIRST_ADDRESS) + number).to_string();
        guesses.spawn(status(sign_in_request(&guesser, &address, "wrong")));
    }
    let mut responses = vec![guesses.join_next().await.unwrap().unwrap()];
    let began = Instant::now();
    while status(sign_in_request(&owner, "192.0.2.1", PASSWORD)).await != 200 {
        assert!(
            began.elapsed() < MAX_WAIT,
            "the right password is still refused"
        );
    }
    let waited = began.elapsed();
    responses.extend(guesses.join_all().await);
    let refused = responses.iter().filter(|status| **status == 503).count();
    let highest = memory_mib(relay.id(), "VmHWM");
    println!(
        "the owner waited {waited:?}; {refused} of {WRONG_PASSWORDS} refused; {memory_before} MiB before, {highest} at most"
    );
    assert!(
        responses.iter().all(|status| matches!(status, 401 | 503)),
        "{responses:?}"
    );
    assert!(
        refused > 0,
        "some passwords are refused, because too many wait to be checked"
    );
    assert!(
        highest < memory_before + MAX_GROWTH_MIB,
        "{memory_before} MiB before, {highest} MiB at most"
    );
    relay.terminate().await;
}

#[tokio::test]
async fn sign_ins_from_one_network_are_rate_limited_together() {
    let app = TestApp::unconfigured_with(|options| {
        options.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    })
    .await;
    app.first_run().await;
    let guest = app.new_browser();
    let guess = async |number: u32| {
        let from = format!("2001:db8:1:{number:x}::1");
        assert_eq!(
            refusal(sign_in_request(&guest, &from, "wrong")).await,
            ErrorCode::WrongSecret
        );
    };
    // The rate limit allows one more guess after some seconds. On a slow machine the guesses together take longer than that,
    // so each is made with the clock held; the limit counts from the first.
    guess(0).await;
    for number in 1..30 {
        app.with_clock_held(guess(number)).await;
    }
    let right = sign_in_request(&guest, "2001:db8:1:ffff::1", PASSWORD);
    assert_eq!(refusal(right).await, ErrorCode::TooManyTries);
    let from_other_network = sign_in_request(&guest, "2001:db8:2::1", PASSWORD);
    assert_eq!(
        status(from_other_network).await,
        200,
        "addresses of another network are not limited"
    );
    app.close().await;
}

//! Memory stays bounded when clients request much data and do not read it.

use std::path::Path;
use std::time::Duration;

use relay_tests::{Browser, LOBBY, Program, eventually, settings, status};
use sqlx::{Connection as _, SqliteConnection};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;
use yobirin_api::device::{Pair, PairingCode};
use yobirin_domain::model::directory::Host;

use crate::program::{RELAY, set_up_site, start_sim};

/// Stored events of each tablet: more bytes than the socket buffers of a client that reads nothing (4 MB).
const EVENTS: usize = 40_000;
/// Number of tablets.
const TABLETS: usize = 5;
/// Open event streams of each tablet: the maximum.
const STREAMS_EACH: usize = 4;
/// Clients that request the settings and do not read them.
const READERS: usize = 40;
/// Requests of each reader: the socket buffers hold one or two responses.
const REQUESTS_EACH: usize = 4;
/// Number of hosts with whom a settings document is larger than the socket buffers of a client that reads nothing.
const HOSTS: usize = 9_000;
/// Number of events that is more than the event bus buffers for a slow stream, which closes the stream.
const MORE_THAN_BUFFERED: usize = 40;
/// Maximum growth of memory in bytes: a fraction of one copy for each client.
const MAX_GROWTH: u64 = 48 << 20;
/// Maximum wait until a stream has its events.
const TIMEOUT: Duration = Duration::from_secs(60);

fn device(number: usize) -> String {
    format!("tablet-{number}")
}

/// Cookie of a browser paired as this device.
async fn pair(admin: &Browser, base: &str, device: &str) -> String {
    let path = format!("/api/devices/{device}/pairing-code");
    let code: PairingCode = relay_tests::json(admin.post(&path)).await;
    let pair = Browser::new(base)
        .post("/api/pair")
        .json(&Pair { code: code.code });
    let response = pair.send().await.unwrap();
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap_or_default().to_owned()
}

/// Peak resident memory of a process in bytes.
fn peak_memory(program: &Program) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.unwrap().trim().trim_end_matches(" kB");
    kilobytes.parse::<u64>().unwrap() * 1024
}

/// Stores [`EVENTS`] events for each tablet, as a relay has that has run for long. They are dated far in the future, so
/// that the relay does not delete them as old.
async fn store_events(data: &Path) {
    let file = format!("sqlite://{}/yobirin.db", data.display());
    let mut database = SqliteConnection::connect(&file).await.unwrap();
    let sql = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < $1 - 1) \
         INSERT INTO events (number, device_id, event, created_at) \
         SELECT event_counter.value + 1 + i, 'tablet-' || (i % $2), $3, 9000000000000 FROM n, event_counter";
    let event = r#"{"delivery":{"call":"0195d2c0-0000-7000-8000-000000000000","delivery":0,
        "to":{"delivered":{"message":"1","room":7300001,"at":1}}}}"#;
    let event_count = i64::try_from(EVENTS * TABLETS).unwrap();
    sqlx::query(sql)
        .bind(event_count)
        .bind(i64::try_from(TABLETS).unwrap())
        .bind(event)
        .execute(&mut database)
        .await
        .unwrap();
    sqlx::query("UPDATE event_counter SET value = value + $1")
        .bind(event_count)
        .execute(&mut database)
        .await
        .unwrap();
    database.close().await.unwrap();
}

/// Sends `times` requests, and reads only the start of the first response.
async fn send_requests(base: &str, path: &str, cookie: &str, times: usize) -> TcpStream {
    let address = base.strip_prefix("http://").unwrap();
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(16 * 1024).unwrap();
    let mut stream = socket.connect(address.parse().unwrap()).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\n\r\n");
    let requests = request.repeat(times);
    stream.write_all(requests.as_bytes()).await.unwrap();
    let mut head = [0; 15];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"HTTP/1.1 200 OK");
    stream
}

/// Reads until the end of the connection.
async fn read_to_end(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = timeout(TIMEOUT, stream.read_to_end(&mut bytes)).await;
    read.expect("an end in time").unwrap();
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn a_resumed_stream_sends_all_events_while_holding_one_page_in_memory() {
    let sim = start_sim().await;
    let data = tempfile::tempdir().unwrap();
    let mut document = settings();
    let lobby = document.devices[0].clone();
    document.devices = (0..TABLETS)
        .map(|number| {
            let mut tablet = lobby.clone();
            tablet.id = device(number).parse().unwrap();
            // Button ids must be unique in a document.
            tablet.menu.clear();
            tablet
        })
        .collect();
    let mut program = Program::serve_on(RELAY, data.path(), &sim.api(), None);
    let (base, admin) = set_up_site(&mut program, &document).await;
    let mut cookies = Vec::new();
    for number in 0..TABLETS {
        cookies.push(pair(&admin, &base, &device(number)).await);
    }
    assert_eq!(program.terminate().await, Some(0));
    store_events(data.path()).await;

    let mut program = Program::serve_on(RELAY, data.path(), &sim.api(), None);
    let base = program.line("listening on ").await;
    let admin = admin.moved_to(&base);
    assert_eq!(status(admin.get("/api/devices")).await, 200);
    let before = peak_memory(&program);
    let mut streams = Vec::new();
    for cookie in cookies.iter().cycle().take(TABLETS * STREAMS_EACH) {
        streams.push(send_requests(&base, "/api/events?after=0", cookie, 1).await);
    }
    let growth = peak_memory(&program) - before;
    eprintln!(
        "{} streams of {EVENTS} events: {growth} bytes more",
        streams.len()
    );
    assert!(growth < MAX_GROWTH, "{growth} bytes more");

    for _ in 0..MORE_THAN_BUFFERED {
        let reload = admin.post(&format!("/api/devices/{}/reload", device(0)));
        assert_eq!(status(reload).await, 204);
    }
    let revoke = admin.delete(&format!("/api/devices/{}/pairing", device(0)));
    assert_eq!(status(revoke).await, 204);
    let text = read_to_end(streams.swap_remove(0)).await;
    assert!(
        text.trim_end().contains(r#"data: "revoked""#),
        "the stream of a revoked tablet ends with the event `revoked`"
    );

    let (last_stream, mut sequences) = (streams.swap_remove(0), Vec::new());
    let unpair = admin.delete(&format!("/api/devices/{}/pairing", device(TABLETS - 1)));
    drop(streams);
    let reader = tokio::spawn(read_to_end(last_stream));
    assert_eq!(status(unpair).await, 204);
    let text = reader.await.unwrap();
    for line in text.lines() {
        if let Some(number) = line.strip_prefix("id: ") {
            sequences.push(number.parse::<usize>().unwrap());
        }
    }
    assert!(
        sequences.is_sorted(),
        "events come in order of their numbers"
    );
    assert_eq!(
        sequences.len(),
        EVENTS,
        "no event is missing between two pages"
    );
    assert!(
        peak_memory(&program) - before < MAX_GROWTH,
        "memory does not grow while streams are read"
    );
    assert_eq!(program.terminate().await, Some(0));
}

#[tokio::test]
async fn all_responses_share_one_copy_of_the_settings() {
    let sim = start_sim().await;
    let data = tempfile::tempdir().unwrap();
    let mut document = settings();
    let name = "担当".repeat(20);
    let host = |number| Host {
        kana: "ヨ".repeat(40),
        ..Host::named(format!("h{number}").parse().unwrap(), &name)
    };
    document.hosts.extend((0..HOSTS).map(host));
    let mut program = Program::serve_on(RELAY, data.path(), &sim.api(), None);
    let (base, admin) = set_up_site(&mut program, &document).await;
    let cookie = pair(&admin, &base, LOBBY).await;
    let size = admin.get("/api/settings").send().await.unwrap();
    let size = size.text().await.unwrap().len();
    let before = peak_memory(&program);
    let mut readers = Vec::new();
    for _ in 0..READERS {
        readers.push(send_requests(&base, "/api/settings", &cookie, REQUESTS_EACH).await);
    }
    // Each connection has at least one response in progress that exceeds the socket buffers.
    eventually("every reader has more than two responses", async || {
        let metrics = admin.get("/metrics").send().await.unwrap();
        let metrics = metrics.text().await.unwrap();
        let line =
            r#"yobirin_http_requests_total{method="GET",route="/api/settings",status="200"} "#;
        let responses = metrics.lines().find_map(|text| text.strip_prefix(line));
        let responses: usize = responses?.parse().unwrap();
        (responses > 2 * READERS).then_some(())
    })
    .await;
    let growth = peak_memory(&program) - before;
    eprintln!("{READERS} responses of {size} bytes: {growth} bytes more");
    assert!(growth < MAX_GROWTH, "{growth} bytes more");
    assert_eq!(program.terminate().await, Some(0));
}

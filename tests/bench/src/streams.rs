//! Thousands of open event streams: memory of each, and latency of events.

use std::time::{Duration, Instant};

use futures_util::stream::{self, StreamExt as _};
use http_body_util::BodyExt as _;
use relay_tests::CallDraft;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;
use yobirin_domain::model::settings::SettingsDocument;

use crate::load::{Target, connect, request};
use crate::office::{contacts, tablet_id, with_department, with_tablets};
use crate::part_result::{Part, size};
use crate::quantiles::Quantiles;
use crate::site::Site;

/// Concurrent pairings, within the relay's rate limit per address.
const CONCURRENT_PAIRINGS: usize = 8;
/// Budget of the relay's memory for each open stream.
const MAX_KILOBYTES_EACH: f64 = 20.0;
/// Budget of the latency of events.
const MAX_P99_MILLIS: f64 = 250.0;
const EVENT_TIMEOUT: Duration = Duration::from_secs(60);

/// A received event: its kind and time.
type Received = (&'static str, Instant);

/// Kinds of events, each as the text by which its line in the stream is recognized.
const SETTINGS: &str = r#"data: "settings""#;
const DELIVERY: &str = r#"data: {"delivery":"#;
const CHATWORK: &str = r#"data: {"chatwork":"#;

pub(crate) async fn measure() {
    let tablets = size("BENCH_STREAMS", 5_000);
    let (saves, calls) = (size("BENCH_SAVES", 10), size("BENCH_STREAM_CALLS", 200));
    let mut part = Part::new("streams");
    let office = with_tablets(tablets);
    let site = Site::open(&office).await;
    let cookies = pair_all(&site, tablets).await;

    let before = site.resident();
    let (sender, mut events) = unbounded_channel();
    for cookie in &cookies {
        open_stream(&site.address, cookie, sender.clone()).await;
    }
    until(&mut events, CHATWORK, tablets).await;
    // The memory of the handshakes is freed within this time.
    tokio::time::sleep(Duration::from_secs(2)).await;
    #[allow(clippy::cast_precision_loss)]
    let kilobytes_each = (site.resident() - before) / tablets as f64 / 1000.0;
    part.add_row(
        &format!("{tablets} open tablet streams: memory"),
        format!("{kilobytes_each:.1} kB resident each"),
        "≤ 20 kB",
        kilobytes_each <= MAX_KILOBYTES_EACH,
    );

    let mut settings_millis = Vec::new();
    for number in 0..saves {
        let document = with_department(office.clone(), number);
        settings_millis.extend(save(&site, &document, &mut events, tablets).await);
    }
    let settings_millis = Quantiles::of(settings_millis);

    let mut call_millis = Vec::new();
    let contacts: Vec<_> = contacts().collect();
    for number in 0..calls {
        let target = Target {
            address: site.address.parse().unwrap(),
            cookie: cookies[number % tablets].clone(),
        };
        let account = contacts[number % contacts.len()].account_id;
        call_millis.push(call(&target, account, &mut events).await);
    }
    let call_millis = Quantiles::of(call_millis);
    let p99 = call_millis
        .quantile(0.99)
        .max(settings_millis.quantile(0.99));
    part.add_row(
        &format!("{tablets} open tablet streams: event latency"),
        format!(
            "p99 {:.0} ms of a call, {:.0} ms of an event to all",
            call_millis.quantile(0.99),
            settings_millis.quantile(0.99)
        ),
        "p99 ≤ 250 ms",
        p99 <= MAX_P99_MILLIS,
    );
    part.add_details(&format!(
        "{tablets} paired tablets, one stream each; memory is the growth of the relay's resident memory \
         2 s after all were open ({:.0} MB before). Event of a call: from sending the call to its first \
         event on the tablet's stream, {} calls, p50 {:.1} ms, p99 {:.1} ms, max {:.1} ms. Event to all \
         tablets: the settings are saved {saves} times; from the first tablet that receives it to each of \
         the {tablets}, p50 {:.1} ms, p99 {:.1} ms, max {:.1} ms.",
        before / 1e6,
        call_millis.len(),
        call_millis.median(),
        call_millis.quantile(0.99),
        call_millis.max(),
        settings_millis.median(),
        settings_millis.quantile(0.99),
        settings_millis.max(),
    ));
    site.close().await;
    part.write();
}

/// Saves settings; returns the milliseconds until each tablet has the event, from the first tablet that has it. The time
/// before is left out, because it is that of saving a document of megabytes.
async fn save(
    site: &Site,
    document: &SettingsDocument,
    events: &mut UnboundedReceiver<Received>,
    tablets: usize,
) -> Vec<f64> {
    let began = Instant::now();
    site.save(document).await;
    let times = until(events, SETTINGS, tablets).await;
    let first = times.iter().min().copied().unwrap_or(began);
    let last = times.iter().max().copied().unwrap_or(began);
    assert!(last > began, "events come after the save");
    times.iter().map(|time| millis(first, *time)).collect()
}

/// Hands a call over; returns the milliseconds until the first event about its delivery.
async fn call(target: &Target, account: u64, events: &mut UnboundedReceiver<Received>) -> f64 {
    let mut sender = connect(target.address).await;
    let draft = CallDraft::now().to_account(account);
    let began = Instant::now();
    let response = sender.send_request(request(target, &draft)).await.unwrap();
    assert_eq!(response.status(), 202, "accepted");
    response.into_body().collect().await.unwrap();
    let times = until(events, DELIVERY, 1).await;
    // Discards further events of this call before the next one.
    tokio::time::sleep(Duration::from_millis(100)).await;
    while events.try_recv().is_ok() {}
    millis(began, times[0])
}

/// Pairs all tablets; returns their cookies, in order.
async fn pair_all(site: &Site, tablets: usize) -> Vec<String> {
    let pairing = (0..tablets).map(|number| async move { site.pair(&tablet_id(number)).await });
    stream::iter(pairing)
        .buffered(CONCURRENT_PAIRINGS)
        .collect()
        .await
}

fn millis(from: Instant, to: Instant) -> f64 {
    to.duration_since(from).as_secs_f64() * 1000.0
}

/// Waits for `count` events of a kind; skips others. Returns the time of each.
async fn until(events: &mut UnboundedReceiver<Received>, kind: &str, count: usize) -> Vec<Instant> {
    let mut times = Vec::with_capacity(count);
    while times.len() < count {
        let next = timeout(EVENT_TIMEOUT, events.recv()).await;
        let next = next.unwrap_or_else(|_| panic!("{} of {count} events {kind} came", times.len()));
        let (event_kind, time) = next.expect("the streams go on");
        if event_kind == kind {
            times.push(time);
        }
    }
    times
}

/// Opens a stream and reports its events. Uses a plain socket, so that the load generator is not the bottleneck.
async fn open_stream(address: &str, cookie: &str, sender: UnboundedSender<Received>) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "GET /api/events HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\n\
         accept: text/event-stream\r\nsec-fetch-site: same-origin\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    tokio::spawn(async move {
        let (mut text, mut chunk) = (Vec::new(), [0; 1024]);
        while let Ok(read @ 1..) = stream.read(&mut chunk).await {
            let time = Instant::now();
            text.extend_from_slice(&chunk[..read]);
            // Frames end with an empty line, which no event contains.
            while let Some(end) = text.windows(2).position(|pair| pair == b"\n\n") {
                let frame: Vec<u8> = text.drain(..end + 2).collect();
                let frame = String::from_utf8_lossy(&frame);
                let kinds = [SETTINGS, DELIVERY, CHATWORK];
                if let Some(kind) = kinds.into_iter().find(|kind| frame.contains(kind)) {
                    // At the end of the measurement nobody receives any more.
                    let _ = sender.send((kind, time));
                }
            }
        }
    });
}

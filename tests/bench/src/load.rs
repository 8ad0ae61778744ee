//! Load generator (closed loop): the same requests for every measured program, over persistent connections with
//! one request in flight each.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chatwork_sim::Office;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, header};
use hyper_util::rt::TokioIo;
use relay_tests::{CallDraft, ROOM};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::quantiles::Quantiles;

/// Maximum time of a load that ends after a number of requests.
const MAX_TIME: Duration = Duration::from_secs(600);
/// Rooms that a connection calls in turn.
const ROOMS: [u64; 2] = [ROOM, Office::SAMPLE_KAIHATSU_ROOM];

/// The measured program and the tablet's cookie.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) address: SocketAddr,
    pub(crate) cookie: String,
}

/// End of a load.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Until {
    /// When this time is over.
    Over(Duration),
    /// When this number of requests was sent, or [`MAX_TIME`] is over.
    Sent(usize),
}

/// Results of the load.
#[derive(Debug)]
pub(crate) struct LoadResult {
    /// Responses per second.
    pub(crate) rate: f64,
    /// Milliseconds from the first byte sent to the last byte received.
    pub(crate) millis: Quantiles,
}

/// Hands over new calls, `in_flight` of them at a time. Every response must be a success.
pub(crate) async fn drive(target: &Target, in_flight: usize, until: Until) -> LoadResult {
    let left = Arc::new(AtomicUsize::new(match until {
        Until::Sent(requests) => requests,
        Until::Over(_) => usize::MAX,
    }));
    let mut connections = JoinSet::new();
    let mut senders = Vec::new();
    for _ in 0..in_flight {
        senders.push(connect(target.address).await);
    }
    let began = Instant::now();
    let end = match until {
        Until::Over(time) => began + time,
        Until::Sent(_) => began + MAX_TIME,
    };
    for sender in senders {
        connections.spawn(send_in_sequence(sender, target.clone(), end, left.clone()));
    }
    let millis: Vec<f64> = connections.join_all().await.into_iter().flatten().collect();
    #[allow(clippy::cast_precision_loss)]
    let rate = millis.len() as f64 / began.elapsed().as_secs_f64();
    LoadResult {
        rate,
        millis: Quantiles::of(millis),
    }
}

/// Sends one request after the other over a connection; returns the latency of each in milliseconds.
async fn send_in_sequence(
    mut sender: SendRequest<Full<Bytes>>,
    target: Target,
    end: Instant,
    left: Arc<AtomicUsize>,
) -> Vec<f64> {
    let mut millis = Vec::new();
    while Instant::now() < end && take_request(&left) {
        let request = request(
            &target,
            &CallDraft::now().to_room(ROOMS[millis.len() % ROOMS.len()]),
        );
        let began = Instant::now();
        let response = sender.send_request(request).await.unwrap();
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        millis.push(began.elapsed().as_secs_f64() * 1000.0);
        assert!(status.is_success(), "{status}: {body:?}");
    }
    millis
}

/// Takes one of the requests that are left to send; false when there is none.
fn take_request(left: &AtomicUsize) -> bool {
    let taken = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
        left.checked_sub(1)
    });
    taken.is_ok()
}

/// Request of a tablet as the kiosk sends it.
pub(crate) fn request(target: &Target, draft: &CallDraft) -> Request<Full<Bytes>> {
    let body = serde_json::to_vec(&draft.call).unwrap();
    Request::put(draft.path())
        .header(header::HOST, target.address.to_string())
        .header(header::COOKIE, &target.cookie)
        .header(header::CONTENT_TYPE, "application/json")
        .header("sec-fetch-site", "same-origin")
        .body(Full::new(body.into()))
        .unwrap()
}

/// Opens a persistent connection.
pub(crate) async fn connect(address: SocketAddr) -> SendRequest<Full<Bytes>> {
    let stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let (sender, connection) = handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    sender
}

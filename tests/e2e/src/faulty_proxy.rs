//! HTTP proxy between browser and relay that injects faults of real networks: responses of intermediaries,
//! captive portals, buffered or closed event streams. Its behavior can change while it runs.
//!
//! ```ignore
//! let proxy = env.proxy().await;
//! let tablet = env.paired_at(&admin, proxy.url()).await;
//! proxy.set_behavior(Behavior::Portal); // for every path
//! proxy.set_behavior_on("/api/calls", Behavior::Respond(ForeignResponse::FORBIDDEN)); // for one prefix
//! proxy.set_behavior(Behavior::Pass); // no faults
//! ```
//!
//! [`Behavior::every`] lists all faults with a name.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use reqwest::Client;
use reqwest::redirect::Policy;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::WAIT_TIMEOUT;

/// A response of an intermediary in the relay's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForeignResponse {
    /// HTTP status.
    pub status: u16,
    /// Media type.
    pub media_type: &'static str,
    /// Body.
    pub body: &'static str,
}

impl ForeignResponse {
    /// A proxy that requires a sign-in.
    pub const SIGN_IN: Self = Self::html(401, "<h1>401 Authorization Required</h1>");
    /// A filter that blocks the URL.
    pub const FORBIDDEN: Self = Self::html(403, "<h1>403 Forbidden</h1>");
    /// A load balancer without a site of that host name.
    pub const NOT_FOUND: Self = Self::html(404, "<h1>404 Not Found</h1>");
    /// nginx with a lower limit of the body size.
    pub const TOO_LARGE: Self = Self::html(413, "<h1>413 Request Entity Too Large</h1>");
    /// A proxy's rate limit.
    pub const TOO_MANY: Self = Self::html(429, "<h1>429 Too Many Requests</h1>");
    /// A proxy in front of a relay that is down.
    pub const BAD_GATEWAY: Self = Self::html(502, "<h1>502 Bad Gateway</h1>");
    /// A service whose errors have the relay's fields and other codes.
    pub const JSON: Self = Self::json(403, r#"{"code":"ACCESS_DENIED","message":"policy 7"}"#);
    /// A service whose errors use one of the relay's codes.
    pub const KNOWN_CODE: Self = Self::json(404, r#"{"code":"not_found","message":"no route"}"#);
    /// A service whose error has the code that would unpair a tablet and sign an admin out.
    pub const KNOWN_SIGN_IN_CODE: Self =
        Self::json(401, r#"{"code":"not_signed_in","message":"no"}"#);
    /// A success with an empty JSON object.
    pub const EMPTY_SUCCESS: Self = Self::json(200, "{}");

    const fn html(status: u16, body: &'static str) -> Self {
        let media_type = "text/html";
        Self {
            status,
            media_type,
            body,
        }
    }

    const fn json(status: u16, body: &'static str) -> Self {
        let media_type = "application/json";
        Self {
            status,
            media_type,
            body,
        }
    }

    /// All responses.
    pub const ALL: [Self; 10] = [
        Self::SIGN_IN,
        Self::FORBIDDEN,
        Self::NOT_FOUND,
        Self::TOO_LARGE,
        Self::TOO_MANY,
        Self::BAD_GATEWAY,
        Self::JSON,
        Self::KNOWN_CODE,
        Self::KNOWN_SIGN_IN_CODE,
        Self::EMPTY_SUCCESS,
    ];
}

/// Handling of a request by the proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Behavior {
    /// Forwards request and response unchanged.
    Pass,
    /// Responds itself; the relay does not get the request.
    Respond(ForeignResponse),
    /// A captive portal that returns its cacheable page with status 200 for every request.
    Portal,
    /// A captive portal that redirects to its page with status 302.
    PortalRedirect,
    /// Buffers a response until it is complete, as scanning proxies do. An event stream never completes.
    HoldBack,
    /// Closes responses that are not complete after this time, which are event streams.
    CutAfter(Duration),
    /// Forwards the request and never responds.
    Swallow,
    /// Forwards the request after this time, as a slow network does.
    Delay(Duration),
    /// Replaces a text in the response, to simulate a newer version of a file.
    Edit(&'static str, &'static str),
}

impl Behavior {
    /// All faults with their names.
    #[must_use]
    pub fn every() -> Vec<(String, Self)> {
        let foreign = ForeignResponse::ALL.into_iter().enumerate();
        let foreign = foreign.map(|(index, response)| {
            let name = format!("foreign-{}-{index}", response.status);
            (name, Self::Respond(response))
        });
        let named = [
            ("portal", Self::Portal),
            ("portal-redirect", Self::PortalRedirect),
            ("hold-back", Self::HoldBack),
            ("cut", Self::CutAfter(Duration::from_millis(300))),
            ("swallow", Self::Swallow),
        ];
        let named = named.into_iter().map(|(name, one)| (name.to_owned(), one));
        foreign.chain(named).collect()
    }
}

/// A running proxy; ends on drop.
#[derive(Debug)]
pub struct FaultyProxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

/// State that the proxy and its tests share.
#[derive(Debug)]
struct Shared {
    relay: String,
    client: Client,
    /// Behaviors by path prefix; the last match counts.
    behaviors: watch::Sender<Vec<(String, Behavior)>>,
    /// Paths of all requests.
    paths: Mutex<Vec<String>>,
}

impl FaultyProxy {
    /// Starts a proxy without faults for the relay at this origin.
    pub async fn start(relay: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("loopback has a free port");
        let address = listener
            .local_addr()
            .expect("a bound socket has an address");
        let client = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .build();
        let shared = Arc::new(Shared {
            relay: relay.to_owned(),
            client: client.expect("a client"),
            behaviors: watch::Sender::new(Vec::new()),
            paths: Mutex::default(),
        });
        let router = Router::new()
            .fallback(respond)
            .with_state(Arc::clone(&shared));
        let task = tokio::spawn(async move {
            axum::serve(listener, router)
                .await
                .expect("the server runs");
        });
        Self {
            address,
            shared,
            task,
        }
    }

    /// Origin of the app through the proxy.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Sets the behavior for every request from now on, in place of all earlier ones. Responses in progress are closed,
    /// as by a network change.
    pub fn set_behavior(&self, behavior: Behavior) {
        let behaviors = vec![(String::new(), behavior)];
        self.shared.behaviors.send_replace(behaviors);
    }

    /// Sets the behavior for paths with this prefix, beside the earlier ones. Responses in progress are closed, whatever
    /// their path.
    pub fn set_behavior_on(&self, path: &str, behavior: Behavior) {
        let entry = (path.to_owned(), behavior);
        self.shared
            .behaviors
            .send_modify(|behaviors| behaviors.push(entry));
    }

    /// Awaits an action, then waits for a request to a path with this prefix that was made after the action began.
    pub async fn with_request<T>(&self, path: &str, action: impl Future<Output = T>) -> T {
        let before = self.request_count(path);
        let output = action.await;
        self.wait_for_requests(path, before + 1).await;
        output
    }

    /// Waits until this many requests in total went to paths with this prefix.
    pub async fn wait_for_requests(&self, path: &str, times: usize) {
        let deadline = Instant::now() + WAIT_TIMEOUT;
        while self.request_count(path) < times {
            assert!(Instant::now() < deadline, "too few requests to {path}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Number of requests to paths with this prefix.
    #[must_use]
    pub fn request_count(&self, path: &str) -> usize {
        let paths = self.shared.paths.lock();
        let paths = paths.unwrap_or_else(PoisonError::into_inner);
        paths
            .iter()
            .filter(|requested| requested.starts_with(path))
            .count()
    }
}

impl Drop for FaultyProxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Page of the captive portal.
const PORTAL: &str = "<!doctype html><title>Free Wi-Fi</title><h1>Please sign in</h1>";

async fn respond(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let mut changes = shared.behaviors.subscribe();
    let matches = |(prefix, _): &&(String, Behavior)| path.starts_with(prefix.as_str());
    let behavior = changes
        .borrow_and_update()
        .iter()
        .rev()
        .find(matches)
        .cloned();
    let behavior = behavior.map_or(Behavior::Pass, |(_, behavior)| behavior);
    let paths = shared.paths.lock();
    paths
        .unwrap_or_else(PoisonError::into_inner)
        .push(path.clone());
    let page_headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    match behavior {
        Behavior::Respond(foreign) => {
            let status = StatusCode::from_u16(foreign.status).expect("a status");
            (
                status,
                [(header::CONTENT_TYPE, foreign.media_type)],
                foreign.body,
            )
                .into_response()
        }
        Behavior::PortalRedirect if path != "/portal" => {
            (StatusCode::FOUND, [(header::LOCATION, "/portal")]).into_response()
        }
        Behavior::Portal | Behavior::PortalRedirect => (page_headers, PORTAL).into_response(),
        forwarding => tokio::select! {
            response = forward(&shared, request, forwarding, changes.clone()) => response,
            _ = changes.changed() => StatusCode::BAD_GATEWAY.into_response(),
        },
    }
}

/// Forwards a request, and the response according to the behavior.
async fn forward(
    shared: &Shared,
    request: Request,
    behavior: Behavior,
    changes: watch::Receiver<Vec<(String, Behavior)>>,
) -> Response {
    if let Behavior::Delay(time) = behavior {
        tokio::time::sleep(time).await;
    }
    let (parts, body) = request.into_parts();
    let path_and_query = parts
        .uri
        .path_and_query()
        .map_or("/", |path_and_query| path_and_query.as_str());
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let mut headers = parts.headers;
    remove_hop_by_hop(&mut headers);
    if matches!(behavior, Behavior::Edit(..)) {
        headers.remove(header::ACCEPT_ENCODING);
        headers.remove(header::IF_NONE_MATCH);
    }
    let url = format!("{}{path_and_query}", shared.relay);
    let forwarded = shared.client.request(parts.method, url).headers(headers);
    let Ok(mut response) = forwarded.body(body).send().await else {
        return StatusCode::BAD_GATEWAY.into_response();
    };
    let (status, mut headers) = (response.status(), response.headers().clone());
    remove_hop_by_hop(&mut headers);
    let body = match behavior {
        Behavior::Swallow => std::future::pending().await,
        Behavior::HoldBack => Body::from(response.bytes().await.unwrap_or_default()),
        Behavior::Edit(from, to) => {
            let text = response.text().await.unwrap_or_default();
            Body::from(text.replace(from, to))
        }
        Behavior::CutAfter(time) => stream_body(response, Some(Instant::now() + time), changes),
        _ if headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|media| media == "text/event-stream") =>
        {
            stream_body(response, None, changes)
        }
        _ => {
            // A connection that breaks ends the body.
            let mut whole = Vec::new();
            while let Ok(Some(chunk)) = response.chunk().await {
                whole.extend(chunk);
            }
            Body::from(whole)
        }
    };
    (status, headers, body).into_response()
}

/// Streams a body until the time is up or the behavior changes.
fn stream_body(
    response: reqwest::Response,
    until: Option<Instant>,
    changes: watch::Receiver<Vec<(String, Behavior)>>,
) -> Body {
    let state = (response, changes);
    let chunks =
        futures_util::stream::unfold(state, move |(mut response, mut changes)| async move {
            let deadline = async {
                match until {
                    Some(until) => tokio::time::sleep_until(until).await,
                    None => std::future::pending().await,
                }
            };
            let chunk: Option<Bytes> = tokio::select! {
                chunk = response.chunk() => chunk.ok().flatten(),
                () = deadline => None,
                _ = changes.changed() => None,
            };
            chunk.map(|chunk| (Ok::<_, std::io::Error>(chunk), (response, changes)))
        });
    Body::from_stream(chunks)
}

/// Removes hop-by-hop headers.
fn remove_hop_by_hop(headers: &mut HeaderMap) {
    let hop_by_hop: [HeaderName; 4] = [
        header::CONNECTION,
        header::TRANSFER_ENCODING,
        header::CONTENT_LENGTH,
        HeaderName::from_static("keep-alive"),
    ];
    for name in hop_by_hop {
        headers.remove(name);
    }
}

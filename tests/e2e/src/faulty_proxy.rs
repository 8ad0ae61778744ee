//! A proxy between browser and relay that behaves as real networks do, and changes how while it runs:
//! strangers' answers, Wi-Fi portals, event streams held back or cut.
//!
//! ```ignore
//! let gateway = stage.gateway().await;
//! let tablet = stage.paired_at(&admin, gateway.url()).await;
//! gateway.behave(Behaviour::Portal);                              // towards every path
//! gateway.behave_on("/api/calls", Behaviour::Answer(Foreign::FORBIDDEN)); // towards some
//! gateway.behave(Behaviour::Pass);                                // well again
//! ```
//!
//! [`Behaviour::every`] lists each of them with a name, for tests that try all.

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

/// An answer that something else than the relay gives in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForeignResponse {
    /// HTTP status.
    pub status: u16,
    /// Media type.
    pub media: &'static str,
    /// Body.
    pub body: &'static str,
}

impl ForeignResponse {
    /// A proxy that wants somebody to sign in to it.
    pub const SIGN_IN: Self = Self::html(401, "<h1>401 Authorization Required</h1>");
    /// A filter that forbids the address.
    pub const FORBIDDEN: Self = Self::html(403, "<h1>403 Forbidden</h1>");
    /// A load balancer without a site of that name.
    pub const NOT_FOUND: Self = Self::html(404, "<h1>404 Not Found</h1>");
    /// nginx with its own limit of a body.
    pub const TOO_LARGE: Self = Self::html(413, "<h1>413 Request Entity Too Large</h1>");
    /// A proxy's own limit of requests.
    pub const TOO_MANY: Self = Self::html(429, "<h1>429 Too Many Requests</h1>");
    /// A proxy in front of a relay that is down.
    pub const BAD_GATEWAY: Self = Self::html(502, "<h1>502 Bad Gateway</h1>");
    /// A service with errors of the same fields and codes of its own.
    pub const JSON: Self = Self::json(403, r#"{"code":"ACCESS_DENIED","message":"policy 7"}"#);
    /// A service that happens to use one of the relay's codes.
    pub const SAME_CODE: Self = Self::json(404, r#"{"code":"not_found","message":"no route"}"#);
    /// The same with the code that would unpair a tablet and sign an admin out.
    pub const SAME_SIGN_IN: Self = Self::json(401, r#"{"code":"not_signed_in","message":"no"}"#);
    /// A success that answers nothing.
    pub const EMPTY_SUCCESS: Self = Self::json(200, "{}");

    const fn html(status: u16, body: &'static str) -> Self {
        let media = "text/html";
        Self {
            status,
            media,
            body,
        }
    }

    const fn json(status: u16, body: &'static str) -> Self {
        let media = "application/json";
        Self {
            status,
            media,
            body,
        }
    }

    /// Each of them.
    pub const ALL: [Self; 10] = [
        Self::SIGN_IN,
        Self::FORBIDDEN,
        Self::NOT_FOUND,
        Self::TOO_LARGE,
        Self::TOO_MANY,
        Self::BAD_GATEWAY,
        Self::JSON,
        Self::SAME_CODE,
        Self::SAME_SIGN_IN,
        Self::EMPTY_SUCCESS,
    ];
}

/// What the gateway does with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// Passes it on, and the answer back as it comes.
    Pass,
    /// Answers itself, and the relay learns nothing.
    Answer(ForeignResponse),
    /// A Wi-Fi portal: its page with status 200, which browsers may keep, for whatever is asked.
    Portal,
    /// A Wi-Fi portal that leads to its page with status 302.
    PortalRedirect,
    /// Holds an answer back until it is complete, as proxies do that buffer or scan. An event stream
    /// never is.
    HoldBack,
    /// Cuts each answer that is still coming after this time: event streams.
    CutAfter(Duration),
    /// Hands the request over and never answers it.
    Swallow,
    /// Replaces one text by another in the answer, as a newer version of a file has another content.
    Edit(&'static str, &'static str),
}

impl Behaviour {
    /// Every way in which a network fails a tablet, with a name.
    #[must_use]
    pub fn every() -> Vec<(String, Self)> {
        let foreign = ForeignResponse::ALL.into_iter().enumerate();
        let foreign = foreign.map(|(place, answer)| {
            let name = format!("foreign-{}-{place}", answer.status);
            (name, Self::Answer(answer))
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

/// A running gateway; ends when dropped.
#[derive(Debug)]
pub struct FaultyProxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    relay: String,
    client: Client,
    /// Behaviours by the beginning of the path; the last that fits counts.
    behaviours: watch::Sender<Vec<(String, Behaviour)>>,
    seen: Mutex<Vec<String>>,
}

impl FaultyProxy {
    /// A gateway to the relay at this origin, which passes everything on.
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
            behaviours: watch::Sender::new(Vec::new()),
            seen: Mutex::default(),
        });
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&shared));
        let task = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("it serves");
        });
        Self {
            address,
            shared,
            task,
        }
    }

    /// Origin of the app behind it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Behaves so towards every request from now on. Answers that are still coming are cut, as by a
    /// change of the network.
    pub fn set_behaviour(&self, behaviour: Behaviour) {
        let all = vec![(String::new(), behaviour)];
        self.shared.behaviours.send_replace(all);
    }

    /// Behaves so towards paths that begin like this; others are treated as before.
    pub fn set_behaviour_on(&self, path: &str, behaviour: Behaviour) {
        let one = (path.to_owned(), behaviour);
        self.shared.behaviours.send_modify(|all| all.push(one));
    }

    /// Does something, and waits until paths that begin like this were asked for since.
    pub async fn with_request<T>(&self, path: &str, action: impl Future<Output = T>) -> T {
        let before = self.request_count(path);
        let done = action.await;
        self.wait_for_requests(path, before + 1).await;
        done
    }

    /// Waits until paths that begin like this were asked for so often in all.
    pub async fn wait_for_requests(&self, path: &str, times: usize) {
        let deadline = Instant::now() + WAIT_TIMEOUT;
        while self.request_count(path) < times {
            assert!(Instant::now() < deadline, "{path} was not asked for");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// How often paths that begin like this were asked for.
    #[must_use]
    pub fn request_count(&self, path: &str) -> usize {
        let seen = self.shared.seen.lock();
        let seen = seen.unwrap_or_else(PoisonError::into_inner);
        seen.iter().filter(|one| one.starts_with(path)).count()
    }
}

impl Drop for FaultyProxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

const PORTAL: &str = "<!doctype html><title>Free Wi-Fi</title><h1>Please sign in</h1>";

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let mut changes = shared.behaviours.subscribe();
    let fits = |(start, _): &&(String, Behaviour)| path.starts_with(start.as_str());
    let behaviour = changes.borrow_and_update().iter().rev().find(fits).cloned();
    let behaviour = behaviour.map_or(Behaviour::Pass, |(_, behaviour)| behaviour);
    let seen = shared.seen.lock();
    seen.unwrap_or_else(PoisonError::into_inner)
        .push(path.clone());
    let page = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    match behaviour {
        Behaviour::Answer(foreign) => {
            let status = StatusCode::from_u16(foreign.status).expect("a status");
            (
                status,
                [(header::CONTENT_TYPE, foreign.media)],
                foreign.body,
            )
                .into_response()
        }
        Behaviour::PortalRedirect if path != "/portal" => {
            (StatusCode::FOUND, [(header::LOCATION, "/portal")]).into_response()
        }
        Behaviour::Portal | Behaviour::PortalRedirect => (page, PORTAL).into_response(),
        passing => tokio::select! {
            answer = pass(&shared, request, passing, changes.clone()) => answer,
            _ = changes.changed() => StatusCode::BAD_GATEWAY.into_response(),
        },
    }
}

/// Passes a request on, and the answer back in one of the ways that do.
async fn pass(
    shared: &Shared,
    request: Request,
    behaviour: Behaviour,
    changes: watch::Receiver<Vec<(String, Behaviour)>>,
) -> Response {
    let (parts, body) = request.into_parts();
    let place = parts
        .uri
        .path_and_query()
        .map_or("/", |place| place.as_str());
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let mut headers = parts.headers;
    drop_own(&mut headers);
    if matches!(behaviour, Behaviour::Edit(..)) {
        headers.remove(header::ACCEPT_ENCODING);
        headers.remove(header::IF_NONE_MATCH);
    }
    let url = format!("{}{place}", shared.relay);
    let asked = shared.client.request(parts.method, url).headers(headers);
    let Ok(mut answer) = asked.body(body).send().await else {
        return StatusCode::BAD_GATEWAY.into_response();
    };
    let (status, mut headers) = (answer.status(), answer.headers().clone());
    drop_own(&mut headers);
    let body = match behaviour {
        Behaviour::Swallow => std::future::pending().await,
        Behaviour::HoldBack => Body::from(answer.bytes().await.unwrap_or_default()),
        Behaviour::Edit(from, to) => {
            let text = answer.text().await.unwrap_or_default();
            Body::from(text.replace(from, to))
        }
        Behaviour::CutAfter(time) => flow(answer, Some(Instant::now() + time), changes),
        _ if headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|media| media == "text/event-stream") =>
        {
            flow(answer, None, changes)
        }
        _ => {
            let mut whole = Vec::new();
            while let Ok(Some(chunk)) = answer.chunk().await {
                whole.extend(chunk);
            }
            Body::from(whole)
        }
    };
    (status, headers, body).into_response()
}

/// A body as it comes, until the time is up or the gateway behaves otherwise.
fn flow(
    answer: reqwest::Response,
    until: Option<Instant>,
    changes: watch::Receiver<Vec<(String, Behaviour)>>,
) -> Body {
    let begun = (answer, changes);
    let chunks = futures_util::stream::unfold(begun, move |(mut answer, mut changes)| async move {
        let over = async {
            match until {
                Some(until) => tokio::time::sleep_until(until).await,
                None => std::future::pending().await,
            }
        };
        let chunk: Option<Bytes> = tokio::select! {
            chunk = answer.chunk() => chunk.ok().flatten(),
            () = over => None,
            _ = changes.changed() => None,
        };
        chunk.map(|chunk| (Ok::<_, std::io::Error>(chunk), (answer, changes)))
    });
    Body::from_stream(chunks)
}

/// Takes away what belongs to one connection.
fn drop_own(headers: &mut HeaderMap) {
    let own: [HeaderName; 4] = [
        header::CONNECTION,
        header::TRANSFER_ENCODING,
        header::CONTENT_LENGTH,
        HeaderName::from_static("keep-alive"),
    ];
    for name in own {
        headers.remove(name);
    }
}

//! A server that receives webhooks and responds with the status that a test sets.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::Value;
use tokio::net::TcpListener;

/// A received request.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) headers: HeaderMap,
    pub(crate) query: HashMap<String, String>,
    pub(crate) body: String,
}

impl Received {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .get(name)
            .map(|value| value.to_str().expect("ASCII"))
    }

    /// Text of the message in the event.
    pub(crate) fn words(&self) -> String {
        self.json()["webhook_event"]["body"]
            .as_str()
            .expect("a string")
            .to_owned()
    }
}

#[derive(Debug)]
struct Shared {
    response: (StatusCode, usize),
    received: Vec<Received>,
}

/// The running receiver; it ends with the test.
pub(crate) struct Receiver {
    pub(crate) url: String,
    shared: Arc<Mutex<Shared>>,
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        let shared = Arc::new(Mutex::new(Shared {
            response: (StatusCode::OK, 0),
            received: Vec::new(),
        }));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a free port");
        let url = format!(
            "http://{}/hook",
            listener.local_addr().expect("a free port")
        );
        let router = Router::new()
            .route("/hook", post(receive))
            .with_state(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, shared }
    }

    /// Sets the status of further responses, and the length of their body in bytes.
    pub(crate) fn respond_with(&self, status: StatusCode, bytes: usize) {
        self.shared.lock().expect("not poisoned").response = (status, bytes);
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.shared.lock().expect("not poisoned").received.clone()
    }

    /// Texts of the received messages in order.
    pub(crate) fn words(&self) -> Vec<String> {
        self.received().iter().map(Received::words).collect()
    }
}

async fn receive(
    State(shared): State<Arc<Mutex<Shared>>>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    let mut shared = shared.lock().expect("not poisoned");
    shared.received.push(Received {
        headers,
        query,
        body: String::from_utf8(body.to_vec()).expect("UTF-8"),
    });
    let (status, bytes) = shared.response;
    (status, "x".repeat(bytes))
}

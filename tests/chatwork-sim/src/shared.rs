//! State shared by the server's connections and the handles of a [`crate::Sim`].

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

use crate::fault::FaultRegistry;
use crate::state::ChatworkState;

#[derive(Debug)]
pub(crate) struct Shared {
    /// `http://127.0.0.1:…`, the base of links to pictures.
    pub(crate) origin: String,
    pub(crate) refused_room_status: u16,
    state: Mutex<ChatworkState>,
    faults: Mutex<FaultRegistry>,
    traffic: Mutex<Traffic>,
}

/// Counters of the API's requests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Traffic {
    pub(crate) requests: u64,
    /// Responses by status. A request without a response is not counted.
    pub(crate) responses: BTreeMap<u16, u64>,
    /// The latest requests, oldest first.
    pub(crate) latest: VecDeque<ApiRequest>,
}

/// A request of the API, recorded when it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ApiRequest {
    /// Time by the simulator's clock, since the Unix epoch.
    pub at: Duration,
    /// `GET`, `POST`, …
    pub method: String,
    /// Path below `/v2`.
    pub path: String,
    /// Query without the question mark; may be empty.
    pub query: String,
}

/// Number of requests that are kept.
const MAX_KEPT_REQUESTS: usize = 10_000;

impl Traffic {
    pub(crate) fn record(&mut self, request: ApiRequest) {
        self.requests += 1;
        if self.latest.len() == MAX_KEPT_REQUESTS {
            self.latest.pop_front();
        }
        self.latest.push_back(request);
    }
}

impl Shared {
    pub(crate) fn new(origin: String, refused_room_status: u16, state: ChatworkState) -> Self {
        Self {
            origin,
            refused_room_status,
            state: Mutex::new(state),
            faults: Mutex::default(),
            traffic: Mutex::default(),
        }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, ChatworkState> {
        lock(&self.state)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, FaultRegistry> {
        lock(&self.faults)
    }

    pub(crate) fn traffic(&self) -> MutexGuard<'_, Traffic> {
        lock(&self.traffic)
    }

    /// URL of an account's picture, on this server, so that no request leaves the machine.
    pub(crate) fn avatar(&self, account: crate::AccountId) -> String {
        format!("{}/avatar/{account}.svg", self.origin)
    }
}

/// Locks, ignoring poison: a test that panicked while holding the lock has failed already.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

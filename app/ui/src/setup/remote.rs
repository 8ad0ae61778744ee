//! Data loaded over the network, in four states: loading, slow, loaded, failed.

use std::future::Future;
use std::time::Duration;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::reactive::owner::Owner;
use leptos::task::{spawn_local, spawn_local_scoped_with_cancellation};

use crate::api::response::{ApiResult, ClientError};

/// Time after which loading counts as slow, in milliseconds.
const SLOW_AFTER_MS: u32 = 1_500;

/// Data that a request loads, or the state of the request while there is no data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Remote<T> {
    /// In flight.
    #[default]
    Loading,
    /// In flight for longer than [`SLOW_AFTER_MS`].
    Slow,
    /// Loaded.
    Loaded(T),
    /// Failed.
    Failed(ClientError),
}

impl<T> Remote<T> {
    /// The value, once loaded.
    pub(super) fn loaded(&self) -> Option<&T> {
        match self {
            Self::Loaded(value) => Some(value),
            Self::Loading | Self::Slow | Self::Failed(_) => None,
        }
    }

    /// The error, once failed.
    pub(super) fn failure(&self) -> Option<&ClientError> {
        match self {
            Self::Failed(error) => Some(error),
            Self::Loading | Self::Slow | Self::Loaded(_) => None,
        }
    }

    /// True once the request has ended, in success or failure.
    pub(super) fn is_settled(&self) -> bool {
        matches!(self, Self::Loaded(_) | Self::Failed(_))
    }
}

/// Sends a request and keeps its state in `into`. The request is aborted when the current owner is disposed of, so
/// this is for data of one page.
pub(super) fn fetch<T: Send + Sync + 'static>(
    into: RwSignal<Remote<T>>,
    request: impl Future<Output = ApiResult<T>> + 'static,
) {
    spawn_local_scoped_with_cancellation(track(into, request));
}

/// As [`fetch`], but the request goes on when the page is left: for data that several pages use.
pub(super) fn fetch_detached<T: Send + Sync + 'static>(
    into: RwSignal<Remote<T>>,
    request: impl Future<Output = ApiResult<T>> + 'static,
) {
    spawn_local(track(into, request));
}

/// Sends a request, and keeps its state in `into`.
fn track<T: Send + Sync + 'static>(
    into: RwSignal<Remote<T>>,
    request: impl Future<Output = ApiResult<T>> + 'static,
) -> impl Future<Output = ()> + 'static {
    into.set(Remote::Loading);
    let slow_timer = Timeout::new(SLOW_AFTER_MS, move || {
        let _ = into.try_update(|remote| {
            if matches!(remote, Remote::Loading) {
                *remote = Remote::Slow;
            }
        });
    });
    async move {
        let response = request.await;
        drop(slow_timer);
        // The page may be gone by now.
        let _ = into.try_set(match response {
            Ok(value) => Remote::Loaded(value),
            Err(error) => Remote::Failed(error),
        });
    }
}

/// Polls until the current owner is disposed of. The last value is kept while a newer one is loading, and when a later
/// request fails.
pub(super) fn poll<T, F>(
    into: RwSignal<Remote<T>>,
    interval_ms: u64,
    request: impl Fn() -> F + Clone + 'static,
) where
    T: Send + Sync + 'static,
    F: Future<Output = ApiResult<T>> + 'static,
{
    poll_with_failure(into, RwSignal::new(false), interval_ms, request);
}

/// As [`poll`]; `is_failing` is true while the last request failed, so that the value may be outdated.
pub(super) fn poll_with_failure<T, F>(
    into: RwSignal<Remote<T>>,
    is_failing: RwSignal<bool>,
    interval_ms: u64,
    request: impl Fn() -> F + Clone + 'static,
) where
    T: Send + Sync + 'static,
    F: Future<Output = ApiResult<T>> + 'static,
{
    let request_once = move || {
        let request = request();
        spawn_local(async move {
            let response = request.await;
            // The page may be gone by now.
            let has_failed = response.is_err();
            if is_failing.try_get_untracked() == Some(!has_failed) {
                is_failing.set(has_failed);
            }
            let _ = into.try_update(|remote| match response {
                Ok(value) => *remote = Remote::Loaded(value),
                Err(error) if remote.loaded().is_none() => *remote = Remote::Failed(error),
                Err(_) => {} // the last value is kept, and the next poll tries again
            });
        });
    };
    request_once();
    let timer = set_interval_with_handle(request_once, Duration::from_millis(interval_ms));
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
}

/// The owner of a part of the page. Work spawned in it ends with that part, not with a view inside
/// it that the work itself replaces.
#[derive(Clone, Copy)]
pub(super) struct Scope(StoredValue<Owner>);

impl Scope {
    /// The current owner.
    pub(super) fn current() -> Self {
        Self(StoredValue::new(Owner::current().unwrap_or_default()))
    }

    /// Spawns work that ends with the owner.
    pub(super) fn spawn(self, work: impl Future<Output = ()> + 'static) {
        if let Some(owner) = self.0.try_get_value() {
            owner.with(|| spawn_local_scoped_with_cancellation(work));
        }
    }
}

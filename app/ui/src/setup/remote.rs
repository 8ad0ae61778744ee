//! Something asked for over the network, in the four states in which people see it.

use std::future::Future;
use std::time::Duration;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::reactive::owner::Owner;
use leptos::task::{spawn_local, spawn_local_scoped_with_cancellation};

use crate::api::response::{ApiResult, ClientError};

/// After this long a wait is said to be long, in milliseconds.
const SLOW_AFTER_MS: u32 = 1_500;

/// How an answer stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Remote<T> {
    /// On its way.
    #[default]
    Loading,
    /// Still on its way.
    Slow,
    /// Here.
    Loaded(T),
    /// Not to be had.
    Failed(ClientError),
}

impl<T> Remote<T> {
    /// What came, if it came.
    pub(super) fn loaded(&self) -> Option<&T> {
        match self {
            Self::Loaded(value) => Some(value),
            Self::Loading | Self::Slow | Self::Failed(_) => None,
        }
    }
}

/// Asks, and shows how it stands in `into`. Stops with the current owner: for what belongs to a page.
pub(super) fn fetch<T: Send + Sync + 'static>(
    into: RwSignal<Remote<T>>,
    request: impl Future<Output = ApiResult<T>> + 'static,
) {
    spawn_local_scoped_with_cancellation(track(into, request));
}

/// The same, but goes on when the page that asked is left: for what belongs to the whole visit.
pub(super) fn fetch_detached<T: Send + Sync + 'static>(
    into: RwSignal<Remote<T>>,
    request: impl Future<Output = ApiResult<T>> + 'static,
) {
    spawn_local(track(into, request));
}

fn track<T: Send + Sync + 'static>(
    into: RwSignal<Remote<T>>,
    request: impl Future<Output = ApiResult<T>> + 'static,
) -> impl Future<Output = ()> + 'static {
    into.set(Remote::Loading);
    let slow = Timeout::new(SLOW_AFTER_MS, move || {
        let _ = into.try_update(|load| {
            if matches!(load, Remote::Loading) {
                *load = Remote::Slow;
            }
        });
    });
    async move {
        let answer = request.await;
        drop(slow);
        // The page may be gone meanwhile.
        let _ = into.try_set(match answer {
            Ok(value) => Remote::Loaded(value),
            Err(error) => Remote::Failed(error),
        });
    }
}

/// Asks now and again and again until the current owner is cleaned up. What is shown stays while a
/// newer answer is on its way, and when one fails to come.
pub(super) fn poll<T, F>(
    into: RwSignal<Remote<T>>,
    interval_ms: u64,
    request: impl Fn() -> F + Clone + 'static,
) where
    T: Send + Sync + 'static,
    F: Future<Output = ApiResult<T>> + 'static,
{
    let request_once = move || {
        let request = request();
        spawn_local(async move {
            let answer = request.await;
            // The page may be gone meanwhile.
            let _ = into.try_update(|load| match answer {
                Ok(value) => *load = Remote::Loaded(value),
                Err(error) if load.loaded().is_none() => *load = Remote::Failed(error),
                Err(_) => {}
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

/// A part of the page for which work is done: the work ends when the part is left, not when some of it
/// is drawn anew, as it would if it were begun in a list whose entries it takes away.
#[derive(Clone, Copy)]
pub(super) struct Scope(StoredValue<Owner>);

impl Scope {
    /// The part that is being built.
    pub(super) fn current() -> Self {
        Self(StoredValue::new(Owner::current().unwrap_or_default()))
    }

    /// Does some work for it.
    pub(super) fn spawn(self, work: impl Future<Output = ()> + 'static) {
        if let Some(owner) = self.0.try_get_value() {
            owner.with(|| spawn_local_scoped_with_cancellation(work));
        }
    }
}

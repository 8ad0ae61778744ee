//! Work that goes on by itself. Futures and effects are boxed here: the machinery around them is
//! compiled once for each type, 1 kB every time.

use std::pin::Pin;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::Effect;

/// Runs a future to its end, beside everything else.
pub fn spawn(future: impl Future<Output = ()> + 'static) {
    let boxed: Pin<Box<dyn Future<Output = ()>>> = Box::pin(future);
    leptos::task::spawn_local(boxed);
}

/// Runs `act` now and whenever a signal that it reads has changed, until the current owner is cleaned
/// up.
pub fn whenever(act: impl FnMut() + 'static) {
    let mut boxed: Box<dyn FnMut()> = Box::new(act);
    Effect::new(move |_| boxed());
}

/// Waits for some milliseconds.
pub async fn pause(length: u32) {
    TimeoutFuture::new(length).await;
}

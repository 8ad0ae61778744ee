//! Futures, effects and timers. Futures and effects are boxed to make the program smaller: Leptos would compile its
//! code for each of their types, 1 kB each time.

use std::pin::Pin;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::Effect;

/// Runs a future in the background.
pub fn spawn(future: impl Future<Output = ()> + 'static) {
    let boxed: Pin<Box<dyn Future<Output = ()>>> = Box::pin(future);
    leptos::task::spawn_local(boxed);
}

/// Runs `effect` now and after each change of a signal that it has read, until the current owner is cleaned up.
pub fn run_effect(effect: impl FnMut() + 'static) {
    let mut boxed: Box<dyn FnMut()> = Box::new(effect);
    Effect::new(move |_| boxed());
}

/// Waits for a time in milliseconds.
pub async fn sleep(millis: u32) {
    TimeoutFuture::new(millis).await;
}

//! The app's side of `kiosk/guard.js`, the plain script that watches over the app from outside: it
//! brings the app back after a crash, keeps the screen on and knows the battery.

use js_sys::Reflect;
use leptos::prelude::window;
use web_sys::Event;
use yobirin_api::device::Crash;

use super::{clock, storage};

/// Where the guard keeps the last crash.
const ERROR: &str = "yobirin.error";
/// For how long it is told, in milliseconds: a week.
const NEWS: u64 = 7 * 24 * 60 * 60 * 1000;

fn tell(name: &str) {
    if let Ok(event) = Event::new(name) {
        let _ = window().dispatch_event(&event); // fails only for an event that is under way
    }
}

/// The app runs: to be told at least once a minute.
pub fn tick() {
    tell("yobirin-tick");
}

/// The relay can be reached again; it may have brought a newer app.
pub fn connected() {
    tell("yobirin-connected");
}

/// This browser is no tablet any more: the service worker's copy of the settings goes.
pub fn forget_settings() {
    tell("yobirin-forget");
}

/// The battery, 0 to 100 percent, where the browser tells.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // the guard has rounded it
pub fn battery() -> Option<u8> {
    let level = Reflect::get(&window(), &"yobirinBattery".into()).ok()?;
    level.as_f64().map(|level| level.clamp(0.0, 100.0) as u8)
}

/// The last crash, as long as it is news.
#[must_use]
pub fn last_crash() -> Option<Crash> {
    let crash: Crash = storage::get(ERROR)?;
    if clock::now().abs_diff(crash.at) > NEWS {
        storage::remove(ERROR);
        return None;
    }
    Some(crash.cleaned())
}

//! The app's side of the watchdog scripts (`kiosk/guard.js`), which reload the app after a crash, hold the screen wake
//! lock, and report the battery level and missing features.

use std::panic::{self, PanicHookInfo};

use js_sys::Reflect;
use leptos::prelude::window;
use web_sys::Event;
use yobirin_api::device::Crash;
use yobirin_domain::engine_feature::EngineFeature;

use super::{clock, storage};

/// Storage key of the last crash, written by [`report_panics`] and `kiosk/crash.js`.
const CRASH_KEY: &str = "yobirin.error";
/// Age in milliseconds up to which a crash is reported: a week.
const CRASH_MAX_AGE_MS: u64 = 7 * 24 * 60 * 60 * 1000;

/// Stores each panic with file, line and message as the last crash. The trap that follows the panic only says
/// `unreachable`.
pub fn report_panics() {
    panic::set_hook(Box::new(|info| {
        let crash = Crash {
            at: clock::now(),
            text: describe(info),
        };
        let _ = storage::set(CRASH_KEY, &crash.cleaned()); // blocked storage only loses the report
    }));
}

fn describe(info: &PanicHookInfo<'_>) -> String {
    let message = info.payload_as_str().unwrap_or("panic");
    match info.location() {
        Some(location) => format!("{}:{}: {message}", location.file(), location.line()),
        None => message.to_owned(),
    }
}

fn dispatch(name: &str) {
    if let Ok(event) = Event::new(name) {
        let _ = window().dispatch_event(&event); // fails only for an event that is under way
    }
}

/// Notifies the watchdog that the app runs. After a minute without this signal it reloads the app.
pub fn signal_alive() {
    dispatch("yobirin-tick");
}

/// Notifies the watchdog that the relay is reachable again, so that it looks for a newer app.
pub fn signal_connected() {
    dispatch("yobirin-connected");
}

/// Has the watchdog delete the service worker's copy of the settings, after the tablet was unpaired.
pub fn forget_cached_settings() {
    dispatch("yobirin-forget");
}

/// Battery level in percent, in browsers that report it.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // battery.js has rounded it
pub fn battery_percent() -> Option<u8> {
    let level = Reflect::get(&window(), &"yobirinBattery".into()).ok()?;
    level.as_f64().map(|level| level.clamp(0.0, 100.0) as u8)
}

/// Features that this browser lacks, as `kiosk/engine_features.js` has found.
#[must_use]
pub fn missing_features() -> Vec<EngineFeature> {
    let report = Reflect::get(&window(), &"yobirinLacks".into()).ok();
    let report = report.and_then(|names| names.as_string());
    EngineFeature::in_report(&report.unwrap_or_default())
}

/// The last crash, unless it is older than a week.
#[must_use]
pub fn last_crash() -> Option<Crash> {
    let crash: Crash = storage::get(CRASH_KEY)?;
    if clock::now().abs_diff(crash.at) > CRASH_MAX_AGE_MS {
        storage::remove(CRASH_KEY);
        return None;
    }
    Some(crash.cleaned())
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_panic_is_described_with_file_line_and_message() {
        let (sender, receiver) = mpsc::channel();
        panic::set_hook(Box::new(move |info| {
            let _ = sender.send(describe(info));
        }));
        let caught = panic::catch_unwind(|| panic!("no {}", "menu"));
        let _ = panic::take_hook();
        assert!(caught.is_err());
        let descriptions: Vec<String> = receiver.try_iter().collect();
        let is_right = |text: &String| text.contains("watchdog.rs:") && text.ends_with(": no menu");
        assert!(descriptions.iter().any(is_right), "{descriptions:?}");
    }
}

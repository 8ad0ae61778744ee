//! What stands between tablet and relay: proxies that answer themselves, that hold events back or cut
//! them, Wi-Fi portals, page translation.

mod captive_portal;
mod event_stream;
mod foreign_responses;
pub(crate) mod page_translation;

use e2e_tests::Browser;
use serde_json::Value;

/// The tablet asks the relay for everything anew, as when a network comes back.
async fn trigger_reconnect(tablet: &Browser) {
    tablet.script("dispatchEvent(new Event('online'))").await;
}

/// Presses 宅配 and returns how long it took until the visitor read that somebody was told, in
/// milliseconds by the page's own clock.
async fn tap_to_notified(tablet: &Browser) -> f64 {
    tablet.sees("[data-screen=menu] [data-button=parcel]").await;
    let script = "const done = arguments[0], begun = performance.now();
        const stage = document.querySelector('[data-screen]');
        const look = () => stage.dataset.screen === 'notified' && (watch.disconnect(), done(performance.now() - begun));
        const watch = new MutationObserver(look);
        watch.observe(stage, { attributes: true });
        document.querySelector('[data-button=parcel]').click();";
    let took: Value = tablet.script_async(script).await;
    tablet.press("[data-state=done]").await;
    took.as_f64().expect("a time")
}

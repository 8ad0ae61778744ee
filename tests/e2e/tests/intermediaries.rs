//! Intermediaries between tablet and relay: proxies that respond themselves, buffer or close event streams,
//! captive portals, page translation, a path in front.

mod captive_portal;
mod event_stream;
mod foreign_responses;
pub(crate) mod page_translation;
mod sub_path;

use e2e_tests::Browser;
use serde_json::Value;

/// Fires the browser's `online` event, so that the tablet fetches everything again.
async fn trigger_reconnect(tablet: &Browser) {
    tablet.script("dispatchEvent(new Event('online'))").await;
}

/// Presses “courier” (宅配); returns the milliseconds until the screen shows "notified", by the page's clock.
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

//! How a tablet is doing, in a badge and in a line.

use leptos::prelude::*;
use yobirin_api::device::DeviceStatus;

use crate::locale::fill;
use crate::platform::clock;

use super::super::nav::words;
use super::super::store::Store;

/// Paired and online, or not.
#[component]
pub(super) fn StateBadge(status: Memo<Option<DeviceStatus>>) -> impl IntoView {
    let w = &words().devices;
    move || {
        status.get().map(|status| {
            let (says, tone) = match (status.paired, status.online) {
                (None, _) => (w.unpaired, "todo"),
                (Some(_), true) => (w.online, "done"),
                (Some(_), false) => (w.offline, "partly"),
            };
            view! { <span class="badge" data-tone=tone data-state=tone>{says}</span> }
        })
    }
}

/// Last seen, version, waiting calls, battery.
#[component]
pub(super) fn StateLine(status: Memo<Option<DeviceStatus>>) -> impl IntoView {
    let words = words();
    let w = &words.devices;
    let store = expect_context::<Store>();
    let zone = store.memo(|document| document.site.time_zone.clone());
    let says = move || {
        let Some(status) = status.get().filter(|status| status.paired.is_some()) else {
            return String::new();
        };
        let time = |at| clock::date_and_time(at, words.lang.lang().tag(), &zone.get());
        let mut parts = Vec::new();
        if let Some(at) = status.last_seen.filter(|_| !status.online) {
            parts.push(fill(w.last_seen, &[("time", &time(at))]));
        }
        if let Some(heartbeat) = status.heartbeat {
            if heartbeat.queued > 0 {
                parts.push(fill(w.queued, &[("count", &heartbeat.queued.to_string())]));
            }
            if let Some(percent) = heartbeat.battery {
                parts.push(fill(w.battery, &[("percent", &percent.to_string())]));
            }
            parts.push(fill(w.app_version, &[("version", &heartbeat.version)]));
        }
        parts.join(" · ")
    };
    view! { <span class="soft state-line">{says}</span> }
}

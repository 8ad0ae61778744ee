//! Advice for a tablet that does not respond.

use leptos::prelude::*;
use yobirin_api::device::DeviceStatus;
use yobirin_domain::tablet_presence::TabletPresence;

use super::status::{LOW_BATTERY_PERCENT, presence_memo};
use crate::components::{Alert, Tone};
use crate::i18n::fill;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::moment::moment_with_age;

/// Says since when the tablet has been silent and what to do. Renders nothing while it responds.
#[component]
pub(super) fn SilentTablet(status: Memo<Option<DeviceStatus>>) -> impl IntoView {
    let words = words();
    let texts = &words.devices;
    let time_zone = expect_context::<DraftStore>().memo(|document| document.site.time_zone.clone());
    let presence = presence_memo(status);
    let title = Memo::new(move |_| {
        status.with(|status| {
            let status = status.as_ref()?;
            let (last_seen, silent_for) = (status.last_seen?, status.silent_for?);
            let time = time_zone.with(|zone| moment_with_age(words, last_seen, silent_for, zone));
            Some(fill(texts.silent_title, &[("time", &time)]))
        })
    });
    let low_battery_percent = Memo::new(move |_| {
        let battery = status.with(|status| status.as_ref()?.heartbeat.as_ref()?.battery);
        battery.filter(|percent| *percent < LOW_BATTERY_PERCENT)
    });
    let battery_text = move || {
        let percent = low_battery_percent.get()?.to_string();
        Some(fill(texts.silent_battery, &[("percent", &percent)]))
    };
    move || {
        (presence.get() == Some(TabletPresence::Silent)).then(|| {
            view! {
                <Alert tone=Tone::Warn kind="silent">
                    <p><strong>{move || title.get()}</strong></p>
                    <ul>
                        <li>{texts.silent_power} {words.sentence_gap()} {battery_text}</li>
                        <li>{texts.silent_wifi}</li>
                        <li>{texts.silent_browser}</li>
                    </ul>
                    <p class="muted">{texts.silent_ends}</p>
                </Alert>
            }
        })
    }
}

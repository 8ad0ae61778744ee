//! Features that a paired tablet's browser lacks, as its last heartbeat reported, with advice.

use leptos::prelude::*;
use yobirin_api::device::DeviceStatus;
use yobirin_domain::engine_feature::EngineFeature;

use crate::i18n::setup::Words;
use crate::setup::nav::words;

/// Effect of a missing feature, and advice.
fn advice(feature: EngineFeature, words: &Words) -> &'static str {
    let texts = &words.engine_gaps;
    match feature {
        EngineFeature::SecureContext => texts.secure_context,
        EngineFeature::WakeLock => texts.wake_lock,
        EngineFeature::OfflineStart => texts.offline_start,
        EngineFeature::Storage => texts.storage,
        EngineFeature::PersistentStorage => texts.persistent_storage,
        EngineFeature::FullScreen => texts.full_screen,
        EngineFeature::Installation => texts.installation,
        EngineFeature::BatteryLevel => texts.battery_level,
    }
}

/// List of the missing features. Renders nothing when none is missing.
#[component]
pub(crate) fn EngineGaps(status: Memo<Option<DeviceStatus>>) -> impl IntoView {
    let words = words();
    let missing = Memo::new(move |_| {
        status.with(|status| {
            let heartbeat = status.as_ref()?.heartbeat.as_ref()?;
            let missing = heartbeat.lacks.clone();
            (!missing.is_empty()).then_some(missing)
        })
    });
    move || {
        missing.get().map(|missing| {
            let line = |feature: EngineFeature| {
                view! { <li data-lacks=feature.name()>{advice(feature, words)}</li> }
            };
            view! {
                <div class="engine-gaps">
                    <h3>{words.engine_gaps.title}</h3>
                    <ul>{missing.into_iter().map(line).collect_view()}</ul>
                </div>
            }
        })
    }
}

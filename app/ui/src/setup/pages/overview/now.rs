//! Today: number of calls, and the state of the tablets.

use leptos::prelude::*;
use yobirin_api::call::CallPage;
use yobirin_api::device::DeviceStatus;
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::model::id::DeviceId;

use crate::api::admin::AdminClient;
use crate::browser::clock;
use crate::i18n::fill;
use crate::router::SetupPage;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Link, words};
use crate::setup::pages::devices::{StatusBadge, StatusFacts, device_status};
use crate::setup::remote::{Remote, fetch};
use crate::setup::shared::display_names::DisplayNames;

use super::figures::AnswerFigures;

#[component]
pub(crate) fn Today(tablets: RwSignal<Remote<Vec<DeviceStatus>>>) -> impl IntoView {
    let texts = &words().overview;
    let store = expect_context::<DraftStore>();
    let devices = store.memo(|document| {
        let devices = document.devices.iter();
        devices.map(|device| device.id.clone()).collect::<Vec<_>>()
    });
    let list = move || {
        let row = |id: DeviceId| view! { <TabletRow id=id tablets=tablets /> };
        devices.get().into_iter().map(row).collect_view()
    };
    move || {
        (!devices.with(Vec::is_empty)).then(|| {
            view! {
                <section class="card" data-section="today">
                    <h2>{texts.today}</h2>
                    <TodaysCalls />
                    <AnswerFigures />
                    <h3>{texts.tablets}</h3>
                    <ul class="rows" role="list" aria-label=texts.tablets>{list}</ul>
                </section>
            }
        })
    }
}

/// Calls since midnight, as far as the newest page of the history shows them.
#[component]
fn TodaysCalls() -> impl IntoView {
    let texts = &words().overview;
    let store = expect_context::<DraftStore>();
    let admin = expect_context::<AdminClient>();
    let calls = RwSignal::new(Remote::<CallPage>::Loading);
    fetch(calls, admin.calls(None, ""));
    let text = move || {
        let zone = store.with(|document| document.site.time_zone.clone());
        let today = clock::today(&zone);
        calls.with(|load| {
            let page = load.loaded()?;
            let of_today = page
                .calls
                .iter()
                .filter(|call| clock::day_of(call.accepted, &zone) == today);
            let count = of_today.clone().count();
            let lost = of_today
                .filter(|call| matches!(call.state, CallState::Failed | CallState::Expired))
                .count();
            let has_more = count == page.calls.len() && page.next.is_some();
            let count_text = if has_more {
                format!("{count}+")
            } else {
                count.to_string()
            };
            let mut text = match count {
                0 => texts.no_calls.to_owned(),
                _ => fill(texts.calls, &[("count", &count_text)]),
            };
            if lost > 0 {
                text.push(' ');
                text.push_str(&fill(texts.calls_lost, &[("count", &lost.to_string())]));
            }
            Some(text)
        })
    };
    view! {
        <p class="row" data-calls-today>
            <span>{text}</span>
            <Link to=SetupPage::History>{texts.see_history}</Link>
        </p>
    }
}

#[component]
fn TabletRow(id: DeviceId, tablets: RwSignal<Remote<Vec<DeviceStatus>>>) -> impl IntoView {
    let names = DisplayNames::from_context();
    let status = device_status(tablets, id.clone());
    let name = {
        let id = id.clone();
        move || names.device(&id)
    };
    let key = id.to_string();
    view! {
        <li class="list-row" data-device=key>
            <span class="row-name"><Link to=SetupPage::Device(id)>{name}</Link></span>
            <StatusFacts status=status />
            <span class="row-side"><StatusBadge status=status /></span>
        </li>
    }
}

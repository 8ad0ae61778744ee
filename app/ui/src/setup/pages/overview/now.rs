//! Section about today: the calls, the answers, and the state of the tablets.

use leptos::prelude::*;
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::model::id::DeviceId;

use crate::browser::clock;
use crate::i18n::fill;
use crate::router::SetupPage;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Link, words};
use crate::setup::pages::devices::{StaleNotice, StatusBadge, StatusFacts, TabletPolling};
use crate::setup::shared::display_names::DisplayNames;

use super::figures::AnswerFigures;
use super::overview_data::OverviewData;
use super::tablets::TabletCounts;

/// Maximum of tablets in the list; silent tablets come first.
const MAX_TABLETS: usize = 12;

#[component]
pub(crate) fn Today(data: OverviewData) -> impl IntoView {
    let texts = &words().overview;
    let store = expect_context::<DraftStore>();
    let tablets = data.tablets;
    let devices = tablets.ordered_devices(store);
    let has_devices = Memo::new(move |_| !devices.with(Vec::is_empty));
    let listed = move || devices.get().into_iter().take(MAX_TABLETS);
    let link_to_all = move || {
        let count = devices.with(Vec::len);
        (count > MAX_TABLETS).then(|| {
            let label = fill(texts.all_tablets, &[("count", &count.to_string())]);
            view! { <p><Link to=SetupPage::Devices action="all-tablets">{label}</Link></p> }
        })
    };
    move || {
        has_devices.get().then(|| {
            view! {
                <section class="card" data-section="today">
                    <h2>{texts.today}</h2>
                    <TodaysCalls data=data />
                    <AnswerFigures data=data />
                    <h3>{texts.tablets}</h3>
                    <TabletCounts tablets=tablets />
                    <StaleNotice tablets=tablets />
                    <ul class="rows" role="list" aria-label=texts.tablets>
                        <For each=listed key=Clone::clone let:id>
                            <TabletRow id=id tablets=tablets />
                        </For>
                    </ul>
                    {link_to_all}
                </section>
            }
        })
    }
}

/// Number of calls since midnight, and how many of those on the newest page of the history reached nobody.
#[component]
fn TodaysCalls(data: OverviewData) -> impl IntoView {
    let texts = &words().overview;
    let store = expect_context::<DraftStore>();
    let text = Memo::new(move |_| {
        let zone = store.with(|document| document.site.time_zone.clone());
        let today = clock::today(&zone);
        let count = data
            .figures
            .with(|remote| remote.loaded().map(|figures| figures.calls))?;
        let undelivered = data.calls.with(|remote| {
            let calls = remote.loaded().into_iter().flat_map(|page| &page.calls);
            calls
                .filter(|call| matches!(call.state, CallState::Failed | CallState::Expired))
                .filter(|call| clock::day_of(call.accepted, &zone) == today)
                .count()
        });
        let mut text = match count {
            0 => texts.no_calls.to_owned(),
            _ => fill(texts.calls, &[("count", &count.to_string())]),
        };
        if undelivered > 0 {
            text.push(' ');
            text.push_str(&fill(
                texts.calls_lost,
                &[("count", &undelivered.to_string())],
            ));
        }
        Some(text)
    });
    view! {
        <p class="row" data-calls-today>
            <span>{move || text.get()}</span>
            <Link to=SetupPage::History>{texts.see_history}</Link>
        </p>
    }
}

#[component]
fn TabletRow(id: DeviceId, tablets: TabletPolling) -> impl IntoView {
    let names = DisplayNames::from_context();
    let status = tablets.status(id.clone());
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

//! Incidents that have not ended: when each began, what to do, and whether the office was told.

use leptos::prelude::*;
use yobirin_api::alarm::OpenAlarm;

use crate::browser::clock;
use crate::components::{Alert, Icon, Sign, Tone};
use crate::i18n::fill;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Link, words};
use crate::setup::remote::Remote;
use crate::setup::shared::alarms::{
    AlarmPolling, Telling, condition_text, is_open_now, with_telling,
};
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::loading_view::loading_view;
use crate::setup::shared::moment::moment_with_age;

/// The incidents, or a line that there are none.
#[component]
pub(super) fn OpenIncidents(alarms: AlarmPolling) -> impl IntoView {
    let texts = &words().alarms;
    let store = expect_context::<DraftStore>();
    let open = Memo::new(move |_| {
        alarms.report.with(|remote| {
            let report = remote.loaded()?;
            Some(with_telling(report, is_open_now(store)))
        })
    });
    // Whether it is loaded, so that a poll does not render the failure again.
    let unloaded = Memo::new(move |_| match alarms.report.get() {
        Remote::Loaded(_) => None,
        Remote::Loading => Some(Remote::Loading),
        Remote::Slow => Some(Remote::Slow),
        Remote::Failed(error) => Some(Remote::<()>::Failed(error)),
    });
    let stale = move || {
        (alarms.is_failing.get() && open.with(Option::is_some))
            .then(|| view! { <Alert tone=Tone::Warn kind="stale">{texts.stale}</Alert> })
    };
    let content = move || {
        match (unloaded.get(), open.get()) {
        (Some(remote), _) => loading_view(&remote, move || alarms.reload()).into_any(),
        (None, Some(open)) if !open.is_empty() => {
            let row = |(alarm, telling)| view! { <TroubleRow alarm=alarm telling=telling alarms=alarms /> };
            let rows = open.into_iter().map(row).collect_view();
            view! { <ul class="rows" role="list" aria-label=texts.now data-open-incidents="">{rows}</ul> }.into_any()
        }
        (None, _) => {
            view! {
                <p class="row" data-open-incidents="none"><span class="good-sign"><Icon sign=Sign::DONE /></span>{texts.none}</p>
            }
            .into_any()
        }
    }
    };
    view! {
        {stale}
        {content}
    }
}

#[component]
fn TroubleRow(alarm: OpenAlarm, telling: Telling, alarms: AlarmPolling) -> impl IntoView {
    let words = words();
    let texts = &words.alarms;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let zone = store.with(|document| document.site.time_zone.clone());
    let condition = condition_text(words, &alarm.condition, &zone, |id| names.device(id));
    let began = alarm.since;
    // The age is written anew with each poll.
    let since = Memo::new(move |_| {
        alarms.report.track();
        let age = clock::now().saturating_sub(began);
        let since = moment_with_age(words, began, age, &zone);
        fill(texts.since, &[("time", &since)])
    });
    let (label, tone, state) = match telling {
        Telling::Told => (texts.told, "done", "told"),
        Telling::Failing if !alarm.condition.is_told_in_chatwork() => {
            (texts.cannot_tell, "bad", "cannot-tell")
        }
        Telling::Failing => (texts.not_told, "bad", "failing"),
        Telling::NoRoom => (texts.not_told, "partly", "no-room"),
        Telling::Closed => (texts.not_told, "partly", "closed"),
    };
    let text = match condition.page {
        Some(page) => view! { <Link to=page>{condition.text}</Link> }.into_any(),
        None => view! { <strong>{condition.text}</strong> }.into_any(),
    };
    view! {
        <li class="incident" data-condition=alarm.condition.key() data-telling=state>
            <p class="incident-text">{text}</p>
            <p class="muted small">{since}</p>
            <p class="small">{condition.advice}</p>
            <p class="incident-state"><span class="badge" data-tone=tone>{label}</span></p>
        </li>
    }
}

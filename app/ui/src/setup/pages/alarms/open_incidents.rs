//! Incidents that have not ended: since when, what to do, and whether the office was notified.

use leptos::prelude::*;
use yobirin_api::alarm::OpenAlarm;

use crate::browser::clock;
use crate::components::{Alert, Icon, Sign, Tone};
use crate::i18n::fill;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Link, words};
use crate::setup::remote::Remote;
use crate::setup::shared::alarms::{
    AlarmPolling, PostState, condition_text, is_open_now, with_post_state,
};
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::loading_view::loading_view;
use crate::setup::shared::moment::moment_with_age;

/// The incidents, or a line that there are none.
#[component]
pub(super) fn OpenIncidents(alarms: AlarmPolling) -> impl IntoView {
    let texts = &words().alarms;
    let store = expect_context::<DraftStore>();
    let incidents = Memo::new(move |_| {
        alarms.report.with(|remote| {
            let report = remote.loaded()?;
            Some(with_post_state(report, is_open_now(store)))
        })
    });
    // The state of loading alone, so that a poll without news does not render the failure again.
    let not_loaded = Memo::new(move |_| match alarms.report.get() {
        Remote::Loaded(_) => None,
        Remote::Loading => Some(Remote::Loading),
        Remote::Slow => Some(Remote::Slow),
        Remote::Failed(error) => Some(Remote::<()>::Failed(error)),
    });
    let stale_notice = move || {
        (alarms.is_failing.get() && incidents.with(Option::is_some))
            .then(|| view! { <Alert tone=Tone::Warn kind="stale">{texts.stale}</Alert> })
    };
    let content = move || {
        if let Some(remote) = not_loaded.get() {
            return loading_view(&remote, move || alarms.reload()).into_any();
        }
        let incidents = incidents.get().unwrap_or_default();
        if incidents.is_empty() {
            return view! {
                <p class="row" data-open-incidents="none"><span class="good-sign"><Icon sign=Sign::DONE /></span>{texts.none}</p>
            }
            .into_any();
        }
        let row = |(alarm, post)| view! { <IncidentRow alarm=alarm post=post alarms=alarms /> };
        let rows = incidents.into_iter().map(row).collect_view();
        view! { <ul class="rows" role="list" aria-label=texts.now data-open-incidents="">{rows}</ul> }
            .into_any()
    };
    view! {
        {stale_notice}
        {content}
    }
}

#[component]
fn IncidentRow(alarm: OpenAlarm, post: PostState, alarms: AlarmPolling) -> impl IntoView {
    let words = words();
    let texts = &words.alarms;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let zone = store.with(|document| document.site.time_zone.clone());
    let condition = condition_text(words, &alarm.condition, &zone, |id| names.device(id));
    let began = alarm.since;
    // Computed anew with each poll, because the age grows.
    let since = Memo::new(move |_| {
        alarms.report.track();
        let age = clock::now().saturating_sub(began);
        let since = moment_with_age(words, began, age, &zone);
        fill(texts.since, &[("time", &since)])
    });
    let (label, tone, state) = match post {
        PostState::Posted => (texts.posted, "done", "posted"),
        PostState::NotPosted if !alarm.condition.can_be_posted() => {
            (texts.cannot_post, "bad", "cannot-post")
        }
        PostState::NotPosted => (texts.not_posted, "bad", "failing"),
        PostState::NoRoom => (texts.not_posted, "partly", "no-room"),
        PostState::HeldUntilOpening => (texts.not_posted, "partly", "closed"),
    };
    let text = match condition.page {
        Some(page) => view! { <Link to=page>{condition.text}</Link> }.into_any(),
        None => view! { <strong>{condition.text}</strong> }.into_any(),
    };
    view! {
        <li class="incident" data-condition=alarm.condition.key() data-post=state>
            <p class="incident-text">{text}</p>
            <p class="muted small">{since}</p>
            <p class="small">{condition.advice}</p>
            <p class="incident-state"><span class="badge" data-tone=tone>{label}</span></p>
        </li>
    }
}

//! Incidents of which nobody was told in Chatwork.

use leptos::prelude::*;
use yobirin_api::alarm::OpenAlarm;
use yobirin_domain::alarm::AlarmCondition;

use crate::components::{Alert, Tone};
use crate::router::SetupPage;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Link, words};
use crate::setup::shared::alarms::{
    AlarmPolling, Telling, condition_text, is_open_now, with_telling,
};
use crate::setup::shared::display_names::DisplayNames;

/// True for incidents that another notice of this page tells already: the frame has one about the token, the overview
/// one about silent tablets.
fn has_own_notice(condition: &AlarmCondition, telling: Telling) -> bool {
    match condition {
        AlarmCondition::TokenRefused => true,
        AlarmCondition::TabletsSilent { .. } => telling != Telling::Failing,
        _ => false,
    }
}

/// Notice with the incidents and the reason. Renders nothing while all were told.
#[component]
pub(super) fn UntoldIncidents(alarms: AlarmPolling) -> impl IntoView {
    let words = words();
    let texts = &words.alarms;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let untold = Memo::new(move |_| {
        let open = alarms.report.with(|remote| {
            let report = remote.loaded()?;
            Some(with_telling(report, is_open_now(store)))
        });
        let mut untold = open.unwrap_or_default();
        untold.retain(|(alarm, telling)| {
            *telling != Telling::Told && !has_own_notice(&alarm.condition, *telling)
        });
        untold
    });
    move || {
        let untold = untold.get();
        let worst = untold.iter().map(|(_, telling)| *telling).max()?;
        let (tone, title, reason) = match worst {
            Telling::Failing => (Tone::Bad, texts.untold_failing, "failing"),
            Telling::NoRoom => (Tone::Warn, texts.untold_no_room, "no-room"),
            Telling::Closed | Telling::Told => (Tone::Warn, texts.untold_closed, "closed"),
        };
        let zone = store.with(|document| document.site.time_zone.clone());
        let line = |alarm: OpenAlarm| {
            let condition = condition_text(words, &alarm.condition, &zone, |id| names.device(id));
            view! { <li data-condition=alarm.condition.key()>{condition.text}</li> }
        };
        let lines = untold
            .into_iter()
            .map(|(alarm, _)| line(alarm))
            .collect_view();
        Some(view! {
            <Alert tone=tone kind="untold-incidents">
                <p data-reason=reason><strong>{title}</strong></p>
                <ul>{lines}</ul>
                <Link to=SetupPage::Alarms class="button small" action="alarms">{texts.untold_open}</Link>
            </Alert>
        })
    }
}

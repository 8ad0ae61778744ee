//! Incidents without a post in Chatwork.

use leptos::prelude::*;
use yobirin_api::alarm::OpenAlarm;
use yobirin_domain::alarm::AlarmCondition;

use crate::components::{Alert, Tone};
use crate::router::SetupPage;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Link, words};
use crate::setup::shared::alarms::{
    AlarmPolling, PostState, condition_text, is_open_now, with_post_state,
};
use crate::setup::shared::display_names::DisplayNames;

/// True for an incident that has another notice on this page: every page has one about a refused token, the overview
/// one about silent tablets. A post that has failed is worth a second notice.
fn has_own_notice(condition: &AlarmCondition, post: PostState) -> bool {
    match condition {
        AlarmCondition::TokenRefused => true,
        AlarmCondition::TabletsSilent { .. } => post != PostState::NotPosted,
        _ => false,
    }
}

/// Notice with the incidents, and the worst reason why they were not posted. Renders nothing while all are posted.
#[component]
pub(super) fn UnpostedIncidents(alarms: AlarmPolling) -> impl IntoView {
    let words = words();
    let texts = &words.alarms;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let unposted = Memo::new(move |_| {
        let open_incidents = alarms.report.with(|remote| {
            let report = remote.loaded()?;
            Some(with_post_state(report, is_open_now(store)))
        });
        let mut unposted = open_incidents.unwrap_or_default();
        unposted.retain(|(alarm, post)| {
            *post != PostState::Posted && !has_own_notice(&alarm.condition, *post)
        });
        unposted
    });
    move || {
        let unposted = unposted.get();
        let worst = unposted.iter().map(|(_, post)| *post).max()?;
        let (tone, title, reason) = match worst {
            PostState::NotPosted => (Tone::Bad, texts.unposted_failing, "failing"),
            PostState::NoRoom => (Tone::Warn, texts.unposted_no_room, "no-room"),
            PostState::HeldUntilOpening | PostState::Posted => {
                (Tone::Warn, texts.unposted_closed, "closed")
            }
        };
        let zone = store.with(|document| document.site.time_zone.clone());
        let line = |alarm: OpenAlarm| {
            let condition = condition_text(words, &alarm.condition, &zone, |id| names.device(id));
            view! { <li data-condition=alarm.condition.key()>{condition.text}</li> }
        };
        let lines = unposted
            .into_iter()
            .map(|(alarm, _)| line(alarm))
            .collect_view();
        Some(view! {
            <Alert tone=tone kind="unposted-incidents">
                <p data-reason=reason><strong>{title}</strong></p>
                <ul>{lines}</ul>
                <Link to=SetupPage::Alarms class="button small" action="alarms">{texts.unposted_open}</Link>
            </Alert>
        })
    }
}

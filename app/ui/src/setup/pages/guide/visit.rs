//! The last step of the guide: the admin calls somebody on the paired tablet, as a visitor would, and this page shows
//! how far that call has been delivered. Admins know the step as the visit; in the code it is a call.

use leptos::prelude::*;
use yobirin_domain::setup_progress::GuideStep;

use super::GuideRun;
use super::next_row::NextRow;
use crate::components::{Alert, Tone};
use crate::setup::nav::words;
use crate::setup::progress::SetupProgress;
use crate::setup::shared::escalation::ReminderOffer;
use crate::setup::shared::test_call_state::TestCallState;

#[component]
pub(super) fn VisitStep(run: GuideRun) -> impl IntoView {
    let texts = &words().guide;
    let progress = expect_context::<SetupProgress>();
    progress.poll_calls_often();
    progress.poll_tablets_often();
    let newest_call = Memo::new(move |_| progress.newest_call());
    let is_done = Memo::new(move |_| progress.is_done(GuideStep::Visit));
    let missing = Signal::derive(move || {
        if is_done.get() {
            ""
        } else {
            texts.visit_missing
        }
    });
    // Once there is a call, the page shows it, even if its tablet has been unpaired since.
    let needs_tablet = Memo::new(move |_| {
        !progress.is_done(GuideStep::Tablet) && newest_call.with(Option::is_none)
    });
    let content = move || {
        if needs_tablet.get() {
            view! {
                <Alert tone=Tone::Warn kind="no-tablet">
                    <p>{texts.visit_no_tablet}</p>
                    <button type="button" class="button small" data-action="to-tablet" on:click=move |_| run.show(GuideStep::Tablet)>
                        {texts.to_tablet}
                    </button>
                </Alert>
            }
            .into_any()
        } else {
            view! { <TestCallState call=newest_call /> }.into_any()
        }
    };
    view! {
        <div class="card" data-section="visit">{content}</div>
        {move || is_done.get().then(|| view! { <ReminderOffer /> })}
        <NextRow run=run label=texts.finish missing=missing on_next=move |()| run.go_on() />
    }
}

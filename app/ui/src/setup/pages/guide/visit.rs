//! The last step: a visit on the real tablet, seen in the history as it is delivered.

use leptos::prelude::*;
use yobirin_domain::setup_progress::GuideStep;

use super::GuideRun;
use super::next_row::NextRow;
use crate::components::{Alert, Tone};
use crate::setup::nav::words;
use crate::setup::progress::SetupProgress;
use crate::setup::shared::test_visit::VisitState;

#[component]
pub(super) fn VisitStep(run: GuideRun) -> impl IntoView {
    let texts = &words().guide;
    let progress = expect_context::<SetupProgress>();
    progress.watch_calls();
    progress.watch_tablets();
    let newest = Memo::new(move |_| progress.newest_call());
    let is_done = Memo::new(move |_| progress.is_done(GuideStep::Visit));
    let missing = Signal::derive(move || {
        if is_done.get() {
            ""
        } else {
            texts.visit_missing
        }
    });
    // A visit needs a tablet, and may have been made on one that is not paired any more.
    let needs_tablet =
        Memo::new(move |_| !progress.is_done(GuideStep::Tablet) && newest.with(Option::is_none));
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
            view! { <VisitState call=newest /> }.into_any()
        }
    };
    view! {
        <div class="card" data-section="visit">{content}</div>
        <NextRow run=run label=texts.finish missing=missing on_next=move |()| run.go_on() />
    }
}

//! The last step: a visit on the real tablet, seen in the history as it is delivered.

use leptos::prelude::*;
use yobirin_domain::setup_progress::GuideStep;

use super::GuideRun;
use super::next_row::NextRow;
use crate::setup::nav::words;
use crate::setup::progress::SetupProgress;
use crate::setup::shared::test_visit::VisitState;

#[component]
pub(super) fn VisitStep(run: GuideRun) -> impl IntoView {
    let texts = &words().guide;
    let progress = expect_context::<SetupProgress>();
    progress.watch_calls();
    let newest = Memo::new(move |_| progress.newest_call());
    let is_done = Memo::new(move |_| progress.is_done(GuideStep::Visit));
    let missing = Signal::derive(move || {
        if is_done.get() {
            ""
        } else {
            texts.visit_waiting
        }
    });
    view! {
        <div class="card" data-section="visit"><VisitState call=newest /></div>
        <NextRow run=run label=texts.finish missing=missing on_next=move |()| run.go_on() />
    }
}

//! Notice that reminders and tasks need answers, with a button that switches answers on.

use leptos::prelude::*;
use yobirin_domain::model::answer_display::AnswerDisplay;

use crate::components::Alert;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;

/// Notice with a reason and a button that switches answers on.
#[component]
pub(crate) fn AnswersNeeded(
    /// Sentence that says why answers are needed.
    reason: &'static str,
) -> impl IntoView {
    let texts = &words().answers;
    let site = expect_context::<DraftStore>().site();
    let switch_on = move |_| site.edit(|site| site.answers = AnswerDisplay::Words);
    view! {
        <Alert kind="answers-needed">
            <p>{reason}</p>
            <button type="button" class="button small" data-action="show-answers" on:click=switch_on>{texts.switch_on}</button>
        </Alert>
    }
}

//! Why reminders and tasks are not available while answers are off, with a button that shows answers.

use leptos::prelude::*;
use yobirin_domain::model::answer_display::AnswerDisplay;

use crate::components::Alert;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;

/// The notice.
#[component]
pub(crate) fn AnswersNeeded(
    /// Why answers are needed.
    why: &'static str,
) -> impl IntoView {
    let texts = &words().answers;
    let site = expect_context::<DraftStore>().site();
    let switch_on = move |_| site.edit(|site| site.answers = AnswerDisplay::Words);
    view! {
        <Alert kind="answers-needed">
            <p>{why}</p>
            <button type="button" class="button small" data-action="show-answers" on:click=switch_on>{texts.switch_on}</button>
        </Alert>
    }
}

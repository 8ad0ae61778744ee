//! Notice on the overview with a link to the guided set-up, while a step of it is open.

use leptos::prelude::*;
use yobirin_domain::setup_progress::GuideStep;

use super::step_name;
use crate::components::Alert;
use crate::i18n::fill;
use crate::router::SetupPage;
use crate::setup::nav::{Link, words};
use crate::setup::progress::SetupProgress;

#[component]
pub(crate) fn ResumeGuide() -> impl IntoView {
    let words = words();
    let texts = &words.guide;
    let progress = expect_context::<SetupProgress>();
    let open_steps = Memo::new(move |_| {
        if progress.is_loaded() {
            let steps = GuideStep::ALL.into_iter();
            steps
                .filter(|step| !progress.is_done(*step))
                .collect::<Vec<_>>()
        } else {
            Vec::new()
        }
    });
    // The first visit may arrive while this page is shown. The polling ends when the effect runs again.
    let lacks_visit =
        Memo::new(move |_| open_steps.with(|steps| steps.contains(&GuideStep::Visit)));
    Effect::new(move |_| {
        if lacks_visit.get() {
            progress.poll_calls();
        }
    });
    move || {
        let open_steps = open_steps.get();
        (!open_steps.is_empty()).then(|| {
            let names = open_steps.iter();
            let names: Vec<&str> = names.map(|step| step_name(words, *step)).collect();
            let names = names.join(words.names.list_separator);
            view! {
                <Alert kind="guide">
                    <p>{fill(texts.remaining_steps, &[("steps", &names)])}</p>
                    <Link to=SetupPage::Guide class="button primary" action="guide">{texts.resume}</Link>
                </Alert>
            }
        })
    }
}

//! Answers (応答) on the tablet, and the office's reminders while nobody answers.

mod display;
mod tablet_picture;

use leptos::prelude::*;
use yobirin_domain::model::settings::Site;

use crate::router::SetupPage;
use crate::setup::draft_store::{Binding, DraftStore};
use crate::setup::nav::{Link, words};
use crate::setup::shared::escalation::{AnswersNeeded, EscalationEditor};
use crate::setup::shared::page_frame::{PageFrame, Section};

use display::AnswerDisplayChoice;

#[component]
pub(crate) fn AnswersPage() -> impl IntoView {
    let texts = &words().answers;
    let site = expect_context::<DraftStore>().site();
    view! {
        <PageFrame name="answers" title=texts.title lead=texts.lead>
            <Section title=texts.display_title lead=texts.display_lead name="answers">
                <AnswerDisplayChoice site=site />
                <ReplyHelp />
            </Section>
            <SiteEscalation site=site />
            <Section title=texts.faster lead=texts.faster_explanation name="faster">
                <p class="row"><Link to=SetupPage::Chatwork focus="[data-help=webhook] summary" class="button" action="webhook">{texts.faster_link}</Link></p>
            </Section>
        </PageFrame>
    }
}

/// Editor of the office's reminders. While answers are off, a notice that reminders need them, and a button that
/// removes reminders which are set all the same.
#[component]
fn SiteEscalation(site: Binding<Site>) -> impl IntoView {
    let words = words();
    let texts = &words.escalation;
    let has_answers = site.read(|site| site.answers.is_on());
    let steps = site.read(|site| site.escalation.clone());
    // After a merge with another admin's changes, there can be steps while answers are off.
    let has_steps = Memo::new(move |_| steps.with(|steps| !steps.is_empty()));
    let remove_steps = move |_| site.edit(|site| site.escalation.clear());
    let content = move || {
        if has_answers.get() {
            let step_problem = Callback::new(move |index: usize| {
                site.problem_in(move || format!("escalation[{index}]"))
            });
            view! {
                <EscalationEditor
                    steps=steps
                    on_change=site.set(|site, steps| site.escalation = steps)
                    step_problem=step_problem
                    problem=site.problem("escalation")
                />
            }
            .into_any()
        } else {
            let remove_button = move || {
                has_steps.get().then(|| {
                    view! {
                        <p class="problem" role="status">{move || site.problem("escalation").get()}</p>
                        <p class="row">
                            <button type="button" class="button small" data-action="clear-steps" on:click=remove_steps>{words.controls.remove}</button>
                        </p>
                    }
                })
            };
            view! { <AnswersNeeded reason=words.answers.unavailable /> {remove_button} }.into_any()
        }
    };
    view! {
        <Section title=texts.title lead=texts.lead name="escalation">{content}</Section>
    }
}

/// Folded help for hosts: which messages count as a reply.
#[component]
fn ReplyHelp() -> impl IntoView {
    let texts = &words().answers;
    view! {
        <details class="help" data-help="replies">
            <summary>{texts.how_title}</summary>
            <ul>
                <li>{texts.how_reply}</li>
                <li>{texts.how_private}</li>
                <li>{texts.how_room}</li>
                <li>{texts.how_several}</li>
                <li>{texts.how_talk}</li>
                <li>{texts.how_edit}</li>
                <li>{texts.how_hint}</li>
            </ul>
        </details>
    }
}

//! Guided set-up: steps from the first-run link to a test visit on the real tablet. Each step reuses forms of other
//! pages. Which steps are done follows from the settings and the relay's status; nothing else is stored.

mod first_steps;
mod next_row;
mod resume;
mod tablet;
mod visit;

use leptos::prelude::*;
use yobirin_domain::setup_progress::GuideStep;

use crate::api::admin::AdminClient;
use crate::browser;
use crate::components::{Icon, Sign};
use crate::i18n::setup::Words;
use crate::router::SetupPage;
use crate::setup::draft_store::{DraftStore, Saving};
use crate::setup::nav::{Nav, words};
use crate::setup::progress::SetupProgress;
use crate::setup::shared::page_frame::PageFrame;

use first_steps::{ChatworkStep, OfficeStep, PeopleStep};
use tablet::TabletStep;
use visit::VisitStep;

pub(crate) use resume::ResumeGuide;

/// Place to show after a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AfterStep {
    NextStep,
    /// The overview, which offers to continue.
    Overview,
}

/// The guided set-up: the shown step, and what follows it once the draft is saved.
#[derive(Clone, Copy)]
pub(super) struct GuideRun {
    /// The shown step.
    step: RwSignal<GuideStep>,
    /// Place to show once the draft is saved; `None` while no save is waited for.
    leaving_for: RwSignal<Option<AfterStep>>,
    store: DraftStore,
    admin: AdminClient,
    nav: Nav,
}

impl GuideRun {
    /// Starts at a step, and leaves each step as soon as its save has succeeded.
    fn start(first: GuideStep) -> Self {
        let run = Self {
            step: RwSignal::new(first),
            leaving_for: RwSignal::new(None),
            store: expect_context(),
            admin: expect_context(),
            nav: expect_context(),
        };
        Effect::new(move |_| {
            let Some(after_step) = run.leaving_for.get() else {
                return;
            };
            match run.store.saving() {
                Saving::Idle | Saving::Busy => {}
                Saving::Saved | Saving::Merged(_) if !run.store.is_dirty() => {
                    run.leaving_for.set(None);
                    run.leave(after_step);
                }
                // The save bar shows the problem.
                _ => run.leaving_for.set(None),
            }
        });
        run
    }

    /// Saves the draft, then shows the next step.
    pub(super) fn go_on(self) {
        self.save_and_leave(AfterStep::NextStep);
    }

    /// Saves the draft, then shows the overview, which offers to continue.
    pub(super) fn continue_later(self) {
        self.save_and_leave(AfterStep::Overview);
    }

    fn save_and_leave(self, after_step: AfterStep) {
        if self.leaving_for.get_untracked().is_some() {
            return;
        }
        if self.store.is_dirty_untracked() {
            self.leaving_for.set(Some(after_step));
            self.store.save(self.admin);
        } else {
            self.leave(after_step);
        }
    }

    fn leave(self, after_step: AfterStep) {
        match after_step {
            AfterStep::NextStep => self.show_next(),
            AfterStep::Overview => self.nav.go(SetupPage::Overview),
        }
    }

    /// Saves the draft, and stays at the step.
    pub(super) fn save(self) {
        self.store.save(self.admin);
    }

    /// True while a press of "next" or "later" waits for the save.
    pub(super) fn is_leaving(self) -> bool {
        self.leaving_for.get().is_some()
    }

    fn show_next(self) {
        match self.step.get_untracked().next() {
            Some(next) => self.show(next),
            None => self.nav.go(SetupPage::Overview),
        }
    }

    fn show(self, step: GuideStep) {
        self.step.set(step);
        browser::scroll_to_top_and_focus("[data-guide] h2");
    }
}

/// Name of a step.
pub(super) fn step_name(words: &Words, step: GuideStep) -> &'static str {
    let texts = &words.guide;
    match step {
        GuideStep::Office => texts.office,
        GuideStep::Chatwork => texts.chatwork,
        GuideStep::People => texts.people,
        GuideStep::Tablet => texts.tablet,
        GuideStep::Visit => texts.visit,
    }
}

#[component]
pub(crate) fn GuidePage() -> impl IntoView {
    let words = words();
    let texts = &words.guide;
    let progress = expect_context::<SetupProgress>();
    // Stays true, so that a later reload does not start the steps again.
    let is_ready = Memo::new(move |was_ready: Option<&bool>| {
        was_ready == Some(&true) || progress.is_settled()
    });
    let content = move || {
        if is_ready.get() {
            let first = untrack(|| progress.first_open()).unwrap_or(GuideStep::Visit);
            let run = GuideRun::start(first);
            view! {
                <GuideSteps run=run />
                <CurrentStep run=run />
            }
            .into_any()
        } else {
            view! {
                <p class="waiting" role="status"><span class="spinner"></span>{words.controls.loading}</p>
            }
            .into_any()
        }
    };
    view! {
        <PageFrame name="guide" title=texts.title lead=texts.lead>{content}</PageFrame>
    }
}

/// A button for each step, with a tick if it is done.
#[component]
fn GuideSteps(run: GuideRun) -> impl IntoView {
    let words = words();
    let texts = &words.guide;
    let progress = expect_context::<SetupProgress>();
    let entry = move |(number, step): (usize, GuideStep)| {
        let is_done = Memo::new(move |_| progress.is_done(step));
        let is_current = move || run.step.get() == step;
        let mark = move || {
            if is_done.get() {
                view! { <Icon sign=Sign::DONE /> <span class="visually-hidden">{texts.step_done}": "</span> }
                    .into_any()
            } else {
                number.into_any()
            }
        };
        view! {
            <li>
                <button
                    type="button"
                    class="guide-mark"
                    data-guide-step=step.key()
                    data-state=move || if is_done.get() { "done" } else { "open" }
                    aria-current=move || is_current().then_some("step")
                    on:click=move |_| run.show(step)
                >
                    <span class="step-number">{mark}</span>
                    <span>{step_name(words, step)}</span>
                </button>
            </li>
        }
    };
    let entries = (1..).zip(GuideStep::ALL).map(entry).collect_view();
    view! { <ol class="guide-steps" role="list" aria-label=texts.steps>{entries}</ol> }
}

#[component]
fn CurrentStep(run: GuideRun) -> impl IntoView {
    let words = words();
    let texts = &words.guide;
    move || {
        let step = run.step.get();
        let (lead, content) = match step {
            GuideStep::Office => (
                texts.office_lead,
                view! { <OfficeStep run=run /> }.into_any(),
            ),
            GuideStep::Chatwork => (
                texts.chatwork_lead,
                view! { <ChatworkStep run=run /> }.into_any(),
            ),
            GuideStep::People => (
                texts.people_lead,
                view! { <PeopleStep run=run /> }.into_any(),
            ),
            GuideStep::Tablet => (
                texts.tablet_lead,
                view! { <TabletStep run=run /> }.into_any(),
            ),
            GuideStep::Visit => (texts.visit_lead, view! { <VisitStep run=run /> }.into_any()),
        };
        view! {
            <div class="guide" data-guide=step.key()>
                <div>
                    <h2 tabindex="-1">{step_name(words, step)}</h2>
                    <p class="muted">{lead}</p>
                </div>
                {content}
            </div>
        }
    }
}

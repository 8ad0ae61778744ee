//! Guided set-up: one run from the first-run link to a test visit on the real tablet. Each step reuses the forms of its
//! page; where the run stands follows from the settings and the relay's status.

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

/// Way out of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// To the next step.
    Next,
    /// To the overview, which offers to continue.
    Overview,
}

/// The run: the step shown, and moving on once everything is saved.
#[derive(Clone, Copy)]
pub(super) struct GuideRun {
    step: RwSignal<GuideStep>,
    /// Where the run goes once the changes are saved; set from the press until then.
    leaving: RwSignal<Option<Way>>,
    store: DraftStore,
    admin: AdminClient,
    nav: Nav,
}

impl GuideRun {
    fn start(first: GuideStep) -> Self {
        let run = Self {
            step: RwSignal::new(first),
            leaving: RwSignal::new(None),
            store: expect_context(),
            admin: expect_context(),
            nav: expect_context(),
        };
        Effect::new(move |_| {
            let Some(way) = run.leaving.get() else {
                return;
            };
            match run.store.saving() {
                Saving::Idle | Saving::Busy => {}
                Saving::Saved | Saving::Merged(_) if !run.store.is_dirty() => {
                    run.leaving.set(None);
                    run.leave(way);
                }
                // The save bar shows the problem.
                _ => run.leaving.set(None),
            }
        });
        run
    }

    /// Saves the draft, then shows the next step.
    pub(super) fn go_on(self) {
        self.save_and_leave(Way::Next);
    }

    /// Saves the draft, then shows the overview, which offers to continue.
    pub(super) fn continue_later(self) {
        self.save_and_leave(Way::Overview);
    }

    fn save_and_leave(self, way: Way) {
        if self.leaving.get_untracked().is_some() {
            return;
        }
        if self.store.is_dirty_untracked() {
            self.leaving.set(Some(way));
            self.store.save(self.admin);
        } else {
            self.leave(way);
        }
    }

    fn leave(self, way: Way) {
        match way {
            Way::Next => self.show_next(),
            Way::Overview => self.nav.go(SetupPage::Overview),
        }
    }

    /// Saves, and stays at the step.
    pub(super) fn save(self) {
        self.store.save(self.admin);
    }

    /// True while “next” waits for the save.
    pub(super) fn is_leaving(self) -> bool {
        self.leaving.get().is_some()
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
    let is_loaded = Memo::new(move |was_loaded: Option<&bool>| {
        was_loaded == Some(&true) || progress.is_loaded()
    });
    let content = move || {
        if is_loaded.get() {
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

/// The steps with their ticks; each leads to its step.
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

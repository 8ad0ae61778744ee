//! Import of lists and settings, in steps: choose a file, map its columns, review the changes, apply them to the draft.
//! Also their export.

mod export;
mod file_step;
mod filter;
mod imported_state;
mod mapping_step;
mod review;
mod rows;
mod session;
mod settings_file;
mod wording;
mod workbook;

use leptos::prelude::*;

use crate::browser;
use crate::components::{Alert, Tone};
use crate::router::SetupPage;

use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Link, words};
use crate::setup::shared::in_charge_proposals::InChargeProposals;
use crate::setup::shared::page_frame::PageFrame;

use export::ExportCard;
use file_step::FileStep;
use imported_state::ImportedState;
use mapping_step::MappingStep;
use review::ReviewStep;
pub(crate) use review::ReviewView;
pub(crate) use session::ImportSession;
use session::ImportStep;
use settings_file::SettingsFileStep;

#[component]
pub(crate) fn ImportPage() -> impl IntoView {
    let texts = &words().import;
    let session = expect_context::<ImportSession>();
    // Every step is shown from its top, also after a long one.
    let current_step = Memo::new(move |_| session.step.get());
    Effect::new(move |earlier_run: Option<()>| {
        current_step.track();
        let is_first_run = earlier_run.is_none();
        if !is_first_run {
            browser::scroll_to_top_and_focus("[data-page=import] h1");
        }
    });
    let step = move || match current_step.get() {
        ImportStep::Choose => view! { <FileStep /> <ExportCard /> }.into_any(),
        ImportStep::Columns => view! { <MappingStep /> }.into_any(),
        ImportStep::Review => view! { <ReviewStep /> }.into_any(),
        ImportStep::Settings => view! { <SettingsFileStep /> }.into_any(),
        ImportStep::Done => view! { <DoneStep /> }.into_any(),
    };
    view! {
        <PageFrame name="import" title=texts.title lead=texts.lead>
            <StepList />
            {step}
        </PageFrame>
    }
}

/// The steps, with the current one marked.
#[component]
fn StepList() -> impl IntoView {
    let texts = &words().import;
    let session = expect_context::<ImportSession>();
    let steps = [
        (ImportStep::Choose, texts.step_choose),
        (ImportStep::Columns, texts.step_columns),
        (ImportStep::Review, texts.step_review),
        (ImportStep::Done, texts.step_done),
    ];
    let steps = steps.into_iter().enumerate().map(|(index, (step, name))| {
        let is_current = move || {
            let current = session.step.get();
            current == step || (current == ImportStep::Settings && step == ImportStep::Review)
        };
        // A settings document has no columns to map.
        let is_settings_file = move || session.settings_import.with(Option::is_some);
        let number = move || {
            let is_after_columns = index > 1;
            if is_settings_file() && is_after_columns {
                index
            } else {
                index + 1
            }
        };
        view! {
            <li
                class="import-step"
                hidden=move || is_settings_file() && step == ImportStep::Columns
                aria-current=move || is_current().then_some("step")
            >
                <span class="step-number">{number}</span>
                {name}
            </li>
        }
    });
    view! { <ol class="import-steps" role="list" aria-label=texts.steps>{steps.collect_view()}</ol> }
}

#[component]
fn DoneStep() -> impl IntoView {
    let words = words();
    let texts = &words.import;
    let session = expect_context::<ImportSession>();
    let store = expect_context::<DraftStore>();
    let state = Memo::new(move |_| session.imported_state(store));
    let outcome = move || {
        let (title, explanation, tone, name) = match state.get() {
            ImportedState::Unsaved => (
                texts.done_title,
                texts.done_explanation,
                Tone::Good,
                "unsaved",
            ),
            ImportedState::Saved => (
                texts.done_saved,
                texts.done_saved_explanation,
                Tone::Good,
                "saved",
            ),
            ImportedState::Discarded => (
                texts.done_discarded,
                texts.done_discarded_explanation,
                Tone::Plain,
                "discarded",
            ),
        };
        view! {
            <div data-imported=name>
                <Alert tone=tone kind="imported">
                    <p><strong>{title}</strong></p>
                    <p>{explanation}</p>
                </Alert>
            </div>
        }
    };
    let links_once_saved = move || {
        (state.get() == ImportedState::Saved).then(|| {
            view! {
                <Link to=SetupPage::Doctor class="button">{words.layout.doctor}</Link>
                <Link to=SetupPage::Preview class="button">{words.layout.preview}</Link>
            }
        })
    };
    view! {
        {outcome}
        <InChargeProposals />
        <p class="row">
            {links_once_saved}
            <Link to=SetupPage::Hosts class="button">{words.layout.hosts}</Link>
            <Link to=SetupPage::Groups class="button">{words.layout.groups}</Link>
            <button type="button" class="button" data-action="again" on:click=move |_| session.restart()>
                {texts.import_another}
            </button>
        </p>
    }
}

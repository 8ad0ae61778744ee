//! The save bar: buttons to save and to discard, the result of saving, problems and conflicts. Hidden while there is
//! nothing to save or to report.

mod conflict;
mod editor_name_question;
mod shortening;

use std::time::Duration;

use leptos::prelude::*;
use yobirin_domain::validate::Problem;

use crate::api::response::ClientError;
use crate::browser::window_events;
use crate::components::{Confirm, Icon, Sign};
use crate::i18n::fill;
use crate::i18n::setup::Words;
use crate::router::{Page, SetupPage};

use super::errors;
use super::nav::{Link, Nav, page_title, words};
use super::undo::UndoneStepText;
use crate::api::admin::AdminClient;
use crate::setup::auth::pending_secrets::PendingSecrets;
use crate::setup::draft::problem_location::{field_path, input_selector, menu_button_of, page_of};
use crate::setup::draft_store::{DraftStore, Saving};
use crate::setup::shared::diff_text::{self, ChangeList, DiffText};
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::joined_text::sentences;

use conflict::{ConflictList, SavedFirstBy};
use editor_name_question::EditorNameQuestion;
use shortening::ShorteningQuestion;

/// Interval at which a save that could not reach the relay is repeated.
const RETRY_INTERVAL: Duration = Duration::from_secs(5);
/// Time after which the bar says that the relay is slow to respond to a save.
const SLOW_SAVE: Duration = Duration::from_secs(10);

/// State of the save bar.
#[derive(Clone, Copy, PartialEq, Eq)]
enum BarState {
    /// Nothing to save or to report.
    Clean,
    /// Nothing to save, and a step was undone or redone last.
    Undone,
    Unsaved,
    Saving,
    Saved,
    Failed,
    Invalid,
    Conflict,
}

impl BarState {
    fn of(store: DraftStore) -> Self {
        match store.saving() {
            Saving::Busy => Self::Saving,
            Saving::Merged(_) => Self::Saved,
            Saving::Failed(_) => Self::Failed,
            Saving::Invalid(_) => Self::Invalid,
            Saving::Conflicting(_) => Self::Conflict,
            Saving::ShortensRetention(_) => Self::Unsaved,
            Saving::Idle | Saving::Saved if store.is_dirty() => Self::Unsaved,
            Saving::Saved => Self::Saved,
            Saving::Idle if store.undone_step().is_some() => Self::Undone,
            Saving::Idle => Self::Clean,
        }
    }

    /// Name for tests and styles, in `data-save`.
    fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Undone => "undone",
            Self::Unsaved => "unsaved",
            Self::Saving => "saving",
            Self::Saved => "saved",
            Self::Failed => "failed",
            Self::Invalid => "invalid",
            Self::Conflict => "conflict",
        }
    }
}

/// Text for a save that failed.
fn failure_text(words: &Words, error: &ClientError) -> String {
    let reason = errors::text(words, error);
    let failed = words.layout.save_failed;
    match error {
        ClientError::Unreachable => {
            sentences(words, &[failed, &reason, words.editing.save_when_online])
        }
        _ => sentences(words, &[failed, &reason]),
    }
}

/// True while a save has been waiting for the relay for [`SLOW_SAVE`].
fn is_slow_save(store: DraftStore) -> ReadSignal<bool> {
    let is_busy = Memo::new(move |_| store.saving() == Saving::Busy);
    let (is_slow, set_slow) = signal(false);
    Effect::new(move |_| {
        set_slow.set(false);
        if is_busy.get()
            && let Ok(timer) = set_timeout_with_handle(move || set_slow.set(true), SLOW_SAVE)
        {
            on_cleanup(move || timer.clear());
        }
    });
    is_slow
}

#[component]
pub(super) fn SaveBar(admin: AdminClient) -> impl IntoView {
    let store = expect_context::<DraftStore>();
    let words = words();
    let texts = &words.layout;
    let is_confirming_discard = RwSignal::new(false);
    // A save that could not reach the relay is repeated once the relay responds.
    let retry = move || store.save_when_reachable(admin);
    window_events::listen_while_mounted("online", retry);
    let timer = set_interval_with_handle(retry, RETRY_INTERVAL);
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
    let is_busy = move || store.saving() == Saving::Busy;
    let is_slow = is_slow_save(store);
    let state = move || BarState::of(store);
    let text = move || match (state(), store.saving()) {
        (BarState::Clean | BarState::Undone, _) => String::new(),
        (BarState::Saving, _) if is_slow.get() => {
            sentences(words, &[texts.saving, words.editing.save_is_slow])
        }
        (BarState::Saving, _) => texts.saving.to_owned(),
        (BarState::Saved, Saving::Merged(_)) => texts.saved_merged.to_owned(),
        (BarState::Saved, _) => texts.saved.to_owned(),
        (BarState::Failed, Saving::Failed(error)) => failure_text(words, &error),
        (BarState::Unsaved | BarState::Failed, _) => texts.unsaved.to_owned(),
        (BarState::Invalid, _) => {
            let count = store.problems().len().to_string();
            fill(texts.problems, &[("count", &count)])
        }
        (BarState::Conflict, _) => texts.conflict_title.to_owned(),
    };
    // Hidden while recovery codes are shown, so that only they ask to be saved.
    let secrets = expect_context::<PendingSecrets>();
    let nav = expect_context::<Nav>();
    let shows_codes = move || {
        let is_their_page = nav.page() == Some(Page::Setup(SetupPage::Security));
        is_their_page && secrets.has_codes()
    };
    let conflicts = Memo::new(move |_| match store.saving() {
        Saving::Conflicting(conflicts) => conflicts,
        _ => Vec::new(),
    });
    let actions = move || {
        let can_save = store.is_dirty() && conflicts.with(Vec::is_empty);
        can_save.then(|| {
            view! {
                <button type="button" class="button" data-action="discard" on:click=move |_| is_confirming_discard.set(true)>
                    {texts.discard}
                </button>
                <button
                    type="button"
                    class="button primary"
                    data-action="save"
                    aria-disabled=move || is_busy().to_string()
                    on:click=move |_| if !is_busy() { store.save(admin) }
                >
                    {texts.save}
                </button>
            }
        })
    };
    view! {
        <section class="save-bar" data-save=move || state().name() aria-label=texts.save hidden=move || state() == BarState::Clean || shows_codes()>
            <div class="save-line">
                <p role="status" aria-live="polite">
                    {move || (state() == BarState::Saved).then(|| view! { <Icon sign=Sign::DONE /> })}
                    <span>{text}</span>
                    <span class="undone-step muted"><UndoneStepText /></span>
                </p>
                <div class="save-actions">{actions}</div>
            </div>
            <EditorNameQuestion />
            <Problems />
            {move || (!store.autosave().is_available() && store.is_dirty()).then(|| {
                view! { <p class="draft-not-stored" role="status">{words.editing.draft_not_stored}</p> }
            })}
            <MergedChanges />
            {move || conflicts.with(|conflicts| {
                let conflicts = conflicts.clone();
                (!conflicts.is_empty()).then(|| view! { <ConflictList conflicts=conflicts admin=admin /> })
            })}
        </section>
        <Confirm
            open=is_confirming_discard
            title=texts.discard_question
            ok=texts.discard
            cancel=words.controls.cancel
            danger=true
            kind="discard"
            on_ok=move |()| store.discard()
        >
            <p>{texts.discard_explanation}</p>
        </Confirm>
        <ShorteningQuestion admin=admin />
    }
}

/// The problems, each with a link to its input.
#[component]
fn Problems() -> impl IntoView {
    let store = expect_context::<DraftStore>();
    let words = words();
    let names = DisplayNames::from_context();
    let list = move || {
        let problems = store.problems();
        let item = |problem: &Problem| {
            let path = &problem.path;
            let (page, button, selector) = store.with(|document| {
                (
                    page_of(document, path),
                    menu_button_of(document, path),
                    input_selector(document, path),
                )
            });
            let mut location = vec![entry_label(words, names, &page)];
            location.extend(button.map(|button| names.button(&button)));
            location.extend(diff_text::field_labels(words, &field_path(path)));
            view! {
                <li data-problem=path.clone()>
                    <Link to=page focus=selector>{location.join(" › ")}</Link>
                    " "
                    {words.validation.of(&problem.error)}
                </li>
            }
        };
        (!problems.is_empty()).then(|| {
            view! { <ul class="problems">{problems.iter().map(item).collect_view()}</ul> }
        })
    };
    view! { <div role="alert">{list}</div> }
}

/// Title of a page, with the name of the entry that it shows.
fn entry_label(words: &Words, names: DisplayNames, page: &SetupPage) -> String {
    let entry = match page {
        SetupPage::Host(id) => names.host(id),
        SetupPage::Group(id) => names.group(id),
        SetupPage::Device(id) => names.device(id),
        _ => return page_title(words, page).to_owned(),
    };
    format!("{} › {entry}", page_title(words, page))
}

/// Changes of another admin that a save was merged with.
#[component]
fn MergedChanges() -> impl IntoView {
    let store = expect_context::<DraftStore>();
    let words = words();
    move || match store.saving() {
        Saving::Merged(changes) => {
            // The list stays as it was at the save, whatever the admin edits meanwhile.
            let diff_text = untrack(DiffText::from_context);
            let list = untrack(|| view! { <ChangeList changes=changes diff_text=diff_text /> });
            Some(view! {
                <details class="merged-changes">
                    <summary>{words.editing.their_changes}</summary>
                    <SavedFirstBy />
                    {list}
                </details>
                <p class="save-actions">
                    <button type="button" class="button small" data-action="dismiss" on:click=move |_| store.dismiss_status()>
                        {words.editing.close}
                    </button>
                </p>
            })
        }
        _ => None,
    }
}

//! The save bar, shown while something is unsaved: save, discard, problems, conflicts.

mod conflict;
mod editor_name_question;
mod shortening;

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

use conflict::{ConflictList, SavedFirstBy};
use editor_name_question::EditorNameQuestion;
use shortening::ShorteningQuestion;

#[component]
pub(super) fn SaveBar(admin: AdminClient) -> impl IntoView {
    let store = expect_context::<DraftStore>();
    let words = words();
    let texts = &words.shell;
    let discarding = RwSignal::new(false);
    // A save that failed offline is repeated once the browser is online.
    window_events::listen_while_mounted("online", move || {
        if store.saving_untracked() == Saving::Failed(ClientError::Unreachable) {
            store.save(admin);
        }
    });
    let busy = move || store.saving() == Saving::Busy;
    let state = move || match store.saving() {
        Saving::Busy => "saving",
        // An edit sets the state back to `Idle`; only edits that were made during the save leave `Saved` with changes.
        Saving::Merged(_) => "saved",
        Saving::Saved if !store.is_dirty() => "saved",
        Saving::Failed(_) => "failed",
        Saving::Invalid(_) => "invalid",
        Saving::Conflicting(_) => "conflict",
        Saving::ShortensRetention(_) => "unsaved",
        Saving::Idle | Saving::Saved if store.is_dirty() => "unsaved",
        Saving::Idle if store.undone_step().is_some() => "undone",
        Saving::Idle | Saving::Saved => "clean",
    };
    let text = move || match (state(), store.saving()) {
        ("saving", _) => texts.saving.to_owned(),
        (_, Saving::Merged(_)) => texts.saved_merged.to_owned(),
        ("saved", _) => texts.saved.to_owned(),
        ("failed", Saving::Failed(error)) => {
            let mut sentences = vec![texts.save_failed, errors::text(words, &error)];
            if error == ClientError::Unreachable {
                sentences.push(words.editing.save_when_online);
            }
            sentences.join(words.sentence_gap())
        }
        ("invalid", _) => {
            let count = store.problems().len().to_string();
            fill(texts.problems, &[("count", &count)])
        }
        ("conflict", _) => texts.conflict_title.to_owned(),
        ("clean" | "undone", _) => String::new(),
        _ => texts.unsaved.to_owned(),
    };
    // While recovery codes are shown, only they ask to be saved.
    let secrets = expect_context::<PendingSecrets>();
    let nav = expect_context::<Nav>();
    let shows_codes = move || {
        let at_codes = nav.page() == Some(Page::Setup(SetupPage::Security));
        at_codes && secrets.has_codes()
    };
    let conflicts = Memo::new(move |_| match store.saving() {
        Saving::Conflicting(conflicts) => conflicts,
        _ => Vec::new(),
    });
    let actions = move || {
        let can_save = store.is_dirty() && conflicts.with(Vec::is_empty);
        can_save.then(|| {
            view! {
                <button type="button" class="button" data-action="discard" on:click=move |_| discarding.set(true)>
                    {texts.discard}
                </button>
                <button
                    type="button"
                    class="button primary"
                    data-action="save"
                    aria-disabled=move || busy().to_string()
                    on:click=move |_| if !busy() { store.save(admin) }
                >
                    {texts.save}
                </button>
            }
        })
    };
    view! {
        <section class="save-bar" data-save=state aria-label=texts.save hidden=move || state() == "clean" || shows_codes()>
            <div class="save-line">
                <p role="status" aria-live="polite">
                    {move || (state() == "saved").then(|| view! { <Icon sign=Sign::DONE /> })}
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
            open=discarding
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

//! Saved versions of the settings: author, time, changes, and restoring.

use std::sync::Arc;

use leptos::prelude::*;
use yobirin_api::settings::SavedVersion;
use yobirin_domain::diff::{Change, between};
use yobirin_domain::model::settings::SettingsDocument;

use crate::browser::clock;
use crate::components::{Alert, Confirm};
use crate::i18n::fill;

use crate::api::admin::AdminClient;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::remote::{Remote, fetch};
use crate::setup::shared::diff_text::{ChangeList, DiffText, row_count};
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::loading_view::loading_view;
use crate::setup::shared::page_frame::PageFrame;
use crate::setup::shared::version_text::{author_text, summary_text};

#[component]
pub(crate) fn VersionsPage() -> impl IntoView {
    let texts = &words().versions;
    let admin = expect_context::<AdminClient>();
    let versions = RwSignal::new(Remote::<Vec<SavedVersion>>::Loading);
    let load = move || fetch(versions, async move { admin.versions().await });
    load();
    // Number of the version whose changes are shown.
    let open_version = RwSignal::new(None::<u64>);
    let rows = move || match versions.get() {
        Remote::Loaded(versions) if versions.is_empty() => {
            view! { <Alert kind="empty">{texts.empty}</Alert> }.into_any()
        }
        Remote::Loaded(versions) => {
            let numbers: Vec<u64> = versions.iter().map(|version| version.number).collect();
            let row = |(index, version): (usize, SavedVersion)| {
                // The next in the list, because numbers may have gaps: the relay merges what a host saves in quick
                // succession. The last in the list is compared with the version before it, which is not listed.
                let previous_number = version.number.checked_sub(1).filter(|number| *number > 0);
                let before = numbers.get(index + 1).copied().or(previous_number);
                view! { <VersionRow version=version before=before is_newest=index == 0 open_version=open_version /> }
            };
            let rows = versions.into_iter().enumerate().map(row).collect_view();
            view! { <ul class="rows versions" role="list" aria-label=texts.title>{rows}</ul> }
                .into_any()
        }
        other => loading_view(&other, load),
    };
    view! {
        <PageFrame name="versions" title=texts.title lead=texts.lead>
            {rows}
        </PageFrame>
    }
}

#[component]
fn VersionRow(
    version: SavedVersion,
    /// Number of the version before, if there is one.
    before: Option<u64>,
    is_newest: bool,
    /// Number of the version whose changes are shown.
    open_version: RwSignal<Option<u64>>,
) -> impl IntoView {
    let words = words();
    let texts = &words.versions;
    let store = expect_context::<DraftStore>();
    let zone = store.peek(|document| document.site.time_zone.clone());
    let time = clock::format_date_time(version.saved, words.language().tag(), &zone);
    let number = version.number;
    let is_open = Memo::new(move |_| open_version.get() == Some(number));
    let author = untrack(|| author_text(words, DisplayNames::from_context(), &version));
    let summary = summary_text(words, version.changes);
    let mark =
        is_newest.then(|| view! { <span class="badge" data-tone="done">{texts.current}</span> });
    let title = fill(texts.number, &[("number", &number.to_string())]);
    let button_text = move || {
        if is_open.get() {
            texts.hide
        } else {
            texts.show
        }
    };
    let label = {
        let time = time.clone();
        move || format!("{}: {time}", button_text())
    };
    let saved_at = StoredValue::new(time.clone());
    view! {
        <li class="version-row" data-version=number.to_string()>
            <div class="version-line">
                <strong><time class="digits">{time}</time></strong>
                <span class="muted digits">{title}</span>
                <span class="muted">{fill(texts.saved_by, &[("name", &author)])}</span>
                {mark}
                <span class="version-summary" data-summary>{summary}</span>
                <button
                    type="button"
                    class="button small"
                    data-action="show-version"
                    aria-expanded=move || is_open.get().to_string()
                    aria-label=label
                    on:click=move |_| {
                        open_version.set(if is_open.get_untracked() { None } else { Some(number) });
                    }
                >
                    {button_text}
                </button>
            </div>
            {move || is_open.get().then(|| view! { <VersionChanges number=number saved_at=saved_at before_number=before is_newest=is_newest /> })}
        </li>
    }
}

/// A version and its predecessor.
#[derive(Clone, PartialEq)]
struct VersionPair {
    before: Arc<SettingsDocument>,
    this: Arc<SettingsDocument>,
}

#[component]
fn VersionChanges(
    number: u64,
    saved_at: StoredValue<String>,
    before_number: Option<u64>,
    is_newest: bool,
) -> impl IntoView {
    let words = words();
    let texts = &words.versions;
    let admin = expect_context::<AdminClient>();
    let compared = RwSignal::new(Remote::<VersionPair>::Loading);
    let load = move || {
        fetch(compared, async move {
            let this = admin.settings_of_version(number).await?;
            let before = match before_number {
                Some(before) => admin.settings_of_version(before).await?,
                None => SettingsDocument::default(),
            };
            Ok(VersionPair {
                before: Arc::new(before),
                this: Arc::new(this),
            })
        });
    };
    load();
    move || match compared.get() {
        Remote::Loaded(VersionPair { before, this }) => {
            let changes = between(&before, &this);
            let diff_text =
                untrack(|| DiffText::with_documents(vec![Arc::clone(&this), Arc::clone(&before)]));
            let list = if changes.is_empty() {
                view! { <p class="muted">{texts.no_difference}</p> }.into_any()
            } else {
                let count = row_count(&changes).to_string();
                let title = fill(texts.differences, &[("count", &count)]);
                untrack(|| {
                    view! {
                        <p class="muted small" data-count=count>{title}</p>
                        <ChangeList changes=changes diff_text=diff_text />
                    }
                })
                .into_any()
            };
            let restore = (!is_newest).then(|| {
                untrack(|| view! { <Restore to=RestoredState::After saved_at=saved_at document=this /> })
            });
            let restore_before = before_number.map(|_| {
                untrack(|| view! { <Restore to=RestoredState::Before saved_at=saved_at document=before /> })
            });
            view! { <div class="version-changes">{list} {restore_before} {restore}</div> }
                .into_any()
        }
        other => loading_view(&other, load),
    }
}

/// Settings that a button of a version restores.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RestoredState {
    /// Settings before the version's changes.
    Before,
    /// Settings after the version's changes: the version itself.
    After,
}

/// Button that restores settings into the draft, and a dialog that shows what changes.
#[component]
fn Restore(
    to: RestoredState,
    /// Time at which the version was saved, in words.
    saved_at: StoredValue<String>,
    /// The settings.
    document: Arc<SettingsDocument>,
) -> impl IntoView {
    let words = words();
    let texts = &words.versions;
    let (action, label, hint, question) = match to {
        RestoredState::Before => (
            "restore-before",
            texts.restore_before,
            texts.restore_before_hint,
            texts.restore_before_question,
        ),
        RestoredState::After => (
            "restore",
            texts.restore,
            texts.restore_hint,
            texts.restore_question,
        ),
    };
    let store = expect_context::<DraftStore>();
    let is_confirming = RwSignal::new(false);
    let title = saved_at.with_value(|time| fill(question, &[("time", time)]));
    let document = StoredValue::new(document);
    let preview = move || {
        let document = document.get_value();
        let changes: Vec<Change> = store.with(|draft| between(draft, &document));
        let is_same = changes.is_empty();
        let count = fill(
            texts.restore_difference,
            &[("count", &row_count(&changes).to_string())],
        );
        let diff_text = untrack(|| DiffText::with_documents(vec![document]));
        view! {
            <p>{if is_same { texts.restore_no_difference.to_owned() } else { count }}</p>
            <div class="restore-changes">
                {untrack(|| view! { <ChangeList changes=changes diff_text=diff_text /> })}
            </div>
        }
    };
    view! {
        <p class="row">
            <button type="button" class="button" data-action=action on:click=move |_| is_confirming.set(true)>
                {label}
            </button>
            <span class="muted small">{hint}</span>
        </p>
        <Confirm
            open=is_confirming
            title=title
            ok=label
            cancel=words.controls.cancel
            kind=action
            on_ok=move |()| {
                let restored = document.get_value();
                store.edit(|document| *document = (*restored).clone());
            }
        >
            <p>{texts.restore_explanation}</p>
            {preview}
        </Confirm>
    }
}

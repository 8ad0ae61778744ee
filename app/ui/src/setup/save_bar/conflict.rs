//! Merge conflicts: fields that were changed here and meanwhile saved by somebody else, another admin or a host on
//! their own page. Shows both values of each, to choose from.

use leptos::prelude::*;
use yobirin_domain::diff::{Conflict, Side};

use crate::components::fresh_id;
use crate::i18n::fill;

use super::super::nav::words;
use crate::api::admin::AdminClient;
use crate::setup::draft_store::DraftStore;
use crate::setup::shared::diff_text::DiffText;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::version_text::author_text;

/// Every conflict with its two values, buttons that choose one side for all, and the button that saves the choice.
#[component]
pub(super) fn ConflictList(
    /// Fields changed on both sides.
    conflicts: Vec<Conflict>,
    /// Client for the save.
    admin: AdminClient,
) -> impl IntoView {
    let store = expect_context::<DraftStore>();
    let words = words();
    let texts = &words.editing;
    let stored_conflicts = StoredValue::new(conflicts.clone());
    let undecided_count = move || {
        stored_conflicts.with_value(|conflicts| {
            let undecided = conflicts
                .iter()
                .filter(|conflict| store.decision(&conflict.field).is_none());
            undecided.count()
        })
    };
    let choose_all = move |side: Side| {
        stored_conflicts.with_value(|conflicts| {
            for conflict in conflicts {
                store.decide(conflict.field.clone(), side);
            }
        });
    };
    let diff_text = untrack(DiffText::from_context);
    let choices = conflicts
        .into_iter()
        .map(|conflict| view! { <ConflictChoice conflict=conflict diff_text=diff_text.clone() /> })
        .collect_view();
    let remaining_text = move || match undecided_count() {
        0 => String::new(),
        count => fill(texts.choices_left, &[("count", &count.to_string())]),
    };
    view! {
        <div class="conflict-panel" role="group" aria-label=words.layout.conflict_title>
            <SavedFirstBy />
            <p>{words.layout.conflict_explanation}</p>
            <p class="conflict-all">
                <button type="button" class="button small" data-action="all-theirs" on:click=move |_| choose_all(Side::Theirs)>
                    {texts.choose_all_theirs}
                </button>
                <button type="button" class="button small" data-action="all-mine" on:click=move |_| choose_all(Side::Mine)>
                    {texts.choose_all_mine}
                </button>
            </p>
            <div class="conflict-list">{choices}</div>
            <div class="save-actions">
                <span class="muted" role="status">{remaining_text}</span>
                <button
                    type="button"
                    class="button primary"
                    data-action="save-decided"
                    aria-disabled=move || (undecided_count() > 0).to_string()
                    on:click=move |_| if undecided_count() == 0 { store.save_decided(admin) }
                >
                    {texts.save_choices}
                </button>
            </div>
        </div>
    }
}

/// Names of the people who saved first, without repetitions.
#[component]
pub(super) fn SavedFirstBy() -> impl IntoView {
    let store = expect_context::<DraftStore>();
    let words = words();
    let names = DisplayNames::from_context();
    move || {
        let mut authors: Vec<String> = Vec::new();
        for version in store.saved_first_by() {
            let author = author_text(words, names, &version);
            if !authors.contains(&author) {
                authors.push(author);
            }
        }
        let names = authors.join(words.names.list_separator);
        (!names.is_empty()).then(|| {
            view! { <p data-saved-first-by>{fill(words.editing.saved_first_by, &[("names", &names)])}</p> }
        })
    }
}

/// One conflict as two radio buttons: their value and the value of this draft.
#[component]
fn ConflictChoice(conflict: Conflict, diff_text: DiffText) -> impl IntoView {
    let store = expect_context::<DraftStore>();
    let words = words();
    let texts = &words.editing;
    let field = StoredValue::new(conflict.field.clone());
    let path = &conflict.field.path;
    let label = untrack(|| diff_text.field_label(&conflict.field.entity, &conflict.name, path));
    let is_whole_entry = path.is_empty();
    let value_text = |value: Option<&serde_json::Value>| match value {
        None if is_whole_entry => texts.choose_deletion.to_owned(),
        Some(_) if is_whole_entry => texts.choose_keeping.to_owned(),
        _ => untrack(|| diff_text.value_text(path, value)),
    };
    let radio_group = fresh_id();
    let choice = |side: Side, side_label: &'static str, text: String| {
        let is_chosen = move || field.with_value(|field| store.decision(field)) == Some(side);
        view! {
            <label class="conflict-side">
                <input
                    type="radio"
                    name=radio_group.clone()
                    value=if side == Side::Mine { "mine" } else { "theirs" }
                    prop:checked=is_chosen
                    on:change=move |_| store.decide(field.get_value(), side)
                />
                <span><span class="muted">{side_label}</span><strong>{text}</strong></span>
            </label>
        }
    };
    view! {
        <fieldset class="conflict" data-conflict=path.join(".")>
            <legend>{label}</legend>
            {choice(Side::Theirs, texts.theirs, value_text(conflict.theirs.as_ref()))}
            {choice(Side::Mine, texts.mine, value_text(conflict.mine.as_ref()))}
        </fieldset>
    }
}

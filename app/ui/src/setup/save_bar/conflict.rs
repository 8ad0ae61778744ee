//! Merge conflicts: two admins changed the same fields. Both versions side by side, to choose from.

use leptos::prelude::*;
use yobirin_domain::diff::{Conflict, Side};

use crate::components::fresh_id;
use crate::i18n::fill;

use super::super::nav::words;
use crate::api::admin::AdminClient;
use crate::setup::draft_store::DraftStore;
use crate::setup::shared::diff_text::DiffText;

/// The list of conflicts.
#[component]
pub(super) fn ConflictList(
    /// Conflicts to resolve.
    conflicts: Vec<Conflict>,
    /// Client that saves the result.
    admin: AdminClient,
) -> impl IntoView {
    let (store, words) = (expect_context::<DraftStore>(), words());
    let w = &words.editing;
    let all = StoredValue::new(conflicts.clone());
    let open = move || {
        all.with_value(|all| {
            let undecided = all
                .iter()
                .filter(|conflict| store.decision(&conflict.field).is_none());
            undecided.count()
        })
    };
    let choose_all = move |side: Side| {
        all.with_value(|all| {
            for conflict in all {
                store.decide(conflict.field.clone(), side);
            }
        });
    };
    let diff_text = untrack(DiffText::from_context);
    let lines = conflicts
        .into_iter()
        .map(|conflict| view! { <ConflictChoice conflict=conflict diff_text=diff_text.clone() /> })
        .collect_view();
    let waiting = move || match open() {
        0 => String::new(),
        count => fill(w.choices_left, &[("count", &count.to_string())]),
    };
    view! {
        <div class="conflict-panel" role="group" aria-label=words.shell.conflict_title>
            <p>{words.shell.conflict_words}</p>
            <p class="conflict-all">
                <button type="button" class="button small" data-action="all-theirs" on:click=move |_| choose_all(Side::Theirs)>
                    {w.choose_all_theirs}
                </button>
                <button type="button" class="button small" data-action="all-mine" on:click=move |_| choose_all(Side::Mine)>
                    {w.choose_all_mine}
                </button>
            </p>
            <div class="conflict-list">{lines}</div>
            <div class="save-actions">
                <span class="muted" role="status">{waiting}</span>
                <button
                    type="button"
                    class="button primary"
                    data-action="save-decided"
                    aria-disabled=move || (open() > 0).to_string()
                    on:click=move |_| if open() == 0 { store.save_decided(admin) }
                >
                    {w.save_choices}
                </button>
            </div>
        </div>
    }
}

#[component]
fn ConflictChoice(conflict: Conflict, diff_text: DiffText) -> impl IntoView {
    let (store, words) = (expect_context::<DraftStore>(), words());
    let w = &words.editing;
    let place = StoredValue::new(conflict.field.clone());
    let path = &conflict.field.path;
    let what = untrack(|| diff_text.field_label(&conflict.field.entity, &conflict.name, path));
    let value = |value: Option<&serde_json::Value>| match (value, path.is_empty()) {
        (None, true) => w.choose_deletion.to_owned(),
        (Some(_), true) => w.choose_keeping.to_owned(),
        (value, false) => untrack(|| diff_text.value_text(path, value)),
    };
    let group = fresh_id();
    let choice = |side: Side, owner: &'static str, text: String| {
        let chosen = move || place.with_value(|place| store.decision(place)) == Some(side);
        view! {
            <label class="conflict-side">
                <input
                    type="radio"
                    name=group.clone()
                    value=if side == Side::Mine { "mine" } else { "theirs" }
                    prop:checked=chosen
                    on:change=move |_| store.decide(place.get_value(), side)
                />
                <span><span class="muted">{owner}</span><strong>{text}</strong></span>
            </label>
        }
    };
    view! {
        <fieldset class="conflict" data-conflict=path.join(".")>
            <legend>{what}</legend>
            {choice(Side::Theirs, w.theirs, value(conflict.theirs.as_ref()))}
            {choice(Side::Mine, w.mine, value(conflict.mine.as_ref()))}
        </fieldset>
    }
}

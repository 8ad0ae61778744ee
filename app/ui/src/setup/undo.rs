//! Undo and redo: two buttons, their shortcuts, and a text for the undone step.

use leptos::prelude::*;

use crate::components::{Icon, Sign};
use crate::i18n::fill;

use super::nav::words;
use crate::setup::draft_store::DraftStore;
use crate::setup::shared::diff_text::DiffText;

#[component]
pub(super) fn UndoButtons() -> impl IntoView {
    let store = expect_context::<DraftStore>();
    let words = words();
    let texts = &words.editing;
    let button = move |is_undo: bool, is_possible: Memo<bool>| {
        let (label, sign, keys) = if is_undo {
            (texts.undo, Sign::UNDO, "Control+Z")
        } else {
            (texts.redo, Sign::REDO, "Control+Shift+Z")
        };
        view! {
            <button
                type="button"
                class="button quiet small"
                data-action=if is_undo { "undo" } else { "redo" }
                aria-keyshortcuts=keys
                aria-label=label
                title=format!("{label} ({keys})")
                aria-disabled=move || (!is_possible.get()).to_string()
                on:click=move |_| store.undo_or_redo(is_undo)
            >
                <Icon sign=sign />
            </button>
        }
    };
    view! {
        <span class="undo-buttons" role="group" aria-label=texts.undo>
            {button(true, store.can_undo())}
            {button(false, store.can_redo())}
        </span>
    }
}

/// Text for the step that was undone or redone last.
#[component]
pub(super) fn UndoneStepText() -> impl IntoView {
    let store = expect_context::<DraftStore>();
    let words = words();
    let texts = &words.editing;
    move || {
        let step = store.undone_step()?;
        let changes = DiffText::from_context().sentence(&step.patch.changes());
        let label = if step.is_undo {
            texts.undone
        } else {
            texts.redone
        };
        Some(fill(label, &[("what", &changes)]))
    }
}

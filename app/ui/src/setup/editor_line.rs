//! Line of the navigation with the name of the person who edits in this browser, and the dialog that changes the name.

use leptos::prelude::*;

use crate::components::{Dialog, TextField};
use crate::i18n::fill;

use super::nav::words;
use crate::setup::draft_store::DraftStore;

/// The name, and the button that opens [`EditorDialog`].
#[component]
pub(super) fn EditorLine() -> impl IntoView {
    let texts = &words().editing;
    let editor = expect_context::<DraftStore>().editor_name();
    let line = move || match editor.name() {
        Some(name) => fill(texts.editor_is, &[("name", name.as_str())]),
        None => texts.editor_unnamed.to_owned(),
    };
    view! {
        <p class="editor-line">
            <span class="editor-name">{line}</span>
            <button
                type="button"
                class="button quiet small"
                data-action="change-editor"
                aria-label=texts.editor_change_label
                on:click=move |_| editor.dialog_open().set(true)
            >
                {texts.editor_change}
            </button>
        </p>
    }
}

/// Dialog that changes the name. It is not inside the navigation, which is folded in a narrow window.
#[component]
pub(super) fn EditorDialog() -> impl IntoView {
    let words = words();
    let texts = &words.editing;
    let editor = expect_context::<DraftStore>().editor_name();
    let is_open = editor.dialog_open();
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| {
        if is_open.get() {
            let name = untrack(|| editor.name());
            typed.set(name.map_or_else(String::new, |name| name.to_string()));
        }
    });
    let title = texts.editor_title.to_owned();
    view! {
        <Dialog open=is_open on_close=move |()| is_open.set(false) title=title kind="editor">
            <form
                class="dialog-form"
                on:submit=move |event| {
                    event.prevent_default();
                    editor.set(&typed.get_untracked());
                    is_open.set(false);
                }
            >
                <TextField
                    name="editor"
                    label=texts.editor_label
                    hint=texts.editor_hint
                    autocomplete="name"
                    value=typed
                    on_input=move |text| typed.set(text)
                    example=texts.editor_example
                />
                <p class="dialog-actions">
                    <button type="button" class="button" on:click=move |_| is_open.set(false)>{words.controls.cancel}</button>
                    <button type="submit" class="button primary" data-action="keep-editor">{texts.editor_keep}</button>
                </p>
            </form>
        </Dialog>
    }
}

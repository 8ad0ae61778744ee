//! Question for the name of the person who edits in this browser.

use leptos::prelude::*;

use crate::components::fresh_id;
use crate::router::{Page, SetupPage};
use crate::setup::auth::state::AuthState;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Nav, words};

/// The question, shown until it is answered or a save takes the typed text as the answer. Never shown on a reception
/// tablet.
#[component]
pub(super) fn EditorNameQuestion() -> impl IntoView {
    let store = expect_context::<DraftStore>();
    let auth = expect_context::<AuthState>();
    let editor = store.editor_name();
    let typed = editor.typed();
    let texts = &words().editing;
    // The guided set-up saves with buttons of its own and shows no save bar.
    let nav = expect_context::<Nav>();
    let is_guide = move || nav.page() == Some(Page::Setup(SetupPage::Guide));
    let is_shown = Memo::new(move |_| {
        editor.is_unanswered() && store.is_dirty() && !auth.is_tablet() && !is_guide()
    });
    Effect::new(move |_| editor.set_asked(is_shown.get()));
    on_cleanup(move || editor.set_asked(false));
    move || {
        let id = fresh_id();
        is_shown.get().then(|| {
            view! {
                <div class="editor-question">
                    <label for=id.clone()>{texts.editor_name}</label>
                    <input
                        class="input"
                        id=id.clone()
                        name="editor-name"
                        type="text"
                        autocomplete="name"
                        spellcheck="false"
                        placeholder=texts.editor_example
                        aria-describedby=format!("{id}-hint")
                        prop:value=move || typed.get()
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                    <button type="button" class="button quiet small" data-action="no-editor" on:click=move |_| editor.set("")>
                        {texts.editor_skip}
                    </button>
                    <p class="hint" id=format!("{id}-hint")>{texts.editor_hint}</p>
                </div>
            }
        })
    }
}

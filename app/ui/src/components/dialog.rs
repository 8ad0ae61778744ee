//! A modal question: the browser's own `<dialog>`, which keeps the focus inside, closes on Escape
//! and gives the focus back.

use leptos::html;
use leptos::prelude::*;

use super::fresh_id;

/// A dialog, shown while `open`.
#[component]
pub fn Dialog(
    /// Whether it is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// Told when the reader closes it, by Escape for example.
    #[prop(into)]
    on_close: Callback<()>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// A name for tests, in `data-dialog`.
    #[prop(optional)]
    kind: &'static str,
    /// What is asked, and the answers.
    children: ChildrenFn,
) -> impl IntoView {
    let node: NodeRef<html::Dialog> = NodeRef::new();
    Effect::new(move |_| {
        let wanted = open.get();
        let Some(dialog) = node.get() else { return };
        if wanted && !dialog.open() {
            // Fails only for a dialog that is open already or not in the page.
            let _ = dialog.show_modal();
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    let heading = fresh_id();
    view! {
        <dialog
            class="dialog"
            node_ref=node
            data-dialog=kind
            aria-labelledby=heading
            on:close=move |_| {
                // The browser tells it later, when the page of the dialog may be gone.
                if open.try_get_untracked() == Some(true) {
                    on_close.run(());
                }
            }
        >
            <h2 id=heading.clone()>{move || title.get()}</h2>
            {move || open.get().then(|| children())}
        </dialog>
    }
}

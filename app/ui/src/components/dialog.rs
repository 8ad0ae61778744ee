//! Modal dialog: the browser's `<dialog>`, which traps the focus, closes on Escape and restores the
//! focus.

use leptos::html;
use leptos::prelude::*;

use super::fresh_id;

/// A dialog, shown while `open`.
#[component]
pub fn Dialog(
    /// True while the dialog is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// Called when the dialog is closed, for example by Escape.
    #[prop(into)]
    on_close: Callback<()>,
    /// Title.
    #[prop(into)]
    title: Signal<String>,
    /// Name for tests, in `data-dialog`.
    #[prop(optional)]
    kind: &'static str,
    /// Id of the text that screen readers read after the title when the dialog opens.
    #[prop(optional, into)]
    described_by: Option<String>,
    /// Content and buttons.
    children: ChildrenFn,
) -> impl IntoView {
    let node: NodeRef<html::Dialog> = NodeRef::new();
    Effect::new(move |_| {
        let should_be_open = open.get();
        let Some(dialog) = node.get() else { return };
        if should_be_open && !dialog.open() {
            // Fails only for a dialog that is open already or not connected.
            let _ = dialog.show_modal();
        } else if !should_be_open && dialog.open() {
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
            aria-describedby=described_by
            on:close=move |_| {
                // The event is asynchronous: the page may be gone, or the dialog open again.
                let is_closed = node.try_get_untracked().flatten().is_some_and(|dialog| !dialog.open());
                if is_closed && open.try_get_untracked() == Some(true) {
                    on_close.run(());
                }
            }
        >
            <h2 id=heading.clone()>{move || title.get()}</h2>
            {move || open.get().then(|| children())}
        </dialog>
    }
}

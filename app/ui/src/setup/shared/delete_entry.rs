//! Button that deletes an entry of the settings (a host, a group), with a confirmation dialog.

use leptos::prelude::*;

use crate::components::Confirm;
use crate::setup::nav::words;

/// The button at the end of an entry's page, and its dialog.
#[component]
pub(crate) fn DeleteEntry(
    /// Label of the button.
    label: &'static str,
    /// Question of the dialog, with the name of the entry.
    question: Signal<String>,
    /// Name for tests, in `data-dialog`.
    kind: &'static str,
    /// Called on confirmation.
    #[prop(into)]
    on_delete: Callback<()>,
    /// Consequences of the deletion.
    children: ChildrenFn,
) -> impl IntoView {
    let controls = &words().controls;
    let is_confirming = RwSignal::new(false);
    view! {
        <p class="danger-zone">
            <button type="button" class="button danger" data-action="delete" on:click=move |_| is_confirming.set(true)>
                {label}
            </button>
        </p>
        <Confirm
            open=is_confirming
            title=question
            ok=controls.delete
            cancel=controls.cancel
            danger=true
            kind=kind
            on_ok=on_delete
        >
            {children()}
        </Confirm>
    }
}

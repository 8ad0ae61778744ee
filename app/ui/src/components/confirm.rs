//! Confirmation dialog: the consequence, and two buttons.

use leptos::prelude::*;

use super::Dialog;

/// The dialog.
#[component]
pub fn Confirm(
    /// True while the dialog is open; either button sets it to false.
    open: RwSignal<bool>,
    /// Title.
    #[prop(into)]
    title: Signal<String>,
    /// Label of the confirming button.
    #[prop(into)]
    ok: String,
    /// Label of the cancelling button.
    #[prop(into)]
    cancel: String,
    /// Marks the confirming button as destructive.
    #[prop(optional)]
    danger: bool,
    /// Name for tests, in `data-dialog`.
    #[prop(optional)]
    kind: &'static str,
    /// Called on confirmation.
    #[prop(into)]
    on_ok: Callback<()>,
    /// Consequence of going ahead.
    children: ChildrenFn,
) -> impl IntoView {
    let confirm_class = if danger {
        "button primary danger"
    } else {
        "button primary"
    };
    // Closing the dialog cleans its own reactive owner up, which would end what `on_ok` starts. So `on_ok` runs under
    // the caller's owner.
    let caller = Owner::current().unwrap_or_default();
    view! {
        <Dialog open=open on_close=move |()| open.set(false) title=title kind=kind>
            <div class="dialog-text">{children()}</div>
            <div class="dialog-actions">
                <button type="button" class="button" data-action="cancel" on:click=move |_| open.set(false)>
                    {cancel.clone()}
                </button>
                <button
                    type="button"
                    class=confirm_class
                    data-action="confirm"
                    on:click={
                        let caller = caller.clone();
                        move |_| {
                            open.set(false);
                            caller.with(|| on_ok.run(()));
                        }
                    }
                >
                    {ok.clone()}
                </button>
            </div>
        </Dialog>
    }
}

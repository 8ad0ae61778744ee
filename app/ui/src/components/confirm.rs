//! Confirmation dialog: the consequence, and two buttons.

use leptos::prelude::*;

use super::{Dialog, fresh_id};

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
    // Closing the dialog cleans its own reactive owner up, which would end what `on_ok` starts. So `on_ok` runs under
    // the caller's owner.
    let caller = Owner::current().unwrap_or_default();
    let confirm = move |()| {
        open.set(false);
        caller.with(|| on_ok.run(()));
    };
    let confirm = Callback::new(confirm);
    let text_id = fresh_id();
    view! {
        <Dialog open=open on_close=move |()| open.set(false) title=title kind=kind described_by=text_id.clone()>
            <div class="dialog-text" id=text_id.clone()>{children()}</div>
            <ConfirmButtons
                ok=ok.clone()
                cancel=cancel.clone()
                danger=danger
                on_cancel=move |()| open.set(false)
                on_ok=confirm
            />
        </Dialog>
    }
}

/// The two buttons at the end of a dialog that asks. The cancelling one has the focus when the dialog opens, so that
/// Enter changes nothing; Escape cancels too, as in every [`Dialog`].
#[component]
pub fn ConfirmButtons(
    /// Label of the confirming button.
    #[prop(into)]
    ok: String,
    /// Label of the cancelling button.
    #[prop(into)]
    cancel: String,
    /// Marks the confirming button as destructive.
    #[prop(optional)]
    danger: bool,
    /// Called when the question is cancelled.
    #[prop(into)]
    on_cancel: Callback<()>,
    /// Called on confirmation.
    #[prop(into)]
    on_ok: Callback<()>,
) -> impl IntoView {
    let confirm_class = if danger {
        "button primary danger"
    } else {
        "button primary"
    };
    view! {
        <div class="dialog-actions">
            <button type="button" class="button" data-action="cancel" autofocus="" on:click=move |_| on_cancel.run(())>
                {cancel}
            </button>
            <button type="button" class=confirm_class data-action="confirm" on:click=move |_| on_ok.run(())>
                {ok}
            </button>
        </div>
    }
}

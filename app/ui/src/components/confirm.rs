//! "Are you sure?": a dialog with what will happen, and two answers.

use leptos::prelude::*;

use super::Dialog;

/// Asks before something happens.
#[component]
pub fn Confirm(
    /// Whether it is asked now; set to false when answered.
    open: RwSignal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// The word for going ahead.
    #[prop(into)]
    ok: String,
    /// The word for leaving it.
    #[prop(into)]
    cancel: String,
    /// True when something is lost by going ahead.
    #[prop(optional)]
    danger: bool,
    /// A name for tests, in `data-dialog`.
    #[prop(optional)]
    kind: &'static str,
    /// Told when the reader goes ahead.
    #[prop(into)]
    on_ok: Callback<()>,
    /// What will happen.
    children: ChildrenFn,
) -> impl IntoView {
    let main = if danger {
        "button main danger"
    } else {
        "button main"
    };
    // What is begun by going ahead belongs to whoever asked, not to the dialog, which is gone by then.
    let caller = Owner::current().unwrap_or_default();
    view! {
        <Dialog open=open on_close=move |()| open.set(false) title=title kind=kind>
            <div class="dialog-words">{children()}</div>
            <div class="dialog-actions">
                <button type="button" class="button" data-action="cancel" on:click=move |_| open.set(false)>
                    {cancel.clone()}
                </button>
                <button
                    type="button"
                    class=main
                    data-action="confirm"
                    on:click={
                        let asker = caller.clone();
                        move |_| {
                            open.set(false);
                            asker.with(|| on_ok.run(()));
                        }
                    }
                >
                    {ok.clone()}
                </button>
            </div>
        </Dialog>
    }
}

//! The row that ends a step: the button that goes on, and a sentence about what is missing before it can be pressed.

use leptos::prelude::*;

use super::GuideRun;
use crate::setup::nav::words;

#[component]
pub(super) fn NextRow(
    run: GuideRun,
    /// Label of the button.
    #[prop(into)]
    label: Signal<String>,
    /// Text that names what is missing before the step is complete; `""` when nothing is.
    #[prop(into)]
    missing: Signal<&'static str>,
    /// Called by the button.
    #[prop(into)]
    on_next: Callback<()>,
    /// True inside a form: then the primary button submits the form, which calls `on_next`.
    #[prop(optional)]
    is_submit: bool,
    /// True where the step has another primary button.
    #[prop(optional, into)]
    is_secondary: Signal<bool>,
) -> impl IntoView {
    let texts = &words().guide;
    let is_complete = Memo::new(move |_| missing.get().is_empty());
    let is_disabled = move || (!is_complete.get() || run.is_leaving()).to_string();
    let press = move |_| {
        if !is_submit && is_complete.get_untracked() {
            on_next.run(());
        }
    };
    let later_button = move || {
        (!is_complete.get()).then(|| {
            view! {
                <button type="button" class="button quiet" data-action="later" on:click=move |_| run.continue_later()>{texts.later}</button>
            }
        })
    };
    view! {
        <div class="guide-next">
            <p class="muted" role="status">{move || missing.get()}</p>
            {later_button}
            <button
                type=if is_submit { "submit" } else { "button" }
                class="button"
                class:primary=move || !is_secondary.get()
                data-action="next"
                aria-disabled=is_disabled
                on:click=press
            >
                {move || label.get()}
            </button>
        </div>
    }
}

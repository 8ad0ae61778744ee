//! The row that ends a step: the button that goes on, and why it does not go on yet.

use leptos::prelude::*;

use super::GuideRun;
use crate::setup::nav::words;

#[component]
pub(super) fn NextRow(
    run: GuideRun,
    /// Label of the button.
    #[prop(into)]
    label: Signal<String>,
    /// Text that names the missing entry before the step is complete; `""` when nothing is.
    #[prop(into)]
    missing: Signal<&'static str>,
    /// Called by the button.
    #[prop(into)]
    on_next: Callback<()>,
    /// True in a form, whose submission is “next”.
    #[prop(optional)]
    submits: bool,
    /// True where the step has another primary button.
    #[prop(optional, into)]
    is_secondary: Signal<bool>,
) -> impl IntoView {
    let texts = &words().guide;
    let is_open = Memo::new(move |_| missing.get().is_empty());
    let is_off = move || (!is_open.get() || run.is_leaving()).to_string();
    let press = move |_| {
        if !submits && is_open.get_untracked() {
            on_next.run(());
        }
    };
    let later = move || {
        (!is_open.get()).then(|| {
            view! {
                <button type="button" class="button quiet" data-action="later" on:click=move |_| run.continue_later()>{texts.later}</button>
            }
        })
    };
    view! {
        <div class="guide-next">
            <p class="muted" role="status">{move || missing.get()}</p>
            {later}
            <button
                type=if submits { "submit" } else { "button" }
                class="button"
                class:primary=move || !is_secondary.get()
                data-action="next"
                aria-disabled=is_off
                on:click=press
            >
                {move || label.get()}
            </button>
        </div>
    }
}

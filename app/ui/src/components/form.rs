//! A form that is submitted as a whole. After the response the focus goes to the first invalid field.

use leptos::context::Provider;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

use super::ShowAllProblems;
use crate::browser;

/// The form. Submitting it clears no field.
#[component]
pub fn SubmitForm(
    /// CSS class.
    class: &'static str,
    /// Name for tests, in `data-form`.
    name: &'static str,
    /// True while the request is in flight; meanwhile submitting does nothing.
    #[prop(into)]
    busy: Signal<bool>,
    /// Called on submission.
    #[prop(into)]
    on_submit: Callback<()>,
    /// Fields, messages and buttons.
    children: Children,
) -> impl IntoView {
    let node: NodeRef<html::Form> = NodeRef::new();
    let focus_invalid = move || {
        if let Some(form) = node.get_untracked() {
            browser::focus_invalid_after_render(form);
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let form = node.get_untracked();
        if form.is_some_and(|form| browser::report_incomplete_input(&form)) {
            return;
        }
        if !busy.get_untracked() {
            on_submit.run(());
            focus_invalid();
        }
    };
    Effect::new(move |was_busy: Option<bool>| {
        let is_busy = busy.get();
        if was_busy == Some(true) && !is_busy {
            focus_invalid();
        }
        is_busy
    });
    view! {
        <form class=class data-form=name novalidate="" node_ref=node on:submit=submit>
            <Provider value=ShowAllProblems(Signal::stored(true))>{children()}</Provider>
        </form>
    }
}

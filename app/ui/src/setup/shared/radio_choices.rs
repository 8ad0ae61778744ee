//! Radio buttons, each with a label and an explanation.

use leptos::prelude::*;

use crate::components::fresh_id;

/// One of the choices.
pub(crate) struct RadioChoice<T> {
    /// Value of the input, and name for tests in `data-choice`.
    pub(crate) key: &'static str,
    /// The choice.
    pub(crate) value: T,
    /// Label.
    pub(crate) label: &'static str,
    /// Explanation; `""` for none.
    pub(crate) hint: &'static str,
}

/// A group of radio buttons.
#[component]
pub(crate) fn RadioChoices<T>(
    /// Legend for screen readers.
    legend: &'static str,
    /// The inputs' `name`, and name for tests in `data-choices`.
    name: &'static str,
    /// The choices, in order.
    choices: Vec<RadioChoice<T>>,
    /// Current choice.
    #[prop(into)]
    value: Signal<T>,
    /// Called with the new choice.
    #[prop(into)]
    on_change: Callback<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let radio_group = fresh_id();
    let radio = move |choice: RadioChoice<T>| {
        let hint = choice.hint;
        let hint = (!hint.is_empty()).then(|| view! { <span class="muted">{hint}</span> });
        view! {
            <label class="method" data-choice=choice.key>
                <input
                    type="radio"
                    name=format!("{name}-{radio_group}")
                    value=choice.key
                    prop:checked=move || value.get() == choice.value
                    on:change=move |_| on_change.run(choice.value)
                />
                <span><strong>{choice.label}</strong>{hint}</span>
            </label>
        }
    };
    view! {
        <fieldset class="methods" data-choices=name>
            <legend class="visually-hidden">{legend}</legend>
            {choices.into_iter().map(radio).collect_view()}
        </fieldset>
    }
}

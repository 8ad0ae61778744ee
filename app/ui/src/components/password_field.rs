//! A field for a password.

use leptos::prelude::*;

use super::TextField;

/// The field. Its caller decides whether the characters are shown.
#[component]
pub fn PasswordField(
    /// The input's `name`.
    name: &'static str,
    /// Label above the input.
    label: &'static str,
    /// The typed password.
    value: RwSignal<String>,
    /// True while the characters are shown.
    #[prop(into)]
    shown: Signal<bool>,
    /// Problem with the password, below the input.
    problem: Signal<Option<String>>,
    /// The input's `autocomplete`.
    autocomplete: &'static str,
    /// Hint below the input; `""` for none.
    #[prop(optional)]
    hint: &'static str,
) -> impl IntoView {
    let kind = Signal::derive(move || if shown.get() { "text" } else { "password" });
    view! {
        <TextField
            name=name
            label=label
            value=value
            on_input=move |text| value.set(text)
            kind=kind
            autocomplete=autocomplete
            hint=hint
            problem=problem
        />
    }
}

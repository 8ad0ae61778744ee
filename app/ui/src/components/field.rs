//! Form fields: label above, hint and problem below, tied to the input by ARIA. Each shows the
//! value it is given and reports input; it keeps no state.

use leptos::prelude::*;

use super::{fresh_id, visible_problem};
use crate::browser;

/// Label, control, hint and problem of a field.
fn field_frame(
    id: &str,
    label: String,
    hint: String,
    problem: Signal<Option<String>>,
    control: AnyView,
) -> AnyView {
    let hint_line =
        (!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> });
    view! {
        <div class="field">
            <label for=id.to_owned()>{label}</label>
            {control}
            {hint_line}
            <p class="problem" id=format!("{id}-problem") aria-live="polite">{move || problem.get()}</p>
        </div>
    }
    .into_any()
}

fn described_by(id: &str, hint: &str) -> String {
    if hint.is_empty() {
        format!("{id}-problem")
    } else {
        format!("{id}-hint {id}-problem")
    }
}

fn aria_invalid(problem: Signal<Option<String>>) -> impl Fn() -> Option<&'static str> + Clone {
    move || problem.with(|problem| problem.as_ref().map(|_| "true"))
}

/// A one-line text field.
#[component]
pub fn TextField(
    /// The input's `name`.
    #[prop(into)]
    name: String,
    /// Label.
    #[prop(into)]
    label: String,
    /// Value.
    #[prop(into)]
    value: Signal<String>,
    /// Called at every change.
    #[prop(into)]
    on_input: Callback<String>,
    /// Hint; `""` for none.
    #[prop(optional, into)]
    hint: String,
    /// Problem with the value.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// The input's `type`.
    #[prop(into, default = Signal::stored("text"))]
    kind: Signal<&'static str>,
    /// The input's `autocomplete`.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Placeholder.
    #[prop(optional, into)]
    example: Signal<String>,
    /// Id of a `datalist` with suggestions.
    #[prop(optional, into)]
    list: Option<String>,
) -> impl IntoView {
    let id = fresh_id();
    let (problem, mark_edited) = visible_problem(problem);
    let control = view! {
        <input
            class="input"
            id=id.clone()
            name=name
            type=move || kind.get()
            autocomplete=autocomplete
            spellcheck="false"
            placeholder=move || example.get()
            list=list
            aria-describedby=described_by(&id, &hint)
            aria-invalid=aria_invalid(problem)
            prop:value=move || value.get()
            on:input=move |event| {
                if browser::is_half_typed(&event) {
                    return;
                }
                mark_edited();
                on_input.run(event_target_value(&event));
            }
            on:change=move |_| mark_edited()
        />
    };
    field_frame(&id, label, hint, problem, control.into_any())
}

/// A multi-line text field.
#[component]
pub fn TextArea(
    /// The input's `name`.
    #[prop(into)]
    name: String,
    /// Label.
    #[prop(into)]
    label: String,
    /// Value.
    #[prop(into)]
    value: Signal<String>,
    /// Called at every change.
    #[prop(into)]
    on_input: Callback<String>,
    /// Hint; `""` for none.
    #[prop(optional, into)]
    hint: String,
    /// Problem with the value.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// Visible lines.
    #[prop(default = 3)]
    rows: u32,
    /// Placeholder.
    #[prop(optional, into)]
    example: Signal<String>,
) -> impl IntoView {
    let id = fresh_id();
    let (problem, mark_edited) = visible_problem(problem);
    let control = view! {
        <textarea
            class="input"
            id=id.clone()
            name=name
            rows=rows
            spellcheck="false"
            placeholder=move || example.get()
            aria-describedby=described_by(&id, &hint)
            aria-invalid=aria_invalid(problem)
            prop:value=move || value.get()
            on:input=move |event| {
                mark_edited();
                on_input.run(event_target_value(&event));
            }
            on:change=move |_| mark_edited()
        ></textarea>
    };
    field_frame(&id, label, hint, problem, control.into_any())
}

/// One option of a [`SelectField`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    /// Key, passed to `on_change`.
    pub key: String,
    /// Label.
    pub label: String,
}

impl SelectOption {
    /// An option.
    pub fn new(key: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            label: label.into(),
        }
    }
}

/// A select.
#[component]
pub fn SelectField(
    /// The input's `name`.
    #[prop(into)]
    name: String,
    /// Label.
    #[prop(into)]
    label: String,
    /// Key of the chosen option.
    #[prop(into)]
    value: Signal<String>,
    /// Options.
    #[prop(into)]
    options: Signal<Vec<SelectOption>>,
    /// Called with the key of the new choice.
    #[prop(into)]
    on_change: Callback<String>,
    /// Hint; `""` for none.
    #[prop(optional, into)]
    hint: String,
    /// Problem with the value.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let id = fresh_id();
    let (problem, mark_edited) = visible_problem(problem);
    let choices = move || {
        let list = options.get().into_iter();
        list.map(|option| {
            let key = option.key.clone();
            let chosen = move || value.with(|value| *value == key);
            view! { <option value=option.key prop:selected=chosen>{option.label}</option> }
        })
        .collect_view()
    };
    let control = view! {
        <select
            class="input"
            id=id.clone()
            name=name
            aria-describedby=described_by(&id, &hint)
            aria-invalid=aria_invalid(problem)
            on:change=move |event| {
                mark_edited();
                on_change.run(event_target_value(&event));
            }
        >
            {choices}
        </select>
    };
    field_frame(&id, label, hint, problem, control.into_any())
}

/// A checkbox.
#[component]
pub fn Check(
    /// The input's `name`.
    #[prop(into)]
    name: String,
    /// Label.
    #[prop(into)]
    label: String,
    /// True when ticked.
    #[prop(into)]
    value: Signal<bool>,
    /// Called at every change.
    #[prop(into)]
    on_change: Callback<bool>,
    /// Hint; `""` for none.
    #[prop(optional, into)]
    hint: String,
) -> impl IntoView {
    let id = fresh_id();
    let hint_id = format!("{id}-hint");
    let described = (!hint.is_empty()).then(|| hint_id.clone());
    let hint_line = (!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> });
    view! {
        <div class="field check">
            <label for=id.clone()>
                <input
                    id=id.clone()
                    name=name
                    type="checkbox"
                    aria-describedby=described
                    prop:checked=move || value.get()
                    on:change=move |event| on_change.run(event_target_checked(&event))
                />
                <span>{label}</span>
            </label>
            {hint_line}
        </div>
    }
}

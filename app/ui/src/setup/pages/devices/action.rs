//! Fields for a button's action, and the group that some actions need.

use leptos::prelude::*;
use yobirin_domain::model::id::GroupId;
use yobirin_domain::model::menu::{Action, Button};

use crate::components::{SelectField, SelectOption};

use crate::setup::draft::group_tree;
use crate::setup::draft_store::{Binding, DraftStore};
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::radio_choices::{RadioChoice, RadioChoices};

use super::standard_label;

/// Key of an action in the select.
fn action_key(action: &Action) -> &'static str {
    match action {
        Action::GroupSelection { .. } => "group_selection",
        Action::Custom { .. } => "custom",
        Action::HostOpen => "host_open",
        Action::HostClosed => "host_closed",
        Action::HostSearch => "host_search",
    }
}

/// Action with a key; `None` for an unknown key, and for a custom notification without a group to notify.
fn action_of(key: &str, group: Option<GroupId>) -> Option<Action> {
    match key {
        "group_selection" => Some(Action::GroupSelection { below: None }),
        "custom" => group.map(|group| Action::Custom { group }),
        "host_open" => Some(Action::HostOpen),
        "host_closed" => Some(Action::HostClosed),
        "host_search" => Some(Action::HostSearch),
        _ => None,
    }
}

/// Id of an action's group; `""` for an action without one.
fn group_of(action: &Action) -> String {
    match action {
        Action::GroupSelection { below: Some(group) } | Action::Custom { group } => {
            group.to_string()
        }
        Action::GroupSelection { below: None }
        | Action::HostOpen
        | Action::HostClosed
        | Action::HostSearch => String::new(),
    }
}

#[component]
pub(crate) fn ActionFields(button: Binding<Button>) -> impl IntoView {
    let words = words();
    let texts = &words.menu;
    let store = expect_context::<DraftStore>();
    let groups = store.memo(|document| group_tree::rows(&document.groups));
    let has_groups = Memo::new(move |_| groups.with(|rows| !rows.is_empty()));
    let chosen = button.read(|button| action_key(&button.action));
    let change = move |key: &'static str| {
        let first_group = groups.with_untracked(|rows| rows.first().map(|row| row.id.clone()));
        if let Some(action) = action_of(key, first_group) {
            set_action(store, button, action);
        }
    };
    let choices = move || {
        let choices = [
            ("host_search", texts.host_search, texts.host_search_hint),
            ("host_open", texts.host_open, texts.host_open_hint),
            ("host_closed", texts.host_closed, texts.host_closed_hint),
            (
                "group_selection",
                texts.group_selection,
                texts.group_selection_hint,
            ),
            ("custom", texts.custom, texts.custom_hint),
        ];
        let offered = choices
            .into_iter()
            .filter(|(key, ..)| *key != "custom" || has_groups.get());
        let choices = offered.map(|(key, label, hint)| RadioChoice {
            key,
            value: key,
            label,
            hint,
        });
        view! { <RadioChoices legend=texts.action name="button-action" choices=choices.collect() value=chosen on_change=change /> }
    };
    view! {
        <div class="stack">
            <p class="label" aria-hidden="true">{texts.action}</p>
            {choices}
            {move || (!has_groups.get()).then(|| view! { <p class="muted small">{texts.custom_needs_group}</p> })}
            <ActionGroupField button=button />
        </div>
    }
}

/// Sets the action of a button; a standard label becomes the standard label of the new action.
fn set_action(store: DraftStore, button: Binding<Button>, action: Action) {
    let groups = store.peek(|document| document.groups.clone());
    button.edit(|button| standard_label::change_action(button, action, &groups));
}

#[component]
fn ActionGroupField(button: Binding<Button>) -> impl IntoView {
    let words = words();
    let texts = &words.menu;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let rows = store.memo(|document| group_tree::rows(&document.groups));
    let kind = button.read(|button| action_key(&button.action));
    let value = button.text(|button| group_of(&button.action));
    // The groups, after an option without a group if that is allowed, or if the action's group is deleted.
    let options = move |no_group: &'static str, is_group_optional: bool| {
        Signal::derive(move || {
            let value = value.get();
            let rows = rows.get();
            let is_deleted = !value.is_empty() && !rows.iter().any(|row| row.id.as_str() == value);
            let mut options = Vec::new();
            if is_deleted {
                options.push(SelectOption::new(value.as_str(), no_group));
            } else if is_group_optional {
                options.push(SelectOption::new("", no_group));
            }
            options.extend(rows.iter().map(|row| {
                let label = format!("{}{}", "　".repeat(row.depth), names.group(&row.id));
                SelectOption::new(row.id.as_str(), label)
            }));
            options
        })
    };
    move || {
        match kind.get() {
        "custom" => view! {
            <SelectField
                name="button-group"
                label=texts.group
                value=value
                options=options(texts.no_group, false)
                on_change=move |key: String| {
                    if let Ok(group) = key.parse() {
                        set_action(store, button, Action::Custom { group });
                    }
                }
                problem=button.problem("action")
            />
        }
        .into_any(),
        "group_selection" => view! {
            <SelectField
                name="button-below"
                label=texts.starting_group
                value=value
                options=options(texts.all_groups, true)
                on_change=move |key: String| {
                    button.edit(|button| button.action = Action::GroupSelection { below: key.parse().ok() });
                }
                problem=button.problem("action")
            />
        }
        .into_any(),
        _ => ().into_any(),
    }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_of_the_list_is_found_again_by_its_key() {
        let group: GroupId = "soumu".parse().unwrap();
        for name in [
            "group_selection",
            "custom",
            "host_open",
            "host_closed",
            "host_search",
        ] {
            let action = action_of(name, Some(group.clone())).unwrap();
            assert_eq!(action_key(&action), name);
        }
        assert_eq!(
            action_of("custom", None),
            None,
            "a button without a group to call has no action"
        );
    }
}

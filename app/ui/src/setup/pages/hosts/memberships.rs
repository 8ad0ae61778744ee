//! The groups of a host, in order. The first group (先頭グループ) is marked.

use leptos::prelude::*;
use yobirin_domain::model::directory::Host;
use yobirin_domain::model::id::GroupId;

use crate::components::combobox::SearchResult;
use crate::components::{Combobox, ComboboxOption, SortableList, SortableRow};

use crate::components::sort_handle::move_entry;
use crate::setup::draft::group_tree;
use crate::setup::draft_store::{Binding, DraftStore};
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::pick::matches;
use crate::setup::shared::sort_labels::sort_labels;

/// The list, and a combobox to add groups.
#[component]
pub(crate) fn Memberships(host: Binding<Host>) -> impl IntoView {
    let words = words();
    let texts = &words.hosts;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let value = host.read(|host| host.groups.clone());
    let rows = Signal::derive(move || {
        let row = |id: &GroupId| SortableRow {
            key: id.to_string(),
            label: names.group(id),
            note: String::new(),
        };
        value.with(|groups| groups.iter().map(row).collect::<Vec<_>>())
    });
    let find = Callback::new(move |query: String| {
        let current = value.get();
        let rows = store.with(|document| group_tree::rows(&document.groups));
        let fitting = rows
            .into_iter()
            .filter(|row| !current.contains(&row.id))
            .map(|row| ComboboxOption {
                key: row.id.to_string(),
                label: format!("{}{}", "　".repeat(row.depth), names.group(&row.id)),
                note: String::new(),
            });
        let choices: Vec<ComboboxOption> = fitting
            .filter(|choice| matches(&query, &[&choice.label]))
            .collect();
        if choices.is_empty() {
            SearchResult::Nothing(String::new())
        } else {
            SearchResult::Choices(choices)
        }
    });
    view! {
        <SortableList
            label=texts.groups
            name="host-groups"
            rows=rows
            labels=sort_labels()
            first=texts.first_group
            on_move=move |(from, to)| host.edit(|host| move_entry(&mut host.groups, from, to))
            on_remove=move |key: String| {
                host.edit(|host| host.groups.retain(|group| group.as_str() != key));
            }
        />
        <Combobox
            name="host-group"
            label=texts.groups_add
            problem=host.problem("groups")
            find=find
            on_pick=move |key: String| host.edit(|host| host.groups.extend(key.parse::<GroupId>().ok()))
        />
    }
}

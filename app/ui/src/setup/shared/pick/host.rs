//! Field for an ordered list of hosts.

use leptos::prelude::*;
use yobirin_domain::model::directory::Host;
use yobirin_domain::model::id::HostId;

use crate::components::combobox::SearchResult;
use crate::components::{Combobox, ComboboxOption, SortableList, SortableRow};

use super::{MAX_SUGGESTIONS, search_result};
use crate::components::sort_handle::move_entry;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::host_search::HostSearch;
use crate::setup::shared::sort_labels::sort_labels;

/// A search among all hosts except those that `leave_out` gives.
fn host_finder(
    leave_out: impl Fn() -> Vec<HostId> + Send + Sync + 'static,
) -> Callback<String, SearchResult> {
    let store = expect_context::<DraftStore>();
    let words = words();
    let host_search = expect_context::<HostSearch>();
    Callback::new(move |query: String| {
        let left_out = leave_out();
        let indices = host_search.find(&query, MAX_SUGGESTIONS + left_out.len());
        store.with(|document| {
            let hosts = indices
                .iter()
                .filter_map(|&index| document.hosts.get(index));
            let fitting = hosts.filter(|host| !left_out.contains(&host.id));
            let choice = |host: &Host| ComboboxOption {
                key: host.id.to_string(),
                label: host.name.clone(),
                note: host.kana.clone(),
            };
            search_result(words, &query, fitting.map(choice))
        })
    })
}

/// The list, and a combobox to add hosts.
#[component]
pub(crate) fn HostList(
    /// `name` of the input and the list.
    name: &'static str,
    /// Label.
    label: &'static str,
    /// Hint.
    hint: &'static str,
    /// Current value.
    #[prop(into)]
    value: Signal<Vec<HostId>>,
    /// Called with the new list.
    on_change: Callback<Vec<HostId>>,
    /// Host that cannot be chosen.
    #[prop(optional)]
    except: Option<HostId>,
    /// Problem with the list.
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let names = DisplayNames::from_context();
    let rows = Signal::derive(move || {
        let row = |id: &HostId| SortableRow {
            key: id.to_string(),
            label: names.host(id),
            note: String::new(),
        };
        value.with(|hosts| hosts.iter().map(row).collect::<Vec<_>>())
    });
    let edit = move |change: &dyn Fn(&mut Vec<HostId>)| {
        let mut hosts = value.get_untracked();
        change(&mut hosts);
        on_change.run(hosts);
    };
    let find = host_finder(move || {
        let mut left_out = value.get();
        left_out.extend(except.clone());
        left_out
    });
    view! {
        <Combobox
            name=name
            label=label
            hint=hint
            problem=problem
            find=find
            on_pick=move |key: String| {
                edit(&|hosts| hosts.extend(key.parse::<HostId>().ok()));
            }
        />
        <SortableList
            label=label
            name=name
            rows=rows
            labels=sort_labels()
            on_move=move |(from, to)| edit(&|hosts| move_entry(hosts, from, to))
            on_remove=move |key: String| edit(&|hosts| hosts.retain(|host| host.as_str() != key))
        />
    }
}

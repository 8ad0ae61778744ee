//! Tree of groups (ARIA treegrid pattern), as a virtual list. Arrow keys move, left and right fold
//! and unfold, Enter opens, Alt with an arrow moves the group. Rows are recycled, as in the table
//! of hosts.

use std::collections::BTreeMap;

use leptos::prelude::*;
use yobirin_domain::model::id::GroupId;

use crate::components::fresh_id;
use crate::components::virtual_list::VirtualList;
use crate::i18n::fill;

use super::effective_room::RoutingTree;
use super::row::{GroupRow, GroupRowData};
use super::tree_control::TreeControl;
use super::visible_rows::{TreeState, visible_rows};
use crate::setup::draft::group_tree::{self, TreeRow};
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::host_search::group_names;

#[component]
pub(crate) fn Tree() -> impl IntoView {
    let texts = &words().groups;
    let store = expect_context::<DraftStore>();
    let state = expect_context::<TreeState>();
    let rows = shown_rows(store, state);
    let count = Memo::new(move |_| rows.with(Vec::len));
    let window = VirtualList::new(count.into(), state.scroll);
    let control = TreeControl::from_context(rows, window);
    let row_data = row_data(store, state, rows);
    let grid = fresh_id();
    let row_id = {
        let grid = grid.clone();
        move |index: usize| format!("{grid}-{index}")
    };
    let active_row = {
        let row_id = row_id.clone();
        move || (control.active.get() < count.get()).then(|| row_id(control.active.get()))
    };
    let row = move |index: usize| {
        view! { <GroupRow element=row_id(index) index=index shown=row_data(index) control=control /> }
    };
    let total = move || fill(texts.group_count, &[("count", &count.get().to_string())]);
    view! {
        <p class="muted bulk-bar"><span>{total}</span> <span class="tree-keys">{texts.move_hint}</span></p>
        <p class="visually-hidden" role="status">{control.move_status}</p>
        <div
            class="virtual-list group-tree tree"
            role="treegrid"
            id=grid
            tabindex="0"
            aria-label=texts.title
            aria-rowcount=move || (count.get() + 1).to_string()
            aria-activedescendant=active_row
            data-table="groups"
            node_ref=window.node
            on:scroll=move |_| window.on_scroll()
            on:keydown=move |event| control.on_key(&event)
        >
            <div class="virtual-list-head group-cells" role="row" aria-rowindex="1">
                <span role="columnheader">{texts.name}</span>
                <span role="columnheader">{texts.room_column}</span>
                <span role="columnheader"><span class="visually-hidden">{texts.move_column}</span></span>
            </div>
            <div role="presentation" style:block-size=move || window.space_above()></div>
            <For each=move || window.range() key=|index| *index children=row />
            <div role="presentation" style:block-size=move || window.space_below()></div>
        </div>
    }
}

/// The rows that are visible with the tree's search and folded groups.
fn shown_rows(store: DraftStore, state: TreeState) -> Memo<Vec<TreeRow>> {
    let names = store.memo(|document| group_names(&document.groups));
    let all_rows = store.memo(|document| group_tree::rows(&document.groups));
    Memo::new(move |_| {
        let (query, folded) = (state.query.get(), state.folded.get());
        all_rows.with(|rows| names.with(|names| visible_rows(rows, names, &folded, &query)))
    })
}

/// Returns what the row at an index shows; `None` in it below the last group.
fn row_data(
    store: DraftStore,
    state: TreeState,
    rows: Memo<Vec<TreeRow>>,
) -> impl Fn(usize) -> Memo<Option<GroupRowData>> + Clone + Send + 'static {
    let rooms = store.memo(RoutingTree::new);
    let member_counts = member_counts(store);
    move |index| {
        let row = Memo::new(move |_| rows.with(|rows| rows.get(index).cloned()));
        Memo::new(move |_| {
            let TreeRow {
                id,
                depth,
                is_first,
                is_last,
                has_children,
            } = row.get()?;
            let group = store.with(|document| {
                let mut groups = document.groups.iter();
                groups.find(|group| group.id == id).cloned()
            })?;
            Some(GroupRowData {
                room: rooms.with(|rooms| rooms.room_of(&id)),
                members: member_counts.with(|counts| counts.get(&id).copied().unwrap_or(0)),
                is_folded: state.folded.with(|folded| folded.contains(&id)),
                depth,
                is_first,
                is_last,
                has_children,
                group,
            })
        })
    }
}

/// Number of hosts of each group that has any.
fn member_counts(store: DraftStore) -> Memo<BTreeMap<GroupId, usize>> {
    store.memo(|document| {
        let mut counts = BTreeMap::<GroupId, usize>::new();
        for group in document.hosts.iter().flat_map(|host| &host.groups) {
            // Not `entry`, which would clone the id for every member.
            match counts.get_mut(group) {
                Some(count) => *count += 1,
                None => {
                    counts.insert(group.clone(), 1);
                }
            }
        }
        counts
    })
}

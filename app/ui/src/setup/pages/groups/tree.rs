//! Tree of groups (ARIA treegrid pattern), as a virtual list. Arrow keys move, left and right fold
//! and unfold, Enter opens, Alt with an arrow moves the group. Rows are recycled, as in the table
//! of hosts.

use std::collections::BTreeMap;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use yobirin_domain::model::id::GroupId;

use crate::browser::{PointerEvent, drag};
use crate::components::fresh_id;
use crate::components::virtual_list::VirtualList;
use crate::i18n::fill;
use crate::router::SetupPage;

use super::effective_room::RoutingTree;
use super::row::{GroupDrag, GroupRow, GroupRowData, RowCallbacks};
use super::visible_rows::{TreeState, visible_rows};
use crate::setup::draft::group_tree::{self, DropPosition, TreeMove, TreeRow};
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Nav, words};
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::host_search::group_names;

/// Share of a row's height at its upper and at its lower edge where a drop goes beside the group, not into it.
const EDGE_SHARE: f64 = 0.3;

#[component]
pub(crate) fn Tree() -> impl IntoView {
    let words = words();
    let texts = &words.groups;
    let store = expect_context::<DraftStore>();
    let nav = expect_context::<Nav>();
    let state = expect_context::<TreeState>();
    let names = DisplayNames::from_context();
    let group_names = store.memo(|document| group_names(&document.groups));
    let all_rows = store.memo(|document| group_tree::rows(&document.groups));
    let rows = Memo::new(move |_| {
        let (query, folded) = (state.query.get(), state.folded.get());
        all_rows.with(|rows| group_names.with(|names| visible_rows(rows, names, &folded, &query)))
    });
    let rooms = store.memo(RoutingTree::new);
    let member_counts = store.memo(|document| {
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
    });
    let count = Memo::new(move |_| rows.with(Vec::len));
    let window = VirtualList::new(count.into(), state.scroll);
    let active = RwSignal::new(0_usize);
    let move_status = RwSignal::new(String::new());
    let dragged = RwSignal::new(None::<GroupDrag>);
    let shown_at = move |index: usize| {
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
    };
    let row_at = move |index: usize| rows.with_untracked(|rows| rows.get(index).cloned());
    let announce_move = move |id: &GroupId| {
        let parent = store.peek(|document| {
            let mut groups = document.groups.iter();
            groups
                .find(|group| group.id == *id)
                .and_then(|group| group.parent.clone())
        });
        let name = untrack(|| names.group(id));
        move_status.set(match parent {
            Some(parent) => {
                let parent = untrack(|| names.group(&parent));
                fill(texts.moved_below, &[("name", &name), ("parent", &parent)])
            }
            None => fill(texts.moved_top, &[("name", &name)]),
        });
    };
    let move_group = move |id: GroupId, by: TreeMove| {
        let mut has_moved = false;
        store.edit(|document| has_moved = group_tree::move_one_place(document, &id, by));
        if !has_moved {
            return;
        }
        announce_move(&id);
        let parent = store.peek(|document| {
            let group = document.groups.iter().find(|group| group.id == id);
            group.and_then(|group| group.parent.clone())
        });
        if let Some(parent) = parent {
            state.set_folded(&parent, false);
        }
        let index = rows.with_untracked(|rows| rows.iter().position(|row| row.id == id));
        if let Some(index) = index {
            active.set(index);
            window.scroll_to_row(index);
        }
    };
    // Where a drop of the group would go; `None` where it is not allowed.
    let drop_at = move |id: &GroupId, client_y: f64| {
        let (index, height_share) = window.row_at(client_y)?;
        let target = row_at(index)?.id;
        let position = match height_share {
            share if share < EDGE_SHARE => DropPosition::Before,
            share if share > 1.0 - EDGE_SHARE => DropPosition::After,
            _ => DropPosition::Inside,
        };
        let is_allowed =
            store.peek(|document| group_tree::can_move_to(&document.groups, id, &target));
        is_allowed.then_some((target, position))
    };
    let begin_drag = move |(id, event): (GroupId, PointerEvent)| {
        dragged.set(Some(GroupDrag {
            id: id.clone(),
            over: None,
        }));
        let on_pointer_move = {
            let id = id.clone();
            move |client_y: f64| {
                window.scroll_near_edge(client_y);
                let over = drop_at(&id, client_y);
                dragged.set(Some(GroupDrag {
                    id: id.clone(),
                    over,
                }));
            }
        };
        drag::track_pointer(&event, on_pointer_move, move |is_dropped| {
            // The page may have been left while the pointer was down.
            let drag = dragged.try_get_untracked().flatten();
            let over = drag.and_then(|drag| drag.over);
            dragged.set(None);
            if is_dropped && let Some((target, position)) = over {
                store.edit(|document| group_tree::move_to(document, &id, &target, position));
                announce_move(&id);
            }
        });
    };
    let callbacks = RowCallbacks {
        on_move: Callback::new(move |(id, by)| move_group(id, by)),
        on_drag: Callback::new(begin_drag),
    };
    let go = move |index: usize| {
        active.set(index.min(count.get_untracked().saturating_sub(1)));
        window.scroll_to_row(active.get_untracked());
    };
    let on_key = move |event: KeyboardEvent| {
        // Keys pressed inside a row belong to its buttons.
        let is_own = event.target() == event.current_target();
        if !is_own || event.ctrl_key() || event.meta_key() {
            return;
        }
        let index = active.get_untracked();
        let Some(row) = row_at(index) else {
            return;
        };
        match (event.alt_key(), event.key().as_str()) {
            (true, "ArrowUp") => move_group(row.id, TreeMove::Up),
            (true, "ArrowDown") => move_group(row.id, TreeMove::Down),
            (true, "ArrowRight") => move_group(row.id, TreeMove::In),
            (true, "ArrowLeft") => move_group(row.id, TreeMove::Out),
            (false, "ArrowDown") => go(index + 1),
            (false, "ArrowUp") => go(index.saturating_sub(1)),
            (false, "PageDown") => go(index + window.rows_per_page()),
            (false, "PageUp") => go(index.saturating_sub(window.rows_per_page())),
            (false, "Home") => go(0),
            (false, "End") => go(usize::MAX),
            (false, "ArrowLeft") => state.set_folded(&row.id, true),
            (false, "ArrowRight") => state.set_folded(&row.id, false),
            (false, "Enter") => nav.go(SetupPage::Group(row.id)),
            _ => return,
        }
        event.prevent_default();
    };
    let grid = fresh_id();
    let row_id = {
        let grid = grid.clone();
        move |index: usize| format!("{grid}-{index}")
    };
    let active_row = {
        let row_id = row_id.clone();
        move || (active.get() < count.get()).then(|| row_id(active.get()))
    };
    let row = move |index: usize| {
        let row_data = shown_at(index);
        view! {
            <GroupRow element=row_id(index) index=index shown=row_data active=active dragged=dragged callbacks=callbacks />
        }
    };
    let total = move || fill(texts.group_count, &[("count", &count.get().to_string())]);
    view! {
        <p class="muted bulk-bar"><span>{total}</span> <span class="tree-keys">{texts.move_hint}</span></p>
        <p class="visually-hidden" role="status">{move_status}</p>
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
            on:keydown=on_key
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

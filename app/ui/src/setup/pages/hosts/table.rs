//! Table of hosts (ARIA grid pattern), as a virtual list. One tab stop; arrow keys move, Space
//! selects, Enter opens, F2 edits in place. Rows are recycled: while somebody types, a row shows
//! another host, which is much faster than rendering it again.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use yobirin_domain::model::date::Date;
use yobirin_domain::model::id::HostId;

use crate::browser;
use crate::components::fresh_id;
use crate::components::virtual_list::VirtualList;
use crate::router::SetupPage;

use super::list::ListState;
use super::row::{HostRow, TABLE_SELECTOR};
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Nav, words};

#[component]
pub(crate) fn HostTable(
    /// Positions of the visible hosts in the document.
    found: Memo<Vec<usize>>,
    /// Today, for absences.
    today: Memo<Date>,
) -> impl IntoView {
    let texts = &words().hosts;
    let store = expect_context::<DraftStore>();
    let nav = expect_context::<Nav>();
    let state = expect_context::<ListState>();
    let count = Memo::new(move |_| found.with(Vec::len));
    let window = VirtualList::new(count.into(), state.scroll);
    let active = RwSignal::new(0_usize);
    let editing = RwSignal::new(None::<HostId>);
    let grid = fresh_id();
    let host_at = move |index: usize| {
        Memo::new(move |_| {
            let host = found.with(|found| found.get(index).copied())?;
            store.with(|document| document.hosts.get(host).cloned())
        })
    };
    let id_at = move |index: usize| {
        let host = found.with_untracked(|found| found.get(index).copied())?;
        store.peek(|document| document.hosts.get(host).map(|host| host.id.clone()))
    };
    let index_of = move |id: &HostId| {
        store.peek(|document| {
            let is_at = |host: &usize| document.hosts.get(*host).is_some_and(|host| host.id == *id);
            found.with_untracked(|found| found.iter().position(is_at))
        })
    };
    let go = move |index: usize| {
        let last = count.get_untracked().saturating_sub(1);
        active.set(index.min(last));
        window.scroll_to_row(active.get_untracked());
    };
    let on_key = move |event: KeyboardEvent| {
        // Keys pressed inside a row belong to its inputs.
        let is_own = event.target() == event.current_target();
        if !is_own || event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let index = active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => go(index + 1),
            "ArrowUp" => go(index.saturating_sub(1)),
            "PageDown" => go(index + window.rows_per_page()),
            "PageUp" => go(index.saturating_sub(window.rows_per_page())),
            "Home" => go(0),
            "End" => go(usize::MAX),
            " " => {
                if let Some(id) = id_at(index) {
                    state.selected.update(|chosen| {
                        if !chosen.remove(&id) {
                            chosen.insert(id);
                        }
                    });
                }
            }
            "Enter" => {
                if let Some(id) = id_at(index) {
                    nav.go(SetupPage::Host(id));
                }
            }
            "F2" => {
                go(index);
                editing.set(id_at(index));
                browser::focus_after_render("[name=row-name]");
            }
            _ => return,
        }
        event.prevent_default();
    };
    let row_id = {
        let grid = grid.clone();
        move |index: usize| format!("{grid}-{index}")
    };
    let active_row = {
        let row_id = row_id.clone();
        move || (count.get() > 0).then(|| row_id(active.get()))
    };
    let edit_host = move |host: Option<HostId>| {
        let index = host.as_ref().and_then(index_of);
        if let Some(index) = index {
            go(index);
            browser::focus_after_render("[name=row-name]");
        } else {
            browser::focus_after_render(TABLE_SELECTOR);
        }
        editing.set(host.filter(|_| index.is_some()));
    };
    let row = move |index| {
        let id = row_id(index);
        view! {
            <HostRow
                id=id
                index=index
                host=host_at(index)
                today=today
                is_active=Signal::derive(move || active.get() == index)
                editing=editing
                next_host=move |()| id_at(index + 1)
                on_next=edit_host
            />
        }
    };
    view! {
        <div
            class="virtual-list"
            hidden=move || count.get() == 0
            role="grid"
            id=grid
            tabindex="0"
            aria-label=texts.title
            aria-multiselectable="true"
            aria-rowcount=move || (count.get() + 1).to_string()
            aria-activedescendant=active_row
            data-table="hosts"
            node_ref=window.node
            on:scroll=move |_| window.on_scroll()
            on:keydown=on_key
        >
            <div class="virtual-list-head host-cells" role="row" aria-rowindex="1">
                <span role="columnheader"><span class="visually-hidden">{texts.choose}</span></span>
                <span role="columnheader">{texts.name}</span>
                <span role="columnheader">{texts.groups}</span>
                <span role="columnheader">{texts.account}</span>
                <span role="columnheader">{texts.state}</span>
                <span role="columnheader"><span class="visually-hidden">{texts.edit_in_place}</span></span>
            </div>
            <div role="presentation" style:block-size=move || window.space_above()></div>
            <For each=move || window.range() key=|index| *index children=row />
            <div role="presentation" style:block-size=move || window.space_below()></div>
        </div>
    }
}

//! Groups: the tree, and the form of one.

mod delete;
mod form;
mod room_of;

use leptos::prelude::*;
use yobirin_domain::directory::Group;
use yobirin_domain::id::GroupId;
use yobirin_domain::lang::LocalText;

use crate::components::{Notice, Picture, Sign};
use crate::locale::fill;
use crate::page::SetupPage;
use crate::platform::{self, ids};

use super::draft::forest::{self, Line};
use super::names::Names;
use super::nav::{Link, Nav, words};
use super::parts::PageFrame;
use super::store::Store;

pub(super) use form::GroupPage;
use room_of::RoomLine;

/// Adds a group at the end of `parent`'s and opens it.
fn add_below(store: Store, nav: Nav, parent: Option<GroupId>) {
    let id = ids::group();
    store.edit(|document| {
        let mut group = Group::named(id.clone(), LocalText::default());
        group.order = forest::next_order(&document.groups, parent.as_ref());
        group.parent = parent;
        document.groups.push(group);
    });
    nav.go(SetupPage::Group(id));
    platform::focus_drawn("[name^=group-name]");
}

/// The tree.
#[component]
pub(super) fn GroupsPage() -> impl IntoView {
    let w = &words().groups;
    let (store, nav) = (expect_context::<Store>(), expect_context::<Nav>());
    let lines = store.memo(|document| forest::lines(&document.groups));
    let rows = move || {
        lines
            .get()
            .into_iter()
            .map(|line| view! { <GroupRow line=line /> })
            .collect_view()
    };
    view! {
        <PageFrame name="groups" title=w.title lead=w.lead>
            <div class="toolbar">
                <button type="button" class="button main" data-action="add-group" on:click=move |_| add_below(store, nav, None)>
                    <Picture sign=Sign::Add />{w.add}
                </button>
            </div>
            {move || lines.with(Vec::is_empty).then(|| view! {
                <Notice kind="empty"><p><strong>{w.empty}</strong></p><p>{w.empty_words}</p></Notice>
            })}
            <ul class="rows tree" role="list" aria-label=w.title>{rows}</ul>
        </PageFrame>
    }
}

#[component]
fn GroupRow(line: Line) -> impl IntoView {
    let words = words();
    let w = &words.groups;
    let (store, nav, names) = (
        expect_context::<Store>(),
        expect_context::<Nav>(),
        Names::here(),
    );
    let id = StoredValue::new(line.id.clone());
    let group = store.group(line.id.clone());
    let count = {
        let id = line.id.clone();
        store.memo(move |document| {
            document
                .hosts
                .iter()
                .filter(|host| host.groups.contains(&id))
                .count()
        })
    };
    let name = move || id.with_value(|id| names.group(id));
    let badges = move || {
        let badge =
            |text: &'static str| view! { <span class="badge" data-tone="todo">{text}</span> };
        group.get().map(|group| {
            (
                group.hidden.then(|| badge(words.common.hidden)),
                group.not_callable.then(|| badge(w.not_callable_badge)),
            )
        })
    };
    let in_charge = group.read(|group| group.in_charge.clone());
    let people = move || {
        let members = fill(w.members, &[("count", &count.get().to_string())]);
        let in_charge = in_charge.get();
        let answering = fill(w.in_charge_count, &[("names", &names.hosts(&in_charge))]);
        if in_charge.is_empty() {
            members
        } else {
            format!("{members} · {answering}")
        }
    };
    let shift =
        move |up: bool| store.edit(|document| id.with_value(|id| forest::shift(document, id, up)));
    let step = move |up: bool, disabled: bool, sign: Sign, word: &'static str| {
        view! {
            <button
                type="button"
                class="button quiet small"
                data-action=if up { "up" } else { "down" }
                disabled=disabled
                title=word
                aria-label=move || format!("{word}: {}", name())
                on:click=move |_| shift(up)
            >
                <Picture sign=sign />
            </button>
        }
    };
    view! {
        <li class="list-row" data-group=line.id.to_string() data-depth=line.depth.min(8).to_string()>
            <span class="row-name">
                <Link to=SetupPage::Group(line.id.clone())>{name}</Link>
                {badges}
                <span class="soft">{people}</span>
            </span>
            <RoomLine id=line.id.clone() />
            <span class="row-side">
                {step(true, line.first, Sign::Up, words.common.up)}
                {step(false, line.last, Sign::Down, words.common.down)}
                <button
                    type="button"
                    class="button quiet small"
                    data-action="add-child"
                    title=w.add_child
                    aria-label=move || format!("{}: {}", w.add_child, name())
                    on:click=move |_| add_below(store, nav, Some(id.get_value()))
                >
                    <Picture sign=Sign::Add />
                </button>
            </span>
        </li>
    }
}

//! Groups: the tree, and the form of one.

mod delete;
mod form;
mod room_of;
mod row;
pub(in crate::setup) mod shown;
mod tree;

use leptos::prelude::*;
use yobirin_domain::model::directory::Group;
use yobirin_domain::model::id::GroupId;
use yobirin_domain::model::lang::LocalText;

use crate::components::{Notice, Picture, Sign, TextField};
use crate::page::SetupPage;
use crate::platform::{self, ids};

use super::draft::forest;
use super::nav::{Nav, words};
use super::parts::PageFrame;
use super::store::Store;

pub(super) use form::GroupPage;
use shown::TreeState;
use tree::Tree;

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
    let state = expect_context::<TreeState>();
    let any = store.memo(|document| !document.groups.is_empty());
    view! {
        <PageFrame name="groups" title=w.title lead=w.lead>
            <div class="toolbar">
                <TextField
                    name="search"
                    kind="search"
                    label=w.search
                    value=state.query
                    on_input=move |text| {
                        state.standing.begin_anew();
                        state.query.set(text);
                    }
                />
                <button type="button" class="button main" data-action="add-group" on:click=move |_| add_below(store, nav, None)>
                    <Picture sign=Sign::ADD />{w.add}
                </button>
            </div>
            {move || (!any.get()).then(|| view! {
                <Notice kind="empty"><p><strong>{w.empty}</strong></p><p>{w.empty_words}</p></Notice>
            })}
            <div class="host-list" hidden=move || !any.get()>
                <Tree />
            </div>
        </PageFrame>
    }
}

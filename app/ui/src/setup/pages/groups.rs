//! Groups: the page with their tree, and the page of one group.

mod delete;
mod effective_room;
mod form;
mod members;
mod room_findings;
mod row;
mod tree;
mod tree_control;
pub(crate) mod visible_rows;

use leptos::prelude::*;
use yobirin_domain::model::directory::Group;
use yobirin_domain::model::id::GroupId;
use yobirin_domain::model::lang::TranslatedText;

use crate::browser::{self, random};
use crate::components::{Alert, Icon, Sign, TextField};
use crate::router::SetupPage;

use crate::setup::draft::group_tree;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Nav, words};
use crate::setup::shared::page_frame::PageFrame;

pub(crate) use form::GroupPage;
use tree::Tree;
use visible_rows::TreeState;

/// Adds a group as the last child of `parent` and opens its page.
fn add_below(store: DraftStore, nav: Nav, parent: Option<GroupId>) {
    let id = random::group_id();
    store.edit(|document| {
        let mut group = Group::named(id.clone(), TranslatedText::default());
        group.order = group_tree::next_order(&document.groups, parent.as_ref());
        group.parent = parent;
        document.groups.push(group);
    });
    nav.go(SetupPage::Group(id));
    browser::focus_after_render("[name^=group-name]");
}

#[component]
pub(crate) fn GroupsPage() -> impl IntoView {
    let texts = &words().groups;
    let store = expect_context::<DraftStore>();
    let nav = expect_context::<Nav>();
    let state = expect_context::<TreeState>();
    let has_groups = store.memo(|document| !document.groups.is_empty());
    view! {
        <PageFrame name="groups" title=texts.title lead=texts.lead>
            <div class="toolbar">
                <TextField
                    name="search"
                    kind="search"
                    label=texts.search
                    value=state.query
                    on_input=move |text| {
                        state.scroll.reset_to_top();
                        state.query.set(text);
                    }
                />
                <button type="button" class="button primary" data-action="add-group" on:click=move |_| add_below(store, nav, None)>
                    <Icon sign=Sign::ADD />{texts.add}
                </button>
            </div>
            {move || (!has_groups.get()).then(|| view! {
                <Alert kind="empty"><p><strong>{texts.empty}</strong></p><p>{texts.empty_explanation}</p></Alert>
            })}
            <div class="host-list" hidden=move || !has_groups.get()>
                <Tree />
            </div>
        </PageFrame>
    }
}

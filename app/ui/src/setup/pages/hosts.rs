//! Hosts: the list, and the page of a host.

mod bulk;
mod form;
mod invite;
mod link;
pub(crate) mod list;
mod memberships;
mod row;
mod suggest;
mod table;

use leptos::prelude::*;
use yobirin_domain::model::directory::Host;

use crate::browser::{self, clock, random};
use crate::components::{Alert, Icon, SelectField, SelectOption, Sign, TextField};
use crate::i18n::fill;
use crate::router::SetupPage;

use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Link, Nav, words};
use crate::setup::shared::host_search::{HostSearch, group_names};
use crate::setup::shared::page_frame::PageFrame;

use bulk::BulkBar;
use list::{HostFilter, ListState, visible_hosts};
use suggest::AccountSuggestions;
use table::HostTable;

pub(crate) use form::HostPage;

#[component]
pub(crate) fn HostsPage() -> impl IntoView {
    let words = words();
    let texts = &words.hosts;
    let store = expect_context::<DraftStore>();
    let nav = expect_context::<Nav>();
    let host_search = expect_context::<HostSearch>();
    let state = expect_context::<ListState>();
    let group_names = store.memo(|document| group_names(&document.groups));
    let zone = store.memo(|document| document.site.time_zone.clone());
    let today = Memo::new(move |_| zone.with(|zone| clock::today(zone)));
    let found = Memo::new(move |_| {
        let (query, filter) = (state.query.get(), state.filter.get());
        let by_name = host_search.find(&query, usize::MAX);
        store.with(|document| {
            let passes = |host: &Host| filter.matches(host, || today.get());
            group_names.with(|group_names| {
                visible_hosts(&document.hosts, group_names, by_name, &query, passes)
            })
        })
    });
    host_search.build_after_paint();
    let has_hosts = store.memo(|document| !document.hosts.is_empty());
    let add_host = move |_| {
        let id = random::host_id();
        store.edit(|document| document.hosts.push(Host::named(id.clone(), "")));
        nav.go(SetupPage::Host(id));
        browser::focus_after_render("[name=host-name]");
    };
    let filters = Signal::derive(move || {
        let name = |filter: HostFilter| match filter {
            HostFilter::All => texts.filter_all,
            HostFilter::NoAccount => texts.filter_no_account,
            HostFilter::NoFurigana => texts.filter_no_furigana,
            HostFilter::NoGroup => texts.filter_no_group,
            HostFilter::Absent => texts.filter_absent,
            HostFilter::Hidden => texts.filter_hidden,
        };
        HostFilter::ALL
            .map(|filter| SelectOption::new(filter.key(), name(filter)))
            .into()
    });
    let has_groups =
        store.memo(|document| document.hosts.iter().any(|host| !host.groups.is_empty()));
    let scroll_to_top = move || state.scroll.reset_to_top();
    let has_results = Memo::new(move |_| !found.with(Vec::is_empty));
    let show_all = move |_| {
        state.show(HostFilter::All);
        browser::focus_after_render("[name=search]");
    };
    let no_results = move || {
        (has_hosts.get() && !has_results.get()).then(|| {
            let message = move || {
                let query = state.query.get();
                match query.trim() {
                    "" => texts.none_in_filter.to_owned(),
                    query => fill(texts.no_match, &[("query", query)]),
                }
            };
            view! {
                <Alert kind="none-found">
                    <p>{message}</p>
                    <button type="button" class="button small" data-action="show-all" on:click=show_all>{texts.show_all}</button>
                </Alert>
            }
        })
    };
    view! {
        <PageFrame name="hosts" title=texts.title lead=texts.lead>
            <div class="toolbar">
                <TextField
                    name="search"
                    kind="search"
                    label=texts.search
                    example=texts.search_example
                    value=state.query
                    on_input=move |text| {
                        scroll_to_top();
                        state.query.set(text);
                    }
                />
                <SelectField
                    name="filter"
                    label=texts.filter
                    value=Signal::derive(move || state.filter.get().key().to_owned())
                    options=filters
                    on_change=move |key: String| {
                        scroll_to_top();
                        state.filter.set(HostFilter::from_key(&key));
                    }
                />
                <div class="toolbar-actions">
                    <AccountSuggestions />
                    {move || has_hosts.get().then(|| view! {
                        <Link to=SetupPage::PeopleFromChatwork class="button" action="from-chatwork">{words.people_from_chatwork.open}</Link>
                    })}
                    <button type="button" class="button" class:primary=move || has_hosts.get() data-action="add-host" on:click=add_host>
                        <Icon sign=Sign::ADD />{texts.add}
                    </button>
                </div>
            </div>
            {move || (!has_hosts.get()).then(|| view! {
                <Alert kind="empty"><p><strong>{texts.empty}</strong></p><p>{texts.empty_explanation}</p>
                    <Link to=SetupPage::PeopleFromChatwork class="button small primary" action="from-chatwork">{words.people_from_chatwork.open}</Link>
                    <Link to=SetupPage::Import class="button small" action="to-import">{texts.empty_import}</Link>
                </Alert>
            })}
            {no_results}
            <div class="host-list" hidden=move || !has_hosts.get()>
                <BulkBar found=found />
                <HostTable found=found today=today />
                {move || has_groups.get().then(|| view! {
                    <p class="muted small first-group-note">{texts.first_group_note}</p>
                })}
            </div>
        </PageFrame>
    }
}

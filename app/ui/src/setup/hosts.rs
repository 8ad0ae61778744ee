//! Hosts: the list, and the form of one.

mod form;
mod link;
mod memberships;

use leptos::prelude::*;
use yobirin_domain::directory::Host;

use crate::components::{Notice, Picture, Sign, TextField};
use crate::locale::fill;
use crate::page::SetupPage;
use crate::platform::{self, clock, ids};

use super::names::Names;
use super::nav::{Link, Nav, words};
use super::parts::PageFrame;
use super::pick::matches;
use super::store::Store;

pub(super) use form::HostPage;

/// How many hosts are drawn at first, and how many more at a time.
const PAGE: usize = 200;

/// The list.
#[component]
pub(super) fn HostsPage() -> impl IntoView {
    let words = words();
    let w = &words.hosts;
    let (store, nav) = (expect_context::<Store>(), expect_context::<Nav>());
    let names = Names::here();
    let query = RwSignal::new(String::new());
    let shown = RwSignal::new(PAGE);
    let fitting = Memo::new(move |_| {
        let query = query.get();
        let fits = |host: &&Host| {
            matches(&query, &[&host.name, &host.kana, &host.display_name])
                || host
                    .groups
                    .iter()
                    .any(|group| matches(&query, &[&names.group(group)]))
        };
        let mut hosts = store.with(|document| {
            document
                .hosts
                .iter()
                .filter(fits)
                .cloned()
                .collect::<Vec<_>>()
        });
        hosts.sort_by(|a, b| (&a.kana, &a.name).cmp(&(&b.kana, &b.name)));
        hosts
    });
    let any = store.memo(|document| !document.hosts.is_empty());
    let rows = move || {
        let row = |host: Host| {
            let groups = host.groups.iter().map(|group| names.group(group)).collect();
            view! { <HostRow host=host groups=groups /> }
        };
        fitting
            .get()
            .into_iter()
            .take(shown.get())
            .map(row)
            .collect_view()
    };
    let add = move |_| {
        let id = ids::host();
        store.edit(|document| document.hosts.push(Host::named(id.clone(), "")));
        nav.go(SetupPage::Host(id));
        platform::focus_drawn("[name=host-name]");
    };
    let more = move || {
        (fitting.with(Vec::len) > shown.get()).then(|| view! {
            <button type="button" class="button" data-action="more" on:click=move |_| shown.update(|count| *count += PAGE)>
                {words.common.more}
            </button>
        })
    };
    let count = move || fill(w.count, &[("count", &fitting.with(Vec::len).to_string())]);
    view! {
        <PageFrame name="hosts" title=w.title lead=w.lead>
            <div class="toolbar">
                <TextField
                    name="search"
                    kind="search"
                    label=w.search
                    example=w.search_example
                    value=query
                    on_input=move |text| query.set(text)
                />
                <button type="button" class="button main" data-action="add-host" on:click=add>
                    <Picture sign=Sign::Add />{w.add}
                </button>
            </div>
            {move || (!any.get()).then(|| view! {
                <Notice kind="empty"><p><strong>{w.empty}</strong></p><p>{w.empty_words}</p></Notice>
            })}
            <p class="soft" role="status" hidden=move || !any.get()>{count}</p>
            <ul class="rows" role="list" aria-label=w.title>{rows}</ul>
            {more}
        </PageFrame>
    }
}

#[component]
fn HostRow(host: Host, groups: Vec<String>) -> impl IntoView {
    let words = words();
    let w = &words.hosts;
    let store = expect_context::<Store>();
    let zone = store.peek(|document| document.site.time_zone.clone());
    let absent = host
        .absent_until
        .filter(|_| host.is_absent(clock::today(&zone)));
    let badge = |text: String, tone: &'static str| view! { <span class="badge" data-tone=tone>{text}</span> };
    let name = if host.name.trim().is_empty() {
        words.common.unnamed.to_owned()
    } else {
        host.name.clone()
    };
    let groups = groups.into_iter().enumerate().map(|(place, group)| {
        let first = place == 0;
        let mark = first.then(|| view! { <span class="visually-hidden">{w.first_group}</span> });
        view! { <span class="chip" class:first-group=first>{group} {mark}</span> }
    });
    let account = match host.account {
        Some(id) => view! { <span class="digits soft">{id.to_string()}</span> }.into_any(),
        None => badge(w.no_account.to_owned(), "partly").into_any(),
    };
    view! {
        <li class="list-row" data-host=host.id.to_string()>
            <span class="row-name">
                <Link to=SetupPage::Host(host.id.clone())>{name}</Link>
                <span class="soft">{host.kana.clone()}</span>
            </span>
            <span class="row-chips">{groups.collect_view()}</span>
            <span class="row-side">
                {absent.map(|day| badge(fill(w.absent, &[("day", &day.to_string())]), "partly"))}
                {host.hidden.then(|| badge(words.common.hidden.to_owned(), "todo"))}
                {account}
            </span>
        </li>
    }
}

//! Accounts suggested by name: a dialog for all hosts without an account, and buttons on the page of one host.

use std::collections::BTreeSet;

use leptos::prelude::*;
use yobirin_domain::account_match::{MatchQuality, Suggestion, candidates, suggest_accounts};
use yobirin_domain::model::directory::Host;
use yobirin_domain::model::id::HostId;

use crate::components::{Alert, Dialog};
use crate::i18n::fill;
use crate::i18n::setup::Words;

use crate::setup::draft_store::{Binding, DraftStore};
use crate::setup::nav::words;
use crate::setup::shared::chatwork_directory::ChatworkDirectory;
use crate::setup::shared::display_names::DisplayNames;

/// Maximum of candidates for one host.
const MAX_CANDIDATES: usize = 3;

/// Reason for a suggestion, in words.
fn quality_text(words: &Words, quality: MatchQuality) -> &'static str {
    let texts = &words.hosts;
    match quality {
        MatchQuality::SameText => texts.match_same_name,
        MatchQuality::SameSound => texts.match_same_reading,
        MatchQuality::Contained => texts.match_contains,
    }
}

/// Button, shown while any host has no account, and the dialog that it opens.
#[component]
pub(crate) fn AccountSuggestions() -> impl IntoView {
    let words = words();
    let texts = &words.hosts;
    let store = expect_context::<DraftStore>();
    let directory = expect_context::<ChatworkDirectory>();
    let is_account_missing =
        store.memo(|document| document.hosts.iter().any(|host| host.account.is_none()));
    let found = RwSignal::new(None::<Vec<Suggestion>>);
    let find_all = move |_| {
        let people = untrack(|| directory.people());
        let named = people
            .iter()
            .map(|person| (person.account, person.name.as_str()));
        found.set(Some(
            store.peek(|document| suggest_accounts(&document.hosts, named)),
        ));
    };
    let title = Signal::derive(move || {
        let count = found
            .with(|found| found.as_ref().map_or(0, Vec::len))
            .to_string();
        fill(texts.match_title, &[("count", &count)])
    });
    view! {
        {move || is_account_missing.get().then(|| view! {
            <button type="button" class="button" data-action="suggest" on:click=find_all>{texts.match_accounts}</button>
        })}
        <Dialog
            open=Signal::derive(move || found.with(Option::is_some))
            on_close=move |()| found.set(None)
            title=title
            kind="suggest"
        >
            {move || found.get().map(|list| view! { <Suggestions list=list found=found /> })}
        </Dialog>
    }
}

#[component]
fn Suggestions(list: Vec<Suggestion>, found: RwSignal<Option<Vec<Suggestion>>>) -> impl IntoView {
    let words = words();
    let texts = &words.hosts;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let directory = expect_context::<ChatworkDirectory>();
    let refused = RwSignal::new(BTreeSet::<HostId>::new());
    let row = |suggestion: &Suggestion| {
        let id = StoredValue::new(suggestion.host.clone());
        let host = untrack(|| names.host(&suggestion.host));
        let person = untrack(|| directory.person_name(suggestion.account)).unwrap_or_default();
        let is_accepted = move || refused.with(|refused| !id.with_value(|id| refused.contains(id)));
        let choose = move |is_accepted: bool| {
            refused.update(|refused| {
                if is_accepted {
                    refused.remove(&id.get_value());
                } else {
                    refused.insert(id.get_value());
                }
            });
        };
        view! {
            <li data-suggested=suggestion.host.to_string()>
                <label class="suggested">
                    <input
                        type="checkbox"
                        prop:checked=is_accepted
                        on:change=move |event| choose(event_target_checked(&event))
                    />
                    <span><strong>{host}</strong></span>
                    <span>{person} " " <span class="muted digits">{suggestion.account.to_string()}</span></span>
                    <span class="muted">{quality_text(words, suggestion.quality)}</span>
                </label>
            </li>
        }
    };
    let rows = list.iter().map(row).collect_view();
    let unmatched = untrack(|| unmatched_names(store, names, &list));
    let unmatched = (!unmatched.is_empty()).then(|| {
        let title = fill(
            texts.match_unmatched,
            &[("count", &unmatched.len().to_string())],
        );
        view! {
            <p class="muted" data-unmatched=unmatched.len().to_string()>
                <strong>{title}</strong> {unmatched.join(words.names.list_separator)}
            </p>
        }
    });
    let is_empty = list.is_empty();
    let list = StoredValue::new(list);
    let accepted = move || {
        list.with_value(|list| {
            refused.with(|refused| {
                let is_accepted = |suggestion: &&Suggestion| !refused.contains(&suggestion.host);
                list.iter().filter(is_accepted).cloned().collect::<Vec<_>>()
            })
        })
    };
    let accept = move |_| {
        let accepted = untrack(accepted);
        store.edit(|document| {
            for host in &mut document.hosts {
                let suggestion = accepted
                    .iter()
                    .find(|suggestion| suggestion.host == host.id);
                if let Some(suggestion) = suggestion {
                    host.account = Some(suggestion.account);
                }
            }
        });
        found.set(None);
    };
    let accept_text = move || {
        fill(
            texts.match_take,
            &[("count", &accepted().len().to_string())],
        )
    };
    let accept_button = (!is_empty).then(|| {
        view! {
            <button type="button" class="button primary" data-action="take-suggested" on:click=accept>{accept_text}</button>
        }
    });
    view! {
        {is_empty.then(|| view! { <Alert kind="empty">{texts.match_none}</Alert> })}
        <p class="muted" hidden=is_empty>{texts.match_explanation}</p>
        <ul class="suggested-list" role="list">{rows}</ul>
        {unmatched}
        <div class="dialog-actions">
            <button type="button" class="button" data-action="cancel" on:click=move |_| found.set(None)>
                {words.controls.cancel}
            </button>
            {accept_button}
        </div>
    }
}

/// Names of the hosts without account that no suggestion matches.
fn unmatched_names(store: DraftStore, names: DisplayNames, list: &[Suggestion]) -> Vec<String> {
    let matched: BTreeSet<&HostId> = list.iter().map(|suggestion| &suggestion.host).collect();
    let unmatched: Vec<HostId> = store.peek(|document| {
        let without_account = document.hosts.iter().filter(|host| host.account.is_none());
        let unmatched = without_account.filter(|host| !matched.contains(&host.id));
        unmatched.map(|host| host.id.clone()).collect()
    });
    unmatched.iter().map(|id| names.host(id)).collect()
}

/// Buttons that set a suggested account. Hidden for a host that has an account, and without candidates.
#[component]
pub(crate) fn Candidates(host: Binding<Host>) -> impl IntoView {
    let words = words();
    let texts = &words.hosts;
    let store = expect_context::<DraftStore>();
    let directory = expect_context::<ChatworkDirectory>();
    let found = Memo::new(move |_| {
        let Some(host) = host.get().filter(|host| host.account.is_none()) else {
            return Vec::new();
        };
        let people = directory.people();
        let named = people
            .iter()
            .map(|person| (person.account, person.name.as_str()));
        let mut found = store.with(|document| candidates(&host, &document.hosts, named));
        found.truncate(MAX_CANDIDATES);
        found
    });
    let button = move |suggestion: Suggestion| {
        let name = directory
            .person_name(suggestion.account)
            .unwrap_or_default();
        let text = fill(texts.take_account, &[("name", &name)]);
        let account = suggestion.account;
        view! {
            <button
                type="button"
                class="button small"
                data-candidate=account.to_string()
                title=quality_text(words, suggestion.quality)
                on:click=move |_| host.edit(|host| host.account = Some(account))
            >
                {text} <span class="muted digits">{account.to_string()}</span>
            </button>
        }
    };
    view! {
        <p class="candidates" role="group" aria-label=texts.similar_accounts hidden=move || found.with(Vec::is_empty)>
            <span class="muted">{texts.similar_accounts}</span>
            {move || found.get().into_iter().map(button).collect_view()}
        </p>
    }
}

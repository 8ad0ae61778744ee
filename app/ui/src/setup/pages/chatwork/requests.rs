//! Contact requests to the bot, which can send direct messages only to its contacts.

use leptos::prelude::*;
use yobirin_api::chatwork::ContactRequest;
use yobirin_domain::model::id::AccountId;

use crate::api::response::ClientError;
use crate::components::{Alert, Tone};
use crate::i18n::fill;

use crate::api::admin::AdminClient;
use crate::router::SetupPage;
use crate::setup::draft_store::DraftStore;
use crate::setup::errors;
use crate::setup::nav::{Link, words};
use crate::setup::remote::{Remote, Scope, fetch};
use crate::setup::shared::chatwork_directory::ChatworkDirectory;
use crate::setup::shared::loading_view::loading_view;
use crate::setup::shared::page_frame::Section;

#[component]
pub(crate) fn ContactRequests(
    /// Called when requests were accepted, where the page itself offers to make the new contacts hosts; else a link
    /// to the page that does is shown.
    #[prop(optional, into)]
    on_accepted: Option<Callback<()>>,
) -> impl IntoView {
    let words = words();
    let texts = &words.chatwork;
    let store = expect_context::<DraftStore>();
    let admin = expect_context::<AdminClient>();
    let directory = expect_context::<ChatworkDirectory>();
    let requests = RwSignal::new(Remote::<Vec<ContactRequest>>::Loading);
    let is_busy = RwSignal::new(false);
    let accepted = RwSignal::new(Vec::<AccountId>::new());
    let failure = RwSignal::new(None::<ClientError>);
    // Accepting removes the row whose button was pressed, so the row does not own the requests.
    let scope = Scope::current();
    let load = move || {
        fetch(requests, async move {
            Ok(admin.contact_requests().await?.entries)
        });
    };
    load();
    // One after the other, and only until one fails.
    let accept = move |requested: Vec<(u64, AccountId)>| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        failure.set(None);
        accepted.set(Vec::new());
        scope.spawn(async move {
            for (id, account) in requested {
                if let Err(error) = admin.accept_contact(id).await {
                    let _ = failure.try_set(Some(error));
                    break;
                }
                let _ = accepted.try_update(|accepted| accepted.push(account));
                let _ = requests.try_update(|remote| {
                    if let Remote::Loaded(requests) = remote {
                        requests.retain(|request| request.id != id);
                    }
                });
            }
            let _ = is_busy.try_set(false);
            directory.reload_rooms_and_people();
            let has_accepted = accepted.try_with_untracked(|accepted| !accepted.is_empty());
            if let Some(on_accepted) = on_accepted
                && has_accepted == Some(true)
            {
                on_accepted.run(());
            }
        });
    };
    let row = move |request: ContactRequest| {
        let (id, account) = (request.id, request.person.account);
        let label = fill(texts.accept_named, &[("name", &request.person.name)]);
        view! {
            <li class="list-row" data-request=request.person.account.to_string()>
                <div class="row-name">
                    <strong>{request.person.name}</strong>
                    <span class="muted">{request.person.department}</span>
                </div>
                <p class="muted">{request.message}</p>
                <div class="row-side">
                    <button
                        type="button"
                        class="button small"
                        data-action="accept"
                        aria-label=label
                        aria-disabled=move || is_busy.get().to_string()
                        on:click=move |_| accept(vec![(id, account)])
                    >
                        {texts.accept}
                    </button>
                </div>
            </li>
        }
    };
    let list = move || match requests.get() {
        Remote::Loaded(requests) if requests.is_empty() => {
            view! { <p class="muted" data-requests="none">{texts.requests_none}</p> }.into_any()
        }
        Remote::Loaded(requests) => {
            let all: Vec<(u64, AccountId)> = requests
                .iter()
                .map(|request| (request.id, request.person.account))
                .collect();
            let accept_all_button = (all.len() > 1).then(|| {
                let text = fill(texts.accept_all, &[("count", &all.len().to_string())]);
                view! {
                    <p>
                        <button
                            type="button"
                            class="button"
                            data-action="accept-all"
                            aria-disabled=move || is_busy.get().to_string()
                            on:click=move |_| accept(all.clone())
                        >
                            {text}
                        </button>
                    </p>
                }
            });
            view! {
                <ul class="rows" role="list" aria-label=texts.requests>{requests.into_iter().map(row).collect_view()}</ul>
                {accept_all_button}
            }
            .into_any()
        }
        other => loading_view(&other, load),
    };
    let has_stranger = Memo::new(move |_| {
        let is_host = |account: &AccountId| {
            store.with(|document| {
                let mut hosts = document.hosts.iter();
                hosts.any(|host| host.account == Some(*account))
            })
        };
        accepted.with(|accepted| !accepted.iter().all(is_host))
    });
    let next_step = move || {
        (on_accepted.is_none() && has_stranger.get()).then(|| view! {
            <p>{texts.accepted_hosts}</p>
            <Link to=SetupPage::PeopleFromChatwork class="button small" action="from-chatwork">{words.people_from_chatwork.open}</Link>
        })
    };
    let accepted_alert = move || {
        let count = accepted.with(Vec::len);
        (count > 0).then(|| {
            let text = fill(texts.accepted, &[("count", &count.to_string())]);
            view! {
                <Alert tone=Tone::Good kind="accepted">
                    <p>{text}</p>
                    {next_step}
                </Alert>
            }
        })
    };
    let failure_alert = move || {
        failure.get().map(|error| {
            view! { <Alert tone=Tone::Bad kind="accept-failed">{errors::text(words, &error)}</Alert> }
        })
    };
    view! {
        <Section title=texts.requests lead=texts.requests_lead name="requests">
            {list}
            {accepted_alert}
            {failure_alert}
            <p>
                <button type="button" class="button small" data-action="requests-again" on:click=move |_| load()>
                    {texts.reload_requests}
                </button>
            </p>
        </Section>
    }
}

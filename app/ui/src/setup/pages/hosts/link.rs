//! A host's personal link: create, send, replace, revoke.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_api::message::SentMessage;
use yobirin_api::personal::{HostLink, PersonalLink};
use yobirin_domain::link_reach::is_loopback_link;
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::model::id::{CallId, HostId};

use crate::api::response::ClientError;
use crate::browser::{self, clock};
use crate::components::{Alert, Confirm, Tone};
use crate::i18n::fill;

use crate::api::admin::AdminClient;
use crate::setup::draft_store::DraftStore;
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::remote::{Remote, fetch, poll};
use crate::setup::shared::copy_button::CopyButton;
use crate::setup::shared::loading_view::loading_view;
use crate::setup::shared::loopback_notice::LoopbackNotice;
use crate::setup::shared::page_frame::Section;

/// Polling interval of a message in flight, in milliseconds.
const MESSAGE_POLL_INTERVAL_MS: u64 = 700;

/// State of a host's link.
#[derive(Clone, Copy)]
struct LinkState {
    /// The host.
    id: StoredValue<HostId>,
    admin: AdminClient,
    /// Links of all hosts.
    all: RwSignal<Remote<Vec<HostLink>>>,
    /// The link that was created on this page, which the relay does not show again.
    new_link: RwSignal<Option<PersonalLink>>,
    /// Message with the created link, once it is sent.
    sent: RwSignal<Option<CallId>>,
    failure: RwSignal<Option<ClientError>>,
}

impl LinkState {
    /// Loads the links, with a placeholder meanwhile.
    fn load(self) {
        fetch(self.all, self.admin.host_links());
    }

    /// The host's link; `None` without one.
    fn current(self) -> Option<HostLink> {
        self.all.with(|all| {
            let mut links = all.loaded()?.iter();
            links
                .find(|link| self.id.with_value(|id| link.host == *id))
                .cloned()
        })
    }

    /// Loads the links again, while the old ones stay visible.
    async fn reload(self) {
        if let Ok(all) = self.admin.host_links().await {
            let _ = self.all.try_set(Remote::Loaded(all));
        }
    }

    /// Creates a link, which replaces the host's earlier one.
    fn create(self) {
        self.failure.set(None);
        self.sent.set(None);
        spawn_local_scoped_with_cancellation(async move {
            match self.admin.create_host_link(self.id.get_value()).await {
                Ok(link) => {
                    let _ = self.new_link.try_set(Some(link));
                    browser::focus_after_render("[data-personal-link]");
                    self.reload().await;
                }
                Err(error) => {
                    let _ = self.failure.try_set(Some(error));
                }
            }
        });
    }

    /// Sends a link to the host in Chatwork.
    fn send(self, link: PersonalLink) {
        self.failure.set(None);
        spawn_local_scoped_with_cancellation(async move {
            match self.admin.send_host_link(self.id.get_value(), link).await {
                Ok(message) => {
                    let _ = self.sent.try_set(Some(message.id));
                }
                Err(error) => {
                    let _ = self.failure.try_set(Some(error));
                }
            }
        });
    }

    /// Revokes the host's link.
    fn revoke(self) {
        self.failure.set(None);
        self.sent.set(None);
        spawn_local_scoped_with_cancellation(async move {
            let failure = self.admin.revoke_host_link(self.id.get_value()).await.err();
            if failure.is_none() {
                let _ = self.new_link.try_set(None);
            }
            self.reload().await;
            let _ = self.failure.try_set(failure);
        });
    }
}

#[component]
pub(crate) fn PersonalLinkSection(id: HostId) -> impl IntoView {
    let words = words();
    let texts = &words.self_service;
    let admin = expect_context::<AdminClient>();
    let store = expect_context::<DraftStore>();
    let is_saved = {
        let id = id.clone();
        Memo::new(move |_| store.with_saved(|saved| saved.hosts.iter().any(|host| host.id == id)))
    };
    let links = LinkState {
        id: StoredValue::new(id),
        admin,
        all: RwSignal::new(Remote::Loading),
        new_link: RwSignal::new(None),
        sent: RwSignal::new(None),
        failure: RwSignal::new(None),
    };
    links.load();
    let content = move || {
        if !is_saved.get() {
            return view! { <Alert kind="save-first">{texts.save_first}</Alert> }.into_any();
        }
        match links.all.get() {
            Remote::Loaded(_) => view! { <LinkStatus links=links /> }.into_any(),
            other => loading_view(&other, move || links.load()),
        }
    };
    view! {
        <Section title=texts.personal lead=texts.personal_lead name="personal-link">
            {move || links.failure.get().map(|error| view! {
                <Alert tone=Tone::Bad kind="failed">{errors::text(words, &error)}</Alert>
            })}
            {move || links.new_link.get().map(|link| view! { <NewLink link=link links=links /> })}
            {content}
        </Section>
    }
}

/// Status of the link, and the actions.
#[component]
fn LinkStatus(links: LinkState) -> impl IntoView {
    let words = words();
    let texts = &words.self_service;
    let zone = expect_context::<DraftStore>().peek(|document| document.site.time_zone.clone());
    let is_remaking = RwSignal::new(false);
    let is_revoking = RwSignal::new(false);
    let time = move |at| clock::format_date_time(at, words.language().tag(), &zone);
    let content = move || {
        match links.current() {
        None => view! {
            <p class="muted" data-link-state="none">{texts.none}</p>
            <p><button type="button" class="button" data-action="make-link" on:click=move |_| links.create()>{texts.make}</button></p>
        }
        .into_any(),
        Some(link) => {
            let made_text = fill(texts.made, &[("time", &time(link.made))]);
            let opened = match link.opened {
                Some(at) => fill(texts.opened, &[("time", &time(at))]),
                None => texts.never_opened.to_owned(),
            };
            let state = if link.opened.is_some() { "opened" } else { "made" };
            view! {
                <p data-link-state=state>{made_text}" · "{opened}</p>
                <div class="row">
                    <button type="button" class="button" data-action="remake-link" on:click=move |_| is_remaking.set(true)>
                        {texts.remake}
                    </button>
                    <button type="button" class="button danger" data-action="revoke-link" on:click=move |_| is_revoking.set(true)>
                        {texts.revoke}
                    </button>
                </div>
            }
            .into_any()
        }
    }
    };
    view! {
        {content}
        <Confirm
            open=is_remaking
            title=texts.remake_question
            ok=texts.remake
            cancel=words.controls.cancel
            kind="remake-link"
            on_ok=move |()| links.create()
        >
            <p>{texts.remake_explanation}</p>
        </Confirm>
        <Confirm
            open=is_revoking
            title=texts.revoke_question
            ok=texts.revoke
            cancel=words.controls.cancel
            danger=true
            kind="revoke-link"
            on_ok=move |()| links.revoke()
        >
            <p>{texts.revoke_explanation}</p>
        </Confirm>
    }
}

/// A new link, shown once. A link that only this machine can open is sent only after a question.
#[component]
fn NewLink(link: PersonalLink, links: LinkState) -> impl IntoView {
    let words = words();
    let texts = &words.self_service;
    let store = expect_context::<DraftStore>();
    let has_account = Memo::new(move |_| {
        store.with_saved(|saved| {
            let mut hosts = saved.hosts.iter();
            let host = hosts.find(|host| links.id.with_value(|id| host.id == *id));
            host.is_some_and(|host| host.account.is_some())
        })
    });
    let address = link.link.clone();
    let text = Signal::derive({
        let address = address.clone();
        move || address.clone()
    });
    let is_loopback = is_loopback_link(&address);
    let is_asking = RwSignal::new(false);
    let link = StoredValue::new(link);
    let send_or_ask = move |_| {
        if is_loopback {
            is_asking.set(true);
        } else {
            links.send(link.get_value());
        }
    };
    let send = move || {
        if has_account.get() {
            view! {
                <button type="button" class="button small" class:primary=!is_loopback data-action="send-link" on:click=send_or_ask>
                    {texts.send}
                </button>
            }
            .into_any()
        } else {
            view! { <span class="muted small">{texts.no_account_yet}</span> }.into_any()
        }
    };
    view! {
        <div class="stack">
            <Alert tone=Tone::Warn kind="link-once">{texts.shown_once}</Alert>
            <p class="digits link-text" data-personal-link tabindex="-1">{address.clone()}</p>
            <LoopbackNotice link=address />
            <div class="row">
                <CopyButton text=text />
                {send}
            </div>
            {move || links.sent.get().map(|message| view! { <LinkMessage message=message /> })}
        </div>
        <Confirm
            open=is_asking
            title=words.loopback.send_question
            ok=words.loopback.send_anyway
            cancel=words.controls.cancel
            kind="send-loopback"
            on_ok=move |()| links.send(link.get_value())
        >
            <p>{words.loopback.send_explanation}</p>
        </Confirm>
    }
}

/// State of the message with the link; polled until the state is final.
#[component]
fn LinkMessage(message: CallId) -> impl IntoView {
    let texts = &words().self_service;
    let expired = words().hosts.invite_expired;
    let state = RwSignal::new(None::<DeliveryState>);
    move || match state.get() {
        None => view! { <LinkMessagePoll message=message state=state /> }.into_any(),
        Some(DeliveryState::Delivered { .. }) => {
            view! { <Alert tone=Tone::Good kind="link-sent">{texts.sent}</Alert> }.into_any()
        }
        Some(DeliveryState::Expired) => {
            view! { <Alert tone=Tone::Bad kind="link-not-sent">{expired}</Alert> }.into_any()
        }
        Some(_) => view! { <Alert tone=Tone::Bad kind="link-not-sent">{texts.not_contact}</Alert> }
            .into_any(),
    }
}

/// Progress of a message, which is polled; sets `state` once that state is final.
#[component]
fn LinkMessagePoll(message: CallId, state: RwSignal<Option<DeliveryState>>) -> impl IntoView {
    let texts = &words().self_service;
    let admin = expect_context::<AdminClient>();
    let polled = RwSignal::new(Remote::<SentMessage>::Loading);
    poll(polled, MESSAGE_POLL_INTERVAL_MS, move || {
        admin.message(message)
    });
    Effect::new(move |_| {
        let final_message = polled.with(|polled| {
            let message = polled.loaded()?;
            message.state.is_final().then(|| message.state.clone())
        });
        if final_message.is_some() {
            state.set(final_message);
        }
    });
    view! { <p class="waiting" role="status"><span class="spinner"></span>{texts.sending}</p> }
}

//! Test message and its result.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_api::ErrorCode;
use yobirin_api::message::SentMessage;
use yobirin_domain::model::delivery::{DeliveryState, RejectReason};
use yobirin_domain::routing::Destination;

use crate::api::response::ClientError;
use crate::browser::clock;
use crate::components::combobox::SearchResult;
use crate::components::{Alert, Choice, Combobox, Tone};
use crate::i18n::fill;

use crate::api::admin::AdminClient;
use crate::setup::draft_store::DraftStore;
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::page_frame::Section;
use crate::setup::shared::pick::{matches, search_result};

/// Interval in which the state of the message is polled.
const POLL_INTERVAL: Duration = Duration::from_millis(700);

/// Destinations of the saved settings that match a query.
fn destination_choices(store: DraftStore, names: DisplayNames, query: &str) -> Vec<Choice> {
    store.with_saved(|saved| {
        let groups = saved.groups.iter().filter_map(|group| {
            let room = group.room?;
            let (name, room_name) = (names.group(&group.id), names.room(room));
            matches(query, &[&name, &room_name]).then(|| Choice {
                key: format!("room:{room}"),
                label: room_name,
                note: name,
            })
        });
        let hosts = saved.hosts.iter().filter_map(|host| {
            let account = host.account?;
            matches(query, &[&host.name, &host.kana]).then(|| Choice {
                key: format!("account:{account}"),
                label: host.name.clone(),
                note: host.kana.clone(),
            })
        });
        groups.chain(hosts).take(20).collect()
    })
}

fn parse_destination(key: &str) -> Option<Destination> {
    let (kind, number) = key.split_once(':')?;
    let number: u64 = number.parse().ok()?;
    match kind {
        "room" => number.try_into().ok().map(Destination::Room),
        _ => number.try_into().ok().map(Destination::Account),
    }
}

#[component]
pub(crate) fn TestMessageSection() -> impl IntoView {
    let words = words();
    let texts = &words.chatwork;
    let admin = expect_context::<AdminClient>();
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let to = RwSignal::new(None::<Destination>);
    let sent = RwSignal::new(None::<SentMessage>);
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<ClientError>);
    let poll = move || {
        let Some(id) = sent.with_untracked(|sent| sent.as_ref().map(|sent| sent.id)) else {
            return;
        };
        spawn_local_scoped_with_cancellation(async move {
            if let Ok(now) = admin.message(id).await {
                let _ = sent.try_set(Some(now));
            }
        });
    };
    let is_open = Memo::new(move |_| {
        sent.with(|sent| sent.as_ref().is_some_and(|sent| !sent.state.is_final()))
    });
    Effect::new(move |_| {
        if is_open.get() {
            let looking = set_interval_with_handle(poll, POLL_INTERVAL);
            on_cleanup(move || {
                if let Ok(looking) = looking {
                    looking.clear();
                }
            });
        }
    });
    let send = move |_| {
        if busy.get_untracked() || is_open.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        sent.set(None);
        let to = to.get_untracked();
        spawn_local_scoped_with_cancellation(async move {
            let response = admin.test_message(to).await;
            let _ = busy.try_set(false);
            let _ = match response {
                Ok(message) => sent.try_set(Some(message)).map(|_| ()),
                Err(error) => failure.try_set(Some(error)).map(|_| ()),
            };
        });
    };
    let find = move |query: String| {
        let choices = destination_choices(store, names, &query);
        if choices.is_empty() && query.trim().is_empty() {
            return SearchResult::Nothing(texts.test_no_others.to_owned());
        }
        search_result(words, &query, choices.into_iter())
    };
    let default = Memo::new(move |_| store.with_saved(|saved| saved.site.default_room));
    let default_destination = move || default.get().map(Destination::Room);
    let where_to = move || match to.get() {
        Some(to) => names.destination(to),
        None => default.get().map_or_else(
            || texts.test_no_default_room.to_owned(),
            |room| fill(texts.test_default_room, &[("room", &names.room(room))]),
        ),
    };
    let back = move || {
        to.get().map(|_| view! {
            <button type="button" class="button small quiet" data-action="test-default" on:click=move |_| to.set(None)>
                {texts.test_back_to_default}
            </button>
        })
    };
    let failed = move || {
        failure.get().map(|error| {
            let why = match error.code() {
                Some(ErrorCode::OutOfReach) if to.get().or(default_destination()).is_none() => {
                    texts.test_needs_room
                }
                Some(ErrorCode::OutOfReach) => texts.test_not_saved,
                Some(ErrorCode::TokenRefused) => texts.token_refused_words,
                _ => errors::text(words, &error),
            };
            view! { <Alert tone=Tone::Bad kind="test-failed">{why}</Alert> }
        })
    };
    view! {
        <Section title=texts.test lead=texts.test_lead name="test">
            <p class="chosen" data-test-to=""><span class="muted">{texts.test_destination}</span> " " <strong>{where_to}</strong> " " {back}</p>
            <Combobox
                name="test-to"
                label=Signal::derive(move || texts.test_another.to_owned())
                hint=texts.test_hint
                find=find
                on_pick=move |key: String| to.set(parse_destination(&key))
            />
            <p>
                <button
                    type="button"
                    class="button primary"
                    data-action="test"
                    aria-disabled=move || (busy.get() || is_open.get()).to_string()
                    on:click=send
                >
                    {texts.test_send}
                </button>
            </p>
            <div role="status">{move || sent.get().map(|message| view! { <TestResult message=message /> })}</div>
            {failed}
        </Section>
    }
}

/// State of the test message.
#[component]
fn TestResult(message: SentMessage) -> impl IntoView {
    let words = words();
    let texts = &words.chatwork;
    let admin = expect_context::<AdminClient>();
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let to = names.destination(message.to);
    let zone = store.peek(|document| document.site.time_zone.clone());
    match message.state {
        DeliveryState::Waiting | DeliveryState::Unknown => {
            let text = match message.state {
                DeliveryState::Unknown => texts.test_unknown,
                _ => texts.test_sending,
            };
            view! { <p class="waiting" data-test="sending"><span class="spinner"></span>{text}</p> }
                .into_any()
        }
        DeliveryState::Delivered {
            message: id,
            room,
            at,
        } => {
            let time = clock::time_of_day(at, &zone);
            let text = fill(texts.test_arrived, &[("to", &to), ("time", &time)]);
            // The demo's messages are not at chatwork.com.
            let link = (!admin.is_demo()).then(|| {
                let address = format!("https://www.chatwork.com/#!rid{room}-{id}");
                view! {
                    <a href=address target="_blank" rel="noopener noreferrer">
                        {texts.test_open}<span class="visually-hidden">{words.shell.new_tab}</span>
                    </a>
                }
            });
            view! {
                <div class="notice good" data-test="arrived">
                    <div class="notice-text"><p>{text}</p>{link}</div>
                </div>
            }
            .into_any()
        }
        DeliveryState::Rejected { reason } => {
            let why = match reason {
                RejectReason::NoSuchRoom => texts.test_no_room,
                RejectReason::NotAContact => texts.test_not_a_contact,
                RejectReason::BadMessage => texts.test_rejected,
                RejectReason::ContactsUnreadable => texts.test_contacts_unreadable,
            };
            // Names the person instead of the missing chat.
            let to = match (reason, message.to) {
                (RejectReason::NotAContact, Destination::Account(account)) => {
                    names.account(account)
                }
                _ => to,
            };
            view! { <Alert tone=Tone::Bad kind="test-rejected">{fill(why, &[("to", &to)])}</Alert> }
                .into_any()
        }
        DeliveryState::Expired | DeliveryState::Withdrawn => {
            view! { <Alert tone=Tone::Bad kind="test-expired">{texts.test_expired}</Alert> }
                .into_any()
        }
    }
}

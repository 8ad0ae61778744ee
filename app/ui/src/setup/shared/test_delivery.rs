//! Delivery of a test message to Chatwork, and its result in words.

use std::future::Future;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_api::message::SentMessage;
use yobirin_domain::model::delivery::{DeliveryState, RejectReason};
use yobirin_domain::routing::Destination;

use crate::api::admin::AdminClient;
use crate::api::response::{ApiResult, ClientError};
use crate::browser::clock;
use crate::components::{Alert, Tone};
use crate::i18n::fill;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;

/// Interval in which the state of the message is polled.
const POLL_INTERVAL: Duration = Duration::from_millis(700);

/// Test message that is sent, and whose state is polled until it is final.
#[derive(Clone, Copy)]
pub(crate) struct TestDelivery {
    /// The message, once the relay has accepted it.
    sent: RwSignal<Option<SentMessage>>,
    /// True while the request to the relay is in flight.
    is_sending: RwSignal<bool>,
    /// True while the state of the message is not final.
    is_open: Memo<bool>,
    /// Error of the last request.
    failure: RwSignal<Option<ClientError>>,
}

impl TestDelivery {
    /// Creates the state before the first message.
    pub(crate) fn new(admin: AdminClient) -> Self {
        let sent = RwSignal::new(None::<SentMessage>);
        let poll = move || {
            let Some(id) = sent.with_untracked(|sent| sent.as_ref().map(|sent| sent.id)) else {
                return;
            };
            spawn_local_scoped_with_cancellation(async move {
                if let Ok(message) = admin.message(id).await {
                    let _ = sent.try_set(Some(message));
                }
            });
        };
        let is_open = Memo::new(move |_| {
            sent.with(|sent| sent.as_ref().is_some_and(|sent| !sent.state.is_final()))
        });
        Effect::new(move |_| {
            if is_open.get() {
                let timer = set_interval_with_handle(poll, POLL_INTERVAL);
                on_cleanup(move || {
                    if let Ok(timer) = timer {
                        timer.clear();
                    }
                });
            }
        });
        Self {
            sent,
            is_sending: RwSignal::new(false),
            is_open,
            failure: RwSignal::new(None),
        }
    }

    /// Sends a message, unless one is under way. `request` gives the message, or `None` when it sent none to Chatwork.
    pub(crate) fn send(
        self,
        request: impl Future<Output = ApiResult<Option<SentMessage>>> + 'static,
    ) {
        if self.is_sending.get_untracked() || self.is_open.get_untracked() {
            return;
        }
        self.is_sending.set(true);
        self.failure.set(None);
        self.sent.set(None);
        spawn_local_scoped_with_cancellation(async move {
            let response = request.await;
            let _ = self.is_sending.try_set(false);
            let _ = match response {
                Ok(message) => self.sent.try_set(message).map(|_| ()),
                Err(error) => self.failure.try_set(Some(error)).map(|_| ()),
            };
        });
    }

    /// True from the request until the state is final.
    pub(crate) fn is_under_way(self) -> bool {
        self.is_sending.get() || self.is_open.get()
    }

    /// Error of the last request.
    pub(crate) fn failure(self) -> Option<ClientError> {
        self.failure.get()
    }
}

/// State of the message in words.
#[component]
pub(crate) fn TestDeliveryState(test: TestDelivery) -> impl IntoView {
    let state = move || {
        let sent = test.sent.get();
        sent.map(|message| view! { <SentMessageState message=message /> })
    };
    view! { <div role="status">{state}</div> }
}

/// One state of the test message.
#[component]
fn SentMessageState(message: SentMessage) -> impl IntoView {
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
                        {texts.test_open}<span class="visually-hidden">{words.layout.new_tab}</span>
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
            let sentence = match reason {
                RejectReason::NoSuchRoom => texts.test_no_room,
                RejectReason::NotAContact => texts.test_not_a_contact,
                RejectReason::BadMessage => texts.test_rejected,
                RejectReason::ContactsUnreadable => texts.test_contacts_unreadable,
            };
            // Not as the destination, because there is no private chat with this person.
            let to = match (reason, message.to) {
                (RejectReason::NotAContact, Destination::Account(account)) => {
                    names.account(account)
                }
                _ => to,
            };
            view! { <Alert tone=Tone::Bad kind="test-rejected">{fill(sentence, &[("to", &to)])}</Alert> }
                .into_any()
        }
        DeliveryState::Expired | DeliveryState::Withdrawn => {
            view! { <Alert tone=Tone::Bad kind="test-expired">{texts.test_expired}</Alert> }
                .into_any()
        }
    }
}

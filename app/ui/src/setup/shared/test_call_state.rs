//! State of a test call: a call that an admin makes on a paired tablet, as a visitor would. The texts for admins call
//! it a visit.

use leptos::prelude::*;
use yobirin_api::call::CallRecord;
use yobirin_domain::model::delivery::{CallState, DeliveryState};
use yobirin_domain::routing::Destination;

use crate::components::{Alert, Tone};
use crate::i18n::fill;
use crate::router::SetupPage;
use crate::setup::nav::{Link, words};
use crate::setup::shared::chatwork_directory::ChatworkDirectory;
use crate::setup::shared::display_names::DisplayNames;

/// Progress of the test call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TestCallProgress {
    /// No call yet, or one that was cancelled.
    Waiting,
    /// A call is being sent.
    Sending,
    /// Chatwork has the message, at this destination; `None` when it is not known which.
    Delivered(Option<Destination>),
    /// The call ended without a delivery.
    Failed,
}

impl TestCallProgress {
    fn of(call: Option<&CallRecord>) -> Self {
        let Some(call) = call else {
            return Self::Waiting;
        };
        match call.state {
            CallState::Sending => Self::Sending,
            CallState::Notified => Self::Delivered(delivered_to(call)),
            CallState::Failed | CallState::Expired => Self::Failed,
            CallState::Withdrawn => Self::Waiting,
        }
    }
}

/// First destination that has the message.
fn delivered_to(call: &CallRecord) -> Option<Destination> {
    let deliveries = call.call.deliveries.iter().zip(&call.deliveries);
    let fallback = call.call.fallback.as_ref().zip(call.fallback.as_ref());
    let mut deliveries = deliveries.chain(fallback);
    let delivered =
        deliveries.find(|(_, delivery)| matches!(delivery.state, DeliveryState::Delivered { .. }));
    delivered.map(|(sent, _)| sent.to)
}

/// State of the test call, in words.
#[component]
pub(crate) fn TestCallState(
    /// The newest call of the tablet, as soon as there is one.
    #[prop(into)]
    call: Signal<Option<CallRecord>>,
) -> impl IntoView {
    let texts = &words().guide;
    let names = DisplayNames::from_context();
    let progress = Memo::new(move |_| call.with(|call| TestCallProgress::of(call.as_ref())));
    // The bot may have joined the room after the list of rooms was read. It is read once more for the room's name.
    let directory = expect_context::<ChatworkDirectory>();
    Effect::new(move |reloaded: Option<bool>| {
        let is_unnamed = match progress.get() {
            TestCallProgress::Delivered(Some(Destination::Room(room))) => {
                directory.lacks_room(room)
            }
            _ => false,
        };
        let was_reloaded = reloaded == Some(true);
        if is_unnamed && !was_reloaded {
            directory.reload_rooms_and_people();
        }
        was_reloaded || is_unnamed
    });
    let progress_text = |text: &'static str| {
        view! { <p class="waiting" role="status"><span class="spinner"></span>{text}</p> }
            .into_any()
    };
    move || match progress.get() {
        TestCallProgress::Waiting => progress_text(texts.visit_waiting),
        TestCallProgress::Sending => progress_text(texts.visit_sending),
        TestCallProgress::Delivered(to) => {
            let text = match to {
                Some(Destination::Account(account)) => {
                    fill(texts.visit_person, &[("name", &names.account(account))])
                }
                Some(Destination::Room(room)) => {
                    fill(texts.visit_room, &[("room", &names.room(room))])
                }
                None => texts.visit_ready.to_owned(),
            };
            view! {
                <Alert tone=Tone::Good kind="delivered"><p><strong>{text}</strong></p></Alert>
            }
            .into_any()
        }
        TestCallProgress::Failed => view! {
            <Alert tone=Tone::Bad kind="visit-failed">
                <p>{texts.visit_failed}</p>
                <Link to=SetupPage::History class="button small">{texts.see_history}</Link>
            </Alert>
        }
        .into_any(),
    }
}

//! State of a test visit on a real tablet, from its newest call.

use leptos::prelude::*;
use yobirin_api::call::CallRecord;
use yobirin_domain::model::delivery::{CallState, DeliveryState};
use yobirin_domain::routing::Destination;

use crate::components::{Alert, Tone};
use crate::i18n::fill;
use crate::router::SetupPage;
use crate::setup::nav::{Link, words};
use crate::setup::shared::display_names::DisplayNames;

/// State of a test visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum VisitProgress {
    /// No call yet.
    Waiting,
    /// A call is being sent.
    Sending,
    /// Chatwork has the message, at this destination.
    Delivered(Option<Destination>),
    /// The call ended without a delivery.
    Failed,
}

impl VisitProgress {
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
    let sent = call.call.deliveries.iter().zip(&call.deliveries);
    let fallback = call.call.fallback.as_ref().zip(call.fallback.as_ref());
    let mut delivered = sent
        .chain(fallback)
        .filter(|(_, record)| matches!(record.state, DeliveryState::Delivered { .. }));
    delivered.next().map(|(outgoing, _)| outgoing.to)
}

/// State of the visit, in words.
#[component]
pub(crate) fn VisitState(
    /// Newest call of the visit.
    #[prop(into)]
    call: Signal<Option<CallRecord>>,
) -> impl IntoView {
    let texts = &words().guide;
    let names = DisplayNames::from_context();
    let visit = Memo::new(move |_| call.with(|call| VisitProgress::of(call.as_ref())));
    let waiting = |text: &'static str| {
        view! { <p class="waiting" role="status"><span class="spinner"></span>{text}</p> }
            .into_any()
    };
    move || match visit.get() {
        VisitProgress::Waiting => waiting(texts.visit_waiting),
        VisitProgress::Sending => waiting(texts.visit_sending),
        VisitProgress::Delivered(to) => {
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
        VisitProgress::Failed => view! {
            <Alert tone=Tone::Bad kind="visit-failed">
                <p>{texts.visit_failed}</p>
                <Link to=SetupPage::History class="button small">{texts.see_history}</Link>
            </Alert>
        }
        .into_any(),
    }
}

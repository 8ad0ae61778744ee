//! A call that failed, or whose cancellation failed: the reason, and the contact.

use leptos::prelude::*;
use yobirin_domain::model::delivery::RejectReason;
use yobirin_domain::recipients::Notified;

use super::{CallView, explanation};
use crate::components::Sign;
use crate::i18n::fill;
use crate::i18n::kiosk::Call;
use crate::kiosk::calls::local_call_status::CallOutcome;

/// Shows the outcome, the contact, and for a call that the visitor did not cancel a button that repeats it.
pub(super) fn view(call: &CallView, outcome: CallOutcome, notified: Option<Notified>) -> AnyView {
    let words = &call.context.words.call;
    let (title, help) = match outcome {
        CallOutcome::Expired => (words.expired, words.expired_help),
        CallOutcome::Unknown => (words.outcome_unknown, words.outcome_unknown_help),
        CallOutcome::Nowhere => (words.failed, words.reason_no_destination),
        CallOutcome::WrongClock => (words.failed, words.reason_wrong_clock),
        CallOutcome::Rejected(Some(reason)) => (words.failed, rejection(words, reason)),
        CallOutcome::NotRetracted => (words.not_retracted, words.not_retracted_help),
        CallOutcome::CancellationUnconfirmed => {
            (words.retraction_unknown, words.retraction_unknown_help)
        }
        CallOutcome::Rejected(None)
        | CallOutcome::Refused
        | CallOutcome::Notified { .. }
        | CallOutcome::Withdrawn
        | CallOutcome::Retracted => (words.failed, words.reason_refused),
    };
    let name = match outcome {
        // The settings name no recipients.
        CallOutcome::Nowhere => call.requested_name(),
        _ => call.recipient_or_intended_name(notified),
    };
    // A visitor who cancelled does not want to call again.
    let is_cancelled = matches!(
        outcome,
        CallOutcome::NotRetracted | CallOutcome::CancellationUnconfirmed
    );
    let again = (!is_cancelled).then(|| call.again_button("button large"));
    let home_class = match is_cancelled {
        true => "button primary large",
        false => "button large",
    };
    let help = fill(help, &[("who", &name)]);
    view! {
        {explanation("state bad", Sign::WARNING, title, help)}
        {call.contact()}
        <div class="choices">{again} {call.home_button(home_class)}</div>
    }
    .into_any()
}

/// Sentence that says why Chatwork rejected the call's messages.
fn rejection(words: &Call, reason: RejectReason) -> &'static str {
    match reason {
        RejectReason::NoSuchRoom => words.reason_no_room,
        RejectReason::NotAContact => words.reason_not_a_contact,
        RejectReason::BadMessage => words.reason_bad_message,
        RejectReason::ContactsUnreadable => words.reason_unreached,
    }
}

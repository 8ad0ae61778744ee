//! Reasons for failed deliveries of a call.

use yobirin_api::call::{CallRecord, DeliveryRecord};
use yobirin_domain::model::delivery::{DeliveryState, RejectReason};
use yobirin_domain::routing::Destination;

use crate::i18n::setup::Words;

/// Reason for a failed delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Chatwork refused the message.
    Rejected(RejectReason),
    /// The deadline passed, and it is unknown whether the message arrived.
    InDoubt,
    /// The deadline passed before the message could be sent.
    Expired,
}

impl Failure {
    /// The failure of a delivery; `None` while it can still arrive, and when it arrived or was withdrawn.
    pub(crate) fn of(delivery: &DeliveryRecord) -> Option<Self> {
        match delivery.state {
            DeliveryState::Rejected { reason } => Some(Self::Rejected(reason)),
            DeliveryState::Expired if delivery.is_in_doubt() => Some(Self::InDoubt),
            DeliveryState::Expired => Some(Self::Expired),
            DeliveryState::Waiting
            | DeliveryState::Unknown
            | DeliveryState::Delivered { .. }
            | DeliveryState::Withdrawn => None,
        }
    }

    pub(crate) fn text(self, words: &Words) -> &'static str {
        let texts = &words.history;
        match self {
            Self::Rejected(RejectReason::NoSuchRoom) => texts.no_such_room,
            Self::Rejected(RejectReason::NotAContact) => texts.not_a_contact,
            Self::Rejected(RejectReason::BadMessage) => texts.bad_message,
            Self::Rejected(RejectReason::ContactsUnreadable) => texts.contacts_unreadable,
            Self::InDoubt => texts.outcome_unknown,
            Self::Expired => texts.expired_before_delivery,
        }
    }
}

/// The failures of a call's deliveries, each once, with the destinations where it occurred.
pub(crate) fn failures(record: &CallRecord) -> Vec<(Failure, Vec<Destination>)> {
    let mut failures: Vec<(Failure, Vec<Destination>)> = Vec::new();
    let sent = record.call.deliveries.iter().zip(&record.deliveries);
    let fallback = record.call.fallback.iter().zip(&record.fallback);
    for (sent, delivery) in sent.chain(fallback) {
        let Some(failure) = Failure::of(delivery) else {
            continue;
        };
        match failures.iter_mut().find(|(other, _)| *other == failure) {
            Some((_, destinations)) => destinations.push(sent.to),
            None => failures.push((failure, vec![sent.to])),
        }
    }
    failures
}

#[cfg(test)]
mod tests {
    use yobirin_api::call::{Attempt, Call, Outcome, Outgoing};
    use yobirin_domain::model::call::Visitor;
    use yobirin_domain::model::delivery::CallState;
    use yobirin_domain::model::id::{CallId, RoomId};
    use yobirin_domain::routing::Target;

    use super::*;

    fn room(id: u64) -> Destination {
        Destination::Room(RoomId::try_from(id).unwrap())
    }

    /// A call with these deliveries, to the rooms 1, 2, 3, …
    fn record(deliveries: Vec<DeliveryRecord>) -> CallRecord {
        let sent = (1_u64..).take(deliveries.len()).map(|id| Outgoing {
            to: room(id),
            text: String::new(),
            retraction: None,
            answered: None,
        });
        CallRecord {
            id: CallId::new(0, &[0; 10]),
            device: "lobby".parse().unwrap(),
            call: Call {
                button: "parcel".parse().unwrap(),
                target: Target::Staff,
                visitor: Visitor::default(),
                notice: None,
                tapped: 0,
                deadline: 0,
                deliveries: sent.collect(),
                fallback: None,
                later: Vec::new(),
                missed: None,
                trace: Vec::new(),
            },
            accepted: 0,
            expires: 0,
            kept_from: 0,
            state: CallState::Failed,
            deliveries,
            fallback: None,
            cancelled: None,
            retractions: Vec::new(),
            later: Vec::new(),
            answers: Vec::new(),
            missed: None,
            revoked: None,
            doubted: None,
            erased: None,
            erase_requested: None,
        }
    }

    fn delivery(state: DeliveryState, outcome: Option<Outcome>) -> DeliveryRecord {
        DeliveryRecord {
            state,
            attempts: vec![Attempt { at: 0, outcome }],
        }
    }

    #[test]
    fn each_failure_is_named_once_with_every_destination_it_concerns() {
        let rejected_delivery = || {
            let reason = RejectReason::NoSuchRoom;
            delivery(DeliveryState::Rejected { reason }, Some(Outcome::Rejected))
        };
        let late = delivery(DeliveryState::Expired, Some(Outcome::Retry));
        let in_doubt = delivery(DeliveryState::Expired, Some(Outcome::Unknown));
        let record = record(vec![
            rejected_delivery(),
            late,
            rejected_delivery(),
            in_doubt,
        ]);
        let rejected = Failure::Rejected(RejectReason::NoSuchRoom);
        let expected = [
            (rejected, vec![room(1), room(3)]),
            (Failure::Expired, vec![room(2)]),
            (Failure::InDoubt, vec![room(4)]),
        ];
        assert_eq!(failures(&record), expected);
    }

    #[test]
    fn deliveries_that_wait_or_were_withdrawn_are_no_failures() {
        let waiting = delivery(DeliveryState::Waiting, None);
        let withdrawn = delivery(DeliveryState::Withdrawn, None);
        assert_eq!(failures(&record(vec![waiting, withdrawn])), []);
    }
}

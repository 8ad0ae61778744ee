//! Effects of a visitor's cancellation on the deliveries of the call.

use super::{DeliveryKind, DeliveryState};
use crate::routing::Destination;

/// Delivery of a cancelled call. Retractions are not among the deliveries.
#[derive(Clone, Copy, Debug)]
pub struct CancelledDelivery<'a> {
    /// Kind of the delivery.
    pub kind: DeliveryKind,
    /// Destination.
    pub to: Destination,
    /// State at the cancellation.
    pub state: &'a DeliveryState,
    /// True when the result of an attempt is not known.
    pub may_have_arrived: bool,
}

/// Effect of a cancellation on one delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CancelEffect {
    /// Withdraw the delivery, which was not sent.
    Withdraw,
    /// Retract the delivery, which has arrived.
    Retract,
    /// Nothing now: the delivery has ended without a message, a later message to its destination is retracted, or the
    /// result of an attempt has to be found out first.
    Nothing,
}

/// Effects of a cancellation on the deliveries of a call, in their order. Of the messages that have arrived at one
/// destination, the latest is retracted, so that nobody reads the same retraction twice. A message whose result is not
/// known is retracted once it turns out to have arrived ([`super::CallFlags::follow_up`]).
#[must_use]
pub fn cancel_effects(deliveries: &[CancelledDelivery<'_>]) -> Vec<CancelEffect> {
    let latest_to = |to: Destination| {
        let arrived = deliveries.iter().enumerate();
        let arrived = arrived.filter(|(_, delivery)| delivery.to == to);
        let arrived = arrived.filter_map(|(index, delivery)| Some((delivery.arrived_at()?, index)));
        arrived.max().map(|(_, index)| index)
    };
    let effect = |(index, delivery): (usize, &CancelledDelivery<'_>)| {
        let is_unsent = *delivery.state == DeliveryState::Waiting && !delivery.may_have_arrived;
        if is_unsent {
            CancelEffect::Withdraw
        } else if latest_to(delivery.to) == Some(index) {
            CancelEffect::Retract
        } else {
            CancelEffect::Nothing
        }
    };
    deliveries.iter().enumerate().map(effect).collect()
}

impl CancelledDelivery<'_> {
    /// Time at which the message arrived, in milliseconds; `None` for a delivery that has no retraction.
    fn arrived_at(&self) -> Option<u64> {
        let has_retraction = matches!(
            self.kind,
            DeliveryKind::Notification | DeliveryKind::LaterMessage
        );
        match self.state {
            DeliveryState::Delivered { at, .. } if has_retraction => Some(*at),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_office::{account_id, room_id};

    use CancelEffect::{Nothing, Retract, Withdraw};

    fn delivered(at: u64) -> DeliveryState {
        DeliveryState::Delivered {
            message: "1".to_owned().try_into().unwrap(),
            room: room_id(7),
            at,
        }
    }

    /// Effects on deliveries with these kinds, rooms and states, and whether the result of an attempt is not known.
    fn effects(deliveries: &[(DeliveryKind, u64, DeliveryState, bool)]) -> Vec<CancelEffect> {
        let mut cancelled = Vec::new();
        for (kind, room, state, may_have_arrived) in deliveries {
            cancelled.push(CancelledDelivery {
                kind: *kind,
                to: Destination::Room(room_id(*room)),
                state,
                may_have_arrived: *may_have_arrived,
            });
        }
        cancel_effects(&cancelled)
    }

    #[test]
    fn an_attempt_of_unknown_result_is_left_to_the_outbox() {
        for (state, may_have_arrived, effect) in [
            (DeliveryState::Waiting, false, Withdraw),
            (DeliveryState::Waiting, true, Nothing),
            (DeliveryState::Unknown, true, Nothing),
            (delivered(1), false, Retract),
            (DeliveryState::Expired, false, Nothing),
        ] {
            let is_withdrawn = state.is_withdrawn_by_revocation(may_have_arrived);
            assert_eq!(is_withdrawn, effect == Withdraw, "{state:?}");
            let found = effects(&[(
                DeliveryKind::Notification,
                1,
                state.clone(),
                may_have_arrived,
            )]);
            assert_eq!(found, [effect], "{state:?}");
        }
    }

    #[test]
    fn each_destination_that_was_notified_several_times_reads_of_the_cancellation_once() {
        use DeliveryKind::{LaterMessage, Notification};
        let found = effects(&[
            (Notification, 1, delivered(10), false),
            (Notification, 2, delivered(20), false),
            (LaterMessage, 1, delivered(70), false),
            (LaterMessage, 2, DeliveryState::Unknown, true),
            (LaterMessage, 3, delivered(160), false),
            (LaterMessage, 3, DeliveryState::Waiting, false),
        ]);
        assert_eq!(
            found,
            [Nothing, Retract, Retract, Nothing, Retract, Withdraw]
        );
        let at_once = effects(&[
            (Notification, 1, delivered(10), false),
            (LaterMessage, 1, delivered(10), false),
        ]);
        assert_eq!(at_once, [Nothing, Retract], "at the same millisecond");
        let resent_late = effects(&[
            (Notification, 1, delivered(90), false),
            (LaterMessage, 1, delivered(70), false),
        ]);
        assert_eq!(resent_late, [Retract, Nothing], "by time, not by index");
    }

    #[test]
    fn a_message_about_a_missed_visit_has_no_retraction() {
        use DeliveryKind::{MissedPost, Notification};
        let found = effects(&[
            (Notification, 1, delivered(10), false),
            (MissedPost, 1, delivered(900), false),
        ]);
        assert_eq!(found, [Retract, Nothing]);
    }

    #[test]
    fn a_room_and_a_private_chat_are_two_destinations() {
        let (first, second) = (delivered(10), delivered(20));
        let delivery = |to, state| CancelledDelivery {
            kind: DeliveryKind::Notification,
            to,
            state,
            may_have_arrived: false,
        };
        let found = cancel_effects(&[
            delivery(Destination::Room(room_id(1)), &first),
            delivery(Destination::Account(account_id(1)), &second),
        ]);
        assert_eq!(found, [Retract, Retract]);
    }
}

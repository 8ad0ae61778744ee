//! Decision after the deadline of a call: whether it is a missed visit, and the room in which the task is created.

use crate::model::delivery::{CallFacts, DeliveryState};
use crate::routing::Destination;

/// Time after the deadline at which the relay decides, in milliseconds: by then it has read the rooms of the call once
/// more, for an answer that was written just in time.
pub const DECISION_DELAY_MILLIS: u64 = 40_000;
/// Time after the deadline up to which the relay tries to create the task, in milliseconds. A day: a later task is of
/// no use.
pub const TASK_LIFE_MILLIS: u64 = 24 * 60 * 60_000;

/// Decision about a call after its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissedDecision {
    /// Nobody has answered. The task is created in the room that was notified first.
    Missed(Destination),
    /// Somebody has answered, the call was called off, or it has reached nobody, which the tablet has shown.
    NotMissed,
    /// Not known yet: no delivery has arrived, and the result of one is open.
    Undecided,
}

/// Decides about a call whose deadline has passed, from its deliveries in the order of their indices.
#[must_use]
pub fn decide<'a>(
    facts: CallFacts,
    deliveries: impl IntoIterator<Item = (Destination, &'a DeliveryState)>,
) -> MissedDecision {
    if facts.is_answered || facts.is_cancelled || facts.is_revoked {
        return MissedDecision::NotMissed;
    }
    let (mut first, mut is_open) = (None, false);
    for (to, state) in deliveries {
        match *state {
            DeliveryState::Delivered { at, .. } => {
                if first.is_none_or(|(earliest, _)| at < earliest) {
                    first = Some((at, to));
                }
            }
            _ => is_open |= !state.is_final(),
        }
    }
    match first {
        Some((_, to)) => MissedDecision::Missed(to),
        None if is_open => MissedDecision::Undecided,
        None => MissedDecision::NotMissed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_office::{account_id, room_id};

    const OPEN: CallFacts = CallFacts {
        is_cancelled: false,
        is_revoked: false,
        is_answered: false,
    };

    fn delivered(at: u64) -> DeliveryState {
        DeliveryState::Delivered {
            message: "1".to_owned().try_into().unwrap(),
            room: room_id(7),
            at,
        }
    }

    #[test]
    fn the_task_is_given_where_the_first_message_arrived() {
        let (room, host) = (
            Destination::Room(room_id(7)),
            Destination::Account(account_id(101)),
        );
        let rejected = DeliveryState::Expired;
        for (states, expected) in [
            ([delivered(2), delivered(1)], MissedDecision::Missed(host)),
            ([delivered(1), delivered(1)], MissedDecision::Missed(room)),
            (
                [DeliveryState::Unknown, delivered(9)],
                MissedDecision::Missed(host),
            ),
            (
                [DeliveryState::Unknown, rejected.clone()],
                MissedDecision::Undecided,
            ),
            ([rejected.clone(), rejected], MissedDecision::NotMissed),
        ] {
            let deliveries = [(room, &states[0]), (host, &states[1])];
            assert_eq!(decide(OPEN, deliveries), expected, "{states:?}");
        }
    }

    #[test]
    fn a_call_that_was_answered_or_called_off_is_not_missed() {
        let state = delivered(1);
        for facts in [
            CallFacts {
                is_answered: true,
                ..OPEN
            },
            CallFacts {
                is_cancelled: true,
                ..OPEN
            },
            CallFacts {
                is_revoked: true,
                ..OPEN
            },
        ] {
            let decision = decide(facts, [(Destination::Room(room_id(7)), &state)]);
            assert_eq!(decision, MissedDecision::NotMissed, "{facts:?}");
        }
    }
}

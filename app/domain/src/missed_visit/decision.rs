//! Decision after the deadline of a call: whether it is a missed visit, and where the task is created.

use crate::model::delivery::DeliveryState;
use crate::routing::Destination;

/// Shortest time from the deadline to the decision, in milliseconds. It is long enough for the final reading of the
/// call's rooms, which finds an answer that was written just before the deadline.
pub const DECISION_DELAY_MILLIS: u64 = 40_000;
/// Time after the deadline up to which the relay tries to create the task, in milliseconds. A day: a later task is of
/// no use.
pub const TASK_LIFETIME_MILLIS: u64 = 24 * 60 * 60_000;

/// State of a call after its deadline, on which the decision depends beside the deliveries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CallAtDeadline {
    /// True when the visitor cancelled the call, or its tablet was revoked.
    pub is_cancelled_or_revoked: bool,
    /// True when the call has an answer that was not deleted. An answer that is deleted after the decision changes
    /// nothing any more.
    pub is_answered: bool,
    /// True while a room of the call was not read since the deadline, although it may be read: see
    /// [`crate::answer::calls_to_read`].
    pub has_unread_room: bool,
}

/// Decision about a call after its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissedDecision {
    /// Nobody has answered. The task is created in the room or private chat that was notified first.
    Missed(Destination),
    /// Somebody has answered, or the call was cancelled or revoked; or the call has reached nobody, and the tablet
    /// has shown that to the visitor.
    NotMissed,
    /// Not known yet: a room has to be read first, or no delivery has arrived and a delivery may still do so.
    Undecided,
}

/// Decides about a call whose deadline has passed, from its deliveries in the order of their indices.
#[must_use]
pub fn decide<'a>(
    call: CallAtDeadline,
    deliveries: impl IntoIterator<Item = (Destination, &'a DeliveryState)>,
) -> MissedDecision {
    if call.is_cancelled_or_revoked {
        return MissedDecision::NotMissed;
    }
    // Also for an answered call: the answer may have been deleted meanwhile.
    if call.has_unread_room {
        return MissedDecision::Undecided;
    }
    if call.is_answered {
        return MissedDecision::NotMissed;
    }
    let (mut first_delivered, mut has_pending) = (None, false);
    for (to, state) in deliveries {
        match *state {
            DeliveryState::Delivered { at, .. } => {
                if first_delivered.is_none_or(|(earliest, _)| at < earliest) {
                    first_delivered = Some((at, to));
                }
            }
            _ => has_pending |= !state.is_final(),
        }
    }
    match first_delivered {
        Some((_, to)) => MissedDecision::Missed(to),
        None if has_pending => MissedDecision::Undecided,
        None => MissedDecision::NotMissed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{Answer, shown_answer};
    use crate::model::id::CallId;
    use crate::test_office::{account_id, room_id};

    const OPEN: CallAtDeadline = CallAtDeadline {
        is_cancelled_or_revoked: false,
        is_answered: false,
        has_unread_room: false,
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
        let expired = DeliveryState::Expired;
        for (states, expected) in [
            ([delivered(2), delivered(1)], MissedDecision::Missed(host)),
            ([delivered(1), delivered(1)], MissedDecision::Missed(room)),
            (
                [DeliveryState::Unknown, delivered(9)],
                MissedDecision::Missed(host),
            ),
            (
                [DeliveryState::Unknown, expired.clone()],
                MissedDecision::Undecided,
            ),
            ([expired.clone(), expired], MissedDecision::NotMissed),
        ] {
            let deliveries = [(room, &states[0]), (host, &states[1])];
            assert_eq!(decide(OPEN, deliveries), expected, "{states:?}");
        }
    }

    #[test]
    fn a_call_that_was_answered_cancelled_or_revoked_is_not_missed() {
        let state = delivered(1);
        for call in [
            CallAtDeadline {
                is_answered: true,
                ..OPEN
            },
            CallAtDeadline {
                is_cancelled_or_revoked: true,
                ..OPEN
            },
            CallAtDeadline {
                is_cancelled_or_revoked: true,
                has_unread_room: true,
                ..OPEN
            },
        ] {
            let decision = decide(call, [(Destination::Room(room_id(7)), &state)]);
            assert_eq!(decision, MissedDecision::NotMissed, "{call:?}");
        }
    }

    #[test]
    fn nothing_is_decided_before_every_room_was_read() {
        let state = delivered(1);
        for is_answered in [false, true] {
            let unread = CallAtDeadline {
                is_answered,
                has_unread_room: true,
                ..OPEN
            };
            let decision = decide(unread, [(Destination::Room(room_id(7)), &state)]);
            assert_eq!(decision, MissedDecision::Undecided, "{is_answered}");
        }
    }

    #[test]
    fn a_deleted_answer_does_not_keep_a_visit_from_being_missed() {
        let call = CallId::new(1, &[7; 10]);
        let answer = |number: u64, withdrawn| Answer {
            message: number.to_string().try_into().unwrap(),
            call,
            author: account_id(101),
            words: "行きます".to_owned(),
            sent: 1_800_000_000,
            updated: 0,
            withdrawn,
        };
        let state = delivered(1);
        let to = Destination::Room(room_id(7));
        let decided = |answers: &[Answer]| {
            let at_deadline = CallAtDeadline {
                is_answered: shown_answer(call, answers).is_some(),
                ..OPEN
            };
            decide(at_deadline, [(to, &state)])
        };
        assert_eq!(decided(&[answer(1, true)]), MissedDecision::Missed(to));
        let second_is_deleted = [answer(1, false), answer(2, true)];
        assert_eq!(decided(&second_is_deleted), MissedDecision::NotMissed);
    }
}

//! Properties of `Progress`: repetition, delay and order of events do not change the result.

use proptest::prelude::*;

use super::{CallState, DeliveryState, Progress, RejectReason, StateChange, fallback_index};
use crate::model::id::{MessageId, RoomId};

fn delivered() -> DeliveryState {
    DeliveryState::Delivered {
        message: MessageId::try_from("1007287971738591232".to_owned()).unwrap(),
        room: RoomId::try_from(10).unwrap(),
        at: 1,
    }
}

fn rejected() -> DeliveryState {
    let reason = RejectReason::NoSuchRoom;
    DeliveryState::Rejected { reason }
}

fn change(delivery: usize, sequence: u64, to: DeliveryState) -> StateChange {
    StateChange {
        delivery,
        sequence,
        to,
    }
}

#[test]
fn a_call_is_notified_as_soon_as_one_delivery_is() {
    let mut progress = Progress::new(2);
    assert_eq!(progress.state(), CallState::Sending);
    assert!(progress.apply(&change(0, 1, DeliveryState::Unknown)));
    assert_eq!(progress.state(), CallState::Sending);
    assert!(progress.apply(&change(1, 2, delivered())));
    assert_eq!(progress.state(), CallState::Notified);
    assert!(progress.apply(&change(0, 3, rejected())));
    assert_eq!(progress.state(), CallState::Notified);
    assert_eq!(progress.sequence(), 3);
}

#[test]
fn a_call_fails_or_expires_only_when_every_delivery_has_ended() {
    use DeliveryState::{Expired, Unknown, Waiting, Withdrawn};
    for (deliveries, state) in [
        (vec![Expired, Expired], CallState::Expired),
        (vec![Expired, rejected()], CallState::Failed),
        (vec![rejected()], CallState::Failed),
        (vec![Expired, Waiting], CallState::Sending),
        (vec![rejected(), Unknown], CallState::Sending),
        (vec![rejected(), delivered()], CallState::Notified),
        (vec![Withdrawn, delivered()], CallState::Notified),
        (vec![Withdrawn, Unknown], CallState::Sending),
        (vec![Withdrawn, rejected(), Expired], CallState::Withdrawn),
        (vec![], CallState::Failed),
    ] {
        assert_eq!(CallState::of(&deliveries), state, "{deliveries:?}");
    }
}

#[test]
fn a_final_state_never_changes() {
    for end in [
        delivered(),
        rejected(),
        DeliveryState::Expired,
        DeliveryState::Withdrawn,
    ] {
        let mut progress = Progress::restore(vec![end.clone()], 5);
        for to in [
            DeliveryState::Waiting,
            DeliveryState::Unknown,
            DeliveryState::Expired,
            delivered(),
        ] {
            assert!(!progress.apply(&change(0, 9, to)));
        }
        assert_eq!(progress.deliveries(), [end]);
    }
}

#[test]
fn events_before_the_restored_sequence_have_no_effect() {
    let mut progress = Progress::restore(vec![DeliveryState::Unknown], 5);
    assert!(!progress.apply(&change(0, 5, DeliveryState::Waiting)));
    assert!(progress.apply(&change(0, 6, DeliveryState::Waiting)));
    assert!(
        !progress.apply(&change(0, 6, DeliveryState::Waiting)),
        "a repeated event"
    );
}

#[test]
fn events_of_unknown_deliveries_are_ignored() {
    let mut progress = Progress::new(1);
    assert!(!progress.apply(&change(1, 1, delivered())));
    assert_eq!(progress, Progress::new(1));
}

#[test]
fn a_rejected_delivery_is_replaced_by_the_fallback() {
    let fallback = fallback_index(1);
    let mut progress = Progress::new(1);
    // The relay sends the event of the fallback before that of the rejection.
    progress.apply(&change(fallback, 1, DeliveryState::Waiting));
    progress.apply(&change(0, 2, rejected()));
    assert_eq!(progress.state(), CallState::Sending);
    assert_eq!(
        progress.requested_and_fallback().1,
        Some(&DeliveryState::Waiting)
    );
    assert!(progress.apply(&change(fallback, 3, delivered())));
    assert_eq!(progress.state(), CallState::Notified);
    let (requested, fallback) = progress.requested_and_fallback();
    assert_eq!(
        (requested, fallback),
        (&[rejected()][..], Some(&delivered()))
    );
}

#[test]
fn progress_survives_serialization() {
    let mut progress = Progress::new(2);
    progress.apply(&change(1, 4, delivered()));
    let stored = serde_json::to_string(&progress).unwrap();
    assert_eq!(serde_json::from_str::<Progress>(&stored).unwrap(), progress);
}

/// Events of one call in the relay's order: each delivery changes between open states and ends at most once.
fn any_history() -> impl Strategy<Value = Vec<StateChange>> {
    prop::collection::vec((0_usize..3, 0_u8..8), 0..24).prop_map(|events| {
        let mut ended = [false; 3];
        let mut history = Vec::new();
        for (delivery, kind) in events {
            let to = match kind {
                0..3 => DeliveryState::Waiting,
                3..5 => DeliveryState::Unknown,
                5 => delivered(),
                6 => rejected(),
                _ => DeliveryState::Expired,
            };
            if !ended[delivery] {
                ended[delivery] = to.is_final();
                history.push(change(delivery, 1 + history.len() as u64, to));
            }
        }
        history
    })
}

/// A history, and the same events repeated and shuffled.
fn shuffled_history() -> impl Strategy<Value = (Vec<StateChange>, Vec<StateChange>)> {
    any_history().prop_flat_map(|history| {
        let repeats = prop::collection::vec(any::<prop::sample::Index>(), 0..10);
        let repeated = repeats.prop_map({
            let history = history.clone();
            move |repeats| {
                let mut with_repeats = history.clone();
                if !history.is_empty() {
                    with_repeats.extend(repeats.iter().map(|at| at.get(&history).clone()));
                }
                with_repeats
            }
        });
        (Just(history), repeated.prop_shuffle())
    })
}

fn after(changes: &[StateChange]) -> Progress {
    let mut progress = Progress::new(3);
    for change in changes {
        progress.apply(change);
    }
    progress
}

proptest! {
    #[test]
    fn repeated_and_shuffled_events_give_the_same_progress((history, shuffled) in shuffled_history()) {
        prop_assert_eq!(after(&shuffled), after(&history));
    }

    #[test]
    fn a_stream_resumed_anywhere_gives_the_same_progress(history in any_history(), cut in any::<prop::sample::Index>()) {
        let cut = cut.index(history.len() + 1);
        let before = after(&history[..cut]);
        let mut resumed = Progress::restore(before.deliveries().to_vec(), before.sequence());
        for change in &history {
            resumed.apply(change);
        }
        let whole = after(&history);
        prop_assert_eq!(resumed.deliveries(), whole.deliveries());
    }
}

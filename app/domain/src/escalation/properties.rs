//! Whole calls in simulated time: a relay that makes all its decisions by the rules of this crate, and an office in which
//! Chatwork fails, the relay is killed, visitors cancel and hosts answer at random times.
//!
//! The transactions of the relay and its readings of rooms are only modelled here; the tests of the relay run the real ones
//! against the simulated Chatwork.

mod chatwork;
mod ends;
mod relay;

use proptest::prelude::*;

use crate::escalation::MAX_DOUBT_WAIT_MILLIS;
use crate::model::call::DEADLINE_MILLIS;
use crate::test_office::cases;
use chatwork::{Chatwork, Outage};
use ends::{assert_answers, assert_steps, end_of};
use relay::{KillPoint, Relay, StoredDelivery};

/// Random event of the simulation.
#[derive(Clone, Copy, Debug)]
enum Event {
    /// A visitor calls the host, or the group and the host.
    Tap { is_private: bool },
    /// The visitor of a call cancels it.
    Cancel { call: usize },
    /// A host replies to a post of a call.
    Reply { call: usize },
    /// A host writes plain words in the private chat.
    PlainWords,
    /// An answer is edited, or deleted.
    Change { message: usize, is_deleted: bool },
    /// Colleagues talk in a room.
    Talk { room: usize },
    /// Chatwork fails for some seconds, in one room or in all.
    Fail {
        outage: Outage,
        seconds: u64,
        room: Option<usize>,
    },
    /// The relay is killed, and started again after some seconds.
    Kill { point: KillPoint, seconds: u64 },
}

/// Length of the part of the simulation in which events happen, in seconds.
const ACTIVE_SECONDS: u64 = 1_200;
/// Length of the end of the simulation, in seconds: long enough to settle all calls while Chatwork works and the relay
/// runs.
const SETTLED_SECONDS: u64 = 180;
/// Time without an outage or a kill within which the relay must have read a reply, in seconds.
const UNDISTURBED_SECONDS: u64 = 120;

fn any_event() -> impl Strategy<Value = Event> {
    let outage = prop::sample::select(vec![
        Outage::Refused,
        Outage::Silent,
        Outage::SilentAfterStoring,
    ]);
    let point = prop::sample::select(vec![
        KillPoint::Now,
        KillPoint::BeforePost,
        KillPoint::AfterPost,
        KillPoint::BeforeStoring,
    ]);
    let change = |(message, is_deleted)| Event::Change {
        message,
        is_deleted,
    };
    let fail = |(outage, seconds, room)| Event::Fail {
        outage,
        seconds,
        room,
    };
    prop_oneof![
        3 => any::<bool>().prop_map(|is_private| Event::Tap { is_private }),
        1 => (0_usize..4).prop_map(|call| Event::Cancel { call }),
        2 => (0_usize..4).prop_map(|call| Event::Reply { call }),
        1 => Just(Event::PlainWords),
        1 => (0_usize..4, any::<bool>()).prop_map(change),
        1 => (0_usize..3).prop_map(|room| Event::Talk { room }),
        2 => (outage, 1_u64..600, prop::option::of(0_usize..3)).prop_map(fail),
        2 => (point, 1_u64..600).prop_map(|(point, seconds)| Event::Kill { point, seconds }),
    ]
}

/// Events with their second, in order. The first is a call.
fn any_schedule() -> impl Strategy<Value = Vec<(u64, Event)>> {
    let tap = any::<bool>().prop_map(|is_private| (0, Event::Tap { is_private }));
    let events = prop::collection::vec((0..ACTIVE_SECONDS, any_event()), 0..12);
    (tap, events).prop_map(|(tap, mut events)| {
        events.push(tap);
        events.sort_by_key(|(second, _)| *second);
        events
    })
}

/// Plays a schedule until every call has ended.
fn play(schedule: &[(u64, Event)], steps: &[u16]) -> (Relay, Chatwork) {
    let (mut relay, mut chatwork) = (Relay::new(steps), Chatwork::default());
    let mut events = schedule.iter().peekable();
    let last_deadline = ACTIVE_SECONDS + DEADLINE_MILLIS / 1_000;
    for second in 0..last_deadline + SETTLED_SECONDS {
        if second >= last_deadline {
            relay.end_kills();
            chatwork.recover();
        }
        let now = chatwork.begin(second);
        while let Some((_, event)) = events.next_if(|(at, _)| *at <= second) {
            match *event {
                Event::Tap { is_private } => relay.tap(is_private, now),
                Event::Cancel { call } => relay.cancel(call, now),
                Event::Reply { call } => chatwork.reply(call),
                Event::PlainWords => chatwork.plain_words(),
                Event::Change {
                    message,
                    is_deleted,
                } => chatwork.change(message, is_deleted),
                Event::Talk { room } => chatwork.talk(room),
                Event::Fail {
                    outage,
                    seconds,
                    room,
                } => chatwork.fail(outage, seconds, room),
                Event::Kill { point, seconds } => relay.kill(point, seconds),
            }
        }
        let is_undisturbed = relay.run(&mut chatwork, now) && !chatwork.has_failed();
        chatwork.count_undisturbed(is_undisturbed);
    }
    (relay, chatwork)
}

/// Five times the usual cases. Those of `make soak` are years of office hours together.
fn many_cases() -> ProptestConfig {
    let usual = cases(400);
    ProptestConfig {
        cases: usual.cases * 5,
        ..usual
    }
}

fn any_steps() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(15_u16..300, 0..4).prop_map(|gaps| {
        let times = gaps.iter().scan(0, |time, gap| {
            *time += gap;
            Some(*time)
        });
        times.collect()
    })
}

proptest! {
    #![proptest_config(many_cases())]

    #[test]
    fn every_accepted_call_ends_in_exactly_one_way(schedule in any_schedule(), steps in any_steps()) {
        let (relay, chatwork) = play(&schedule, &steps);
        for call in &relay.calls {
            let end = end_of(call, chatwork.now());
            assert_steps(call, end);
        }
        assert_answers(&relay.calls, &chatwork);
        let tapped = schedule.iter().filter(|(_, event)| matches!(event, Event::Tap { .. })).count();
        prop_assert_eq!(relay.calls.len() + relay.too_late, tapped, "no call is forgotten");
    }
}

#[test]
fn a_call_that_nobody_answers_sends_every_step_at_its_time_and_ends_unanswered() {
    let (relay, chatwork) = play(&[(0, Event::Tap { is_private: true })], &[60, 150, 300]);
    let call = &relay.calls[0];
    assert_eq!(end_of(call, chatwork.now()), ends::End::Unanswered);
    let sent: Vec<u64> = call.steps().filter_map(|step| step.ended).collect();
    assert_eq!(sent.len(), 3);
    let distances: Vec<u64> = sent
        .iter()
        .map(|at| (at - call.deliveries[0].ended.unwrap()) / 1_000)
        .collect();
    assert_eq!(distances, [60, 150, 300]);
}

#[test]
fn a_room_that_fails_holds_no_later_step_up() {
    for (outage, latest) in [
        (Outage::Refused, 300),
        (Outage::Silent, 300 + MAX_DOUBT_WAIT_MILLIS / 1_000),
    ] {
        let failing = Event::Fail {
            outage,
            seconds: ACTIVE_SECONDS,
            room: Some(1), // of the second step
        };
        let schedule = [(0, Event::Tap { is_private: true }), (10, failing)];
        let (relay, _) = play(&schedule, &[60, 150, 300]);
        let call = &relay.calls[0];
        let steps: Vec<&StoredDelivery> = call.steps().collect();
        assert!(!steps[1].is_delivered(), "{outage:?}: its room fails");
        assert!(steps[2].is_delivered(), "{outage:?}");
        let after = (steps[2].ended.unwrap() - call.deliveries[0].ended.unwrap()) / 1_000;
        assert!((300..=latest).contains(&after), "{outage:?}: {after} s");
    }
}

#[test]
fn a_reply_withdraws_the_steps_that_wait() {
    let schedule = [
        (0, Event::Tap { is_private: false }),
        (100, Event::Reply { call: 0 }),
    ];
    let (relay, chatwork) = play(&schedule, &[60, 150, 300]);
    let call = &relay.calls[0];
    assert_eq!(end_of(call, chatwork.now()), ends::End::Answered);
    let sent = call.steps().filter(|step| step.is_delivered()).count();
    assert_eq!(sent, 1, "the step before the reply");
}

#[test]
fn a_reply_in_the_last_second_before_the_deadline_is_an_answer() {
    let last = DEADLINE_MILLIS / 1_000 - 1;
    let schedule = [
        (0, Event::Tap { is_private: true }),
        (last, Event::Reply { call: 0 }),
    ];
    let (relay, chatwork) = play(&schedule, &[60]);
    assert_eq!(end_of(&relay.calls[0], chatwork.now()), ends::End::Answered);
}

#[test]
fn a_reply_that_was_written_while_the_relay_was_down_is_found_after_the_deadline() {
    let down = Event::Kill {
        point: KillPoint::Now,
        seconds: 1_200,
    };
    let schedule = [
        (0, Event::Tap { is_private: true }),
        (100, down),
        (200, Event::Reply { call: 0 }),
    ];
    let (relay, chatwork) = play(&schedule, &[]);
    assert_eq!(end_of(&relay.calls[0], chatwork.now()), ends::End::Answered);
}

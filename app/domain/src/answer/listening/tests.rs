//! Intervals, the order of requests, and the budget under any load.

use std::collections::{BTreeMap, VecDeque};

use proptest::prelude::*;

use super::*;

fn room(unanswered_age: Option<u64>, since_last_attempt: u64) -> ListenedRoom {
    ListenedRoom {
        unanswered_age,
        since_last_attempt,
        has_changed: false,
        distrusts_counters: false,
    }
}

fn spent(count: u32, oldest_age: u64, latest_age: u64) -> SpentRequests {
    SpentRequests {
        count,
        oldest_age,
        latest_age,
    }
}

/// Wait for the next request that is due, with budget left.
fn wait(millis: u64) -> ListenStep {
    ListenStep::Wait {
        millis,
        is_over_budget: false,
    }
}

#[test]
fn a_woken_room_is_read_at_once_but_not_again_and_again() {
    let step = |since_last_attempt| {
        let woken = room(Some(400_000), since_last_attempt).woken();
        next_step(&[woken], None, SpentRequests::default())
    };
    assert_eq!(step(MIN_READ_GAP_MILLIS), ListenStep::Read(0));
    assert!(matches!(
        step(MIN_READ_GAP_MILLIS - 1),
        ListenStep::Wait { .. }
    ));
    let many: Vec<_> = (0..5).map(|_| room(Some(0), 600)).collect();
    let mut woken = many.clone();
    woken[3] = woken[3].woken();
    let spent = SpentRequests::default();
    assert_eq!(next_step(&woken, Some(0), spent), ListenStep::Read(3));
}

#[test]
fn counters_that_showed_no_change_after_an_answer_lag() {
    assert!(counters_lag(1_000, 1_004_000));
    assert!(
        !counters_lag(1_000, 1_003_000),
        "within the difference of clocks"
    );
    assert!(!counters_lag(1_000, 0), "no list was read");
}

#[test]
fn a_room_is_read_less_often_as_its_call_grows_older() {
    for (age, millis) in [
        (Some(0), 2_000),
        (Some(29_999), 2_000),
        (Some(30_000), 4_000),
        (Some(119_999), 4_000),
        (Some(120_000), 8_000),
        (Some(299_999), 8_000),
        (Some(300_000), 15_000),
        (Some(900_000), 15_000),
        (None, 15_000),
    ] {
        assert_eq!(interval(age), millis, "{age:?}");
    }
    assert_eq!(planned_readings(Some(0)), 15 + 23 + 23);
    assert_eq!(planned_readings(Some(300_000)), 20);
    assert_eq!(planned_readings(None), 20);
}

#[test]
fn one_or_two_rooms_are_read_at_their_own_intervals() {
    let none = SpentRequests::default();
    assert_eq!(next_step(&[], None, none), ListenStep::Idle);
    let two = [room(Some(1_000), 1_000), room(Some(40_000), 3_900)];
    assert_eq!(next_step(&two, None, none), wait(100));
    let two = [room(Some(2_000), 2_000), room(Some(40_000), 6_000)];
    assert_eq!(
        next_step(&two, None, none),
        ListenStep::Read(1),
        "the more overdue one comes first"
    );
    let busy = spent(60, 200_000, 10);
    assert_eq!(next_step(&two[..1], None, busy), ListenStep::Read(0));
}

#[test]
fn more_than_two_rooms_are_watched_and_only_the_changed_ones_are_read() {
    let none = SpentRequests::default();
    let mut rooms = [room(Some(9_000), 9_000); 3];
    assert_eq!(next_step(&rooms, None, none), ListenStep::Watch);
    assert_eq!(next_step(&rooms, Some(100), none), wait(2_400));
    rooms[1].has_changed = true;
    assert_eq!(next_step(&rooms, Some(100), none), ListenStep::Read(1));
    rooms[1] = room(Some(9_000), 100);
    rooms[2].distrusts_counters = true;
    assert_eq!(next_step(&rooms, Some(100), none), ListenStep::Read(2));
}

#[test]
fn requests_are_spread_over_the_window_when_they_do_not_fit() {
    let fresh = [room(Some(0), 60_000)];
    let wait = |spent| wait_for_budget(&fresh, spent);
    assert_eq!(
        next_step(&fresh, None, spent(90, 100_000, 0)),
        ListenStep::Wait {
            millis: 200_000 / 60,
            is_over_budget: true
        }
    );
    assert_eq!(wait(spent(89, 100_000, 0)), 0, "89 and 61 fit");
    assert_eq!(wait(spent(90, 100_000, 0)), 200_000 / 60);
    assert_eq!(wait(spent(90, 100_000, 3_333)), 0);
    assert_eq!(wait(spent(149, 290_000, 4_000)), 6_000);
    assert_eq!(wait(spent(150, 290_000, 400_000)), 10_000);
    assert_eq!(wait(spent(150, WINDOW_MILLIS, 0)), 1);
}

/// A call of the simulation.
#[derive(Clone, Copy, Debug)]
struct Call {
    room: usize,
    delivered: u64,
    /// Time of the answer after the delivery, in milliseconds.
    answered: u64,
}

const CALL_LIFE: u64 = 15 * 60_000;
const END: u64 = 22 * 60_000;

fn any_calls() -> impl Strategy<Value = Vec<Call>> {
    let call = (0_usize..40, 0_u64..END - CALL_LIFE, 1_000_u64..2_000_000);
    let call = call.prop_map(|(room, delivered, answered)| Call {
        room,
        delivered,
        answered,
    });
    prop::collection::vec(call, 1..60)
}

/// Relay that listens in simulated time.
#[derive(Default)]
struct Relay {
    requests: VecDeque<u64>,
    read: BTreeMap<usize, u64>,
    watched: Option<u64>,
    longest_wait: u64,
    most: usize,
}

impl Relay {
    fn spent(&mut self, now: u64) -> SpentRequests {
        while self
            .requests
            .front()
            .is_some_and(|at| at + WINDOW_MILLIS <= now)
        {
            self.requests.pop_front();
        }
        SpentRequests {
            count: u32::try_from(self.requests.len()).unwrap(),
            oldest_age: self.requests.front().map_or(0, |at| now - at),
            latest_age: self.requests.back().map_or(0, |at| now - at),
        }
    }

    /// Runs until the end; rooms with the bit of `lagging` are read in turn, those of `chatty` change all the time.
    fn run(&mut self, calls: &[Call], lagging: u64, chatty: u64) {
        let mut now = 0;
        while now < END {
            let open = calls
                .iter()
                .filter(|call| call.delivered <= now && now < call.delivered + CALL_LIFE);
            let mut by_room: BTreeMap<usize, (Option<u64>, u64)> = Default::default();
            for call in open {
                let entry = by_room.entry(call.room).or_insert((None, call.delivered));
                entry.1 = entry.1.min(call.delivered);
                let age = now - call.delivered;
                if age < call.answered {
                    entry.0 = Some(entry.0.map_or(age, |other: u64| other.min(age)));
                }
            }
            let indexes: Vec<usize> = by_room.keys().copied().collect();
            let rooms: Vec<ListenedRoom> = by_room
                .iter()
                .map(|(index, (unanswered_age, first))| {
                    let read = self.read.get(index).copied().unwrap_or(0).max(*first);
                    ListenedRoom {
                        unanswered_age: *unanswered_age,
                        since_last_attempt: now - read,
                        has_changed: chatty >> (index % 64) & 1 == 1,
                        distrusts_counters: lagging >> (index % 64) & 1 == 1,
                    }
                })
                .collect();
            let since_watch = self.watched.map(|at| now - at);
            let spent = self.spent(now);
            match next_step(&rooms, since_watch, spent) {
                ListenStep::Idle => now += 500,
                ListenStep::Wait { millis, .. } => now += millis.clamp(1, 500),
                step => {
                    self.requests.push_back(now);
                    self.most = self.most.max(self.requests.len());
                    match step {
                        ListenStep::Read(at) => {
                            self.longest_wait = self.longest_wait.max(rooms[at].since_last_attempt);
                            self.read.insert(indexes[at], now);
                        }
                        _ => self.watched = Some(now),
                    }
                }
            }
        }
    }
}

/// An eighth of the usual cases: each simulates twenty minutes.
fn few_cases() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: usual.cases.div_ceil(8),
        ..usual
    }
}

proptest! {
    #![proptest_config(few_cases())]

    #[test]
    fn listening_never_spends_more_than_its_budget(
        calls in any_calls(), lagging in any::<u64>(), chatty in any::<u64>(),
    ) {
        let mut relay = Relay::default();
        relay.run(&calls, lagging, chatty);
        prop_assert!(relay.most <= MAX_REQUESTS as usize, "{} requests", relay.most);
    }

    #[test]
    fn no_room_that_is_read_in_turn_is_skipped_for_good(calls in any_calls()) {
        let mut relay = Relay::default();
        relay.run(&calls, u64::MAX, u64::MAX);
        prop_assert!(relay.longest_wait < WINDOW_MILLIS, "{} ms", relay.longest_wait);
    }
}

#[test]
fn one_open_call_is_read_every_two_seconds_at_first() {
    let mut relay = Relay::default();
    let call = Call {
        room: 0,
        delivered: 0,
        answered: CALL_LIFE,
    };
    relay.run(&[call], 0, 0);
    assert!(relay.longest_wait <= 15_500, "{} ms", relay.longest_wait);
    assert!(
        (55..=61).contains(&relay.most),
        "{} requests: about 15, 23 and 23 in the first five minutes",
        relay.most
    );
}

#[test]
fn twenty_quiet_rooms_cost_the_list_and_a_rare_reading_of_each() {
    let calls: Vec<Call> = (0..20)
        .map(|room| Call {
            room,
            delivered: 0,
            answered: CALL_LIFE,
        })
        .collect();
    let mut relay = Relay::default();
    relay.run(&calls, 0, 0);
    assert!(relay.most <= 121 + 20, "{} requests", relay.most);
    assert!(
        relay.longest_wait <= 20 * 30_000 + 60_000,
        "{} ms",
        relay.longest_wait
    );
    assert_eq!(relay.read.len(), 20, "no room depends on the list alone");
}

//! Intervals, the order of requests, and the budget under any load.

mod replies;

use std::collections::{BTreeMap, VecDeque};

use proptest::prelude::*;

use super::budget::planned_requests;
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
    assert_eq!(
        step(MIN_READ_GAP_MILLIS - 1),
        wait(1),
        "due once the minimum time between two readings is over"
    );
    assert_eq!(step(0), wait(MIN_READ_GAP_MILLIS));
    let mut watched = [room(Some(0), 600); 5];
    watched[3] = watched[3].woken();
    let spent = SpentRequests::default();
    assert_eq!(next_step(&watched, Some(0), spent), ListenStep::Read(3));
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
    for (age, read, watch) in [
        (Some(0), 2_000, 2_500),
        (Some(119_999), 2_000, 2_500),
        (Some(120_000), 4_000, 5_000),
        (Some(299_999), 4_000, 5_000),
        (Some(300_000), 15_000, 15_000),
        (Some(900_000), 15_000, 15_000),
        (None, 15_000, 15_000),
    ] {
        assert_eq!(interval(age, READ_INTERVALS), read, "{age:?}");
        assert_eq!(interval(age, WATCH_INTERVALS), watch, "{age:?}");
    }
    let planned = |age, rooms| planned_requests(&vec![room(age, 0); rooms], WINDOW_MILLIS);
    // Of the window of five minutes, two with a reading every 2 s and three with one every 4 s.
    assert_eq!(planned(Some(0), 1), 60 + 45);
    assert_eq!(planned(Some(0), 2), 2 * (60 + 45));
    assert_eq!(planned(Some(300_000), 1), 20);
    assert_eq!(planned(None, 1), 20);
    // Watches every 2.5 s, then every 5 s, and a reading of one unchanged room every 30 s.
    assert_eq!(planned(Some(0), 20), 48 + 36 + 10);
    assert_eq!(planned(None, 20), 20 + 10);
}

#[test]
fn one_or_two_rooms_are_read_at_their_own_intervals() {
    let nothing_spent = SpentRequests::default();
    assert_eq!(next_step(&[], None, nothing_spent), ListenStep::Idle);
    let not_due = [room(Some(1_000), 1_000), room(Some(200_000), 3_900)];
    assert_eq!(next_step(&not_due, None, nothing_spent), wait(100));
    let due = [room(Some(2_000), 2_000), room(Some(200_000), 6_000)];
    assert_eq!(
        next_step(&due, None, nothing_spent),
        ListenStep::Read(1),
        "the more overdue one comes first"
    );
    let within_budget = spent(60, 200_000, 10);
    assert_eq!(
        next_step(&due[..1], None, within_budget),
        ListenStep::Read(0)
    );
}

#[test]
fn more_than_two_rooms_are_watched_and_only_the_changed_ones_are_read() {
    let step = |rooms: &[ListenedRoom], since_watch| {
        next_step(rooms, since_watch, SpentRequests::default())
    };
    let mut rooms = [room(Some(9_000), 9_000); 3];
    assert_eq!(step(&rooms, None), ListenStep::Watch);
    assert_eq!(step(&rooms, Some(100)), wait(2_400));
    rooms[1].has_changed = true;
    assert_eq!(step(&rooms, Some(100)), ListenStep::Read(1));
    rooms[1] = room(Some(9_000), 100);
    rooms[2].distrusts_counters = true;
    assert_eq!(step(&rooms, Some(100)), ListenStep::Read(2));
}

#[test]
fn all_intervals_stretch_by_the_same_factor_when_the_requests_do_not_fit() {
    let step = |rooms: &[ListenedRoom], since_watch, count, oldest_age| {
        next_step(rooms, since_watch, spent(count, oldest_age, 10_000))
    };
    let over_budget = |millis| ListenStep::Wait {
        millis,
        is_over_budget: true,
    };
    // Two new rooms need 100 more requests in the last 100 s of the window, and 99 are left: 2,000 ms become 2,020 ms.
    let two = [room(Some(0), 2_000); 2];
    assert!(matches!(step(&two, None, 50, 200_000), ListenStep::Read(_)));
    assert_eq!(step(&two, None, 51, 200_000), over_budget(20));
    assert_eq!(step(&two, None, 100, 200_000), over_budget(2_000));
    // 40 more watches and 3 readings in turn are planned; 30 of the 60 requests left are reserved.
    let many = [room(Some(0), 2_000); 20];
    assert_eq!(step(&many, Some(2_500), 77, 200_000), ListenStep::Watch);
    assert_eq!(
        step(&many, Some(2_500), 90, 200_000),
        over_budget(2_500 * 43 / 30 - 2_500)
    );
    assert_eq!(
        step(&[room(None, 2_000); 20], Some(15_000), 140, 200_000),
        ListenStep::Watch,
        "no requests are reserved once all calls are answered"
    );
}

#[test]
fn a_changed_room_whose_visitor_waits_is_read_from_the_reserve() {
    let mut rooms = [room(Some(60_000), 20_000); 20];
    rooms[7].has_changed = true;
    let tight = spent(120, 100_000, 20);
    assert_eq!(next_step(&rooms, Some(2_500), tight), ListenStep::Read(7));
    rooms[7].since_last_attempt = 9_000;
    let waits = |step| matches!(step, ListenStep::Wait { millis: 1_000, .. });
    assert!(
        waits(next_step(&rooms, Some(0), tight)),
        "the minimum time between two urgent readings is not over"
    );
    rooms[7] = room(None, 20_000);
    rooms[7].has_changed = true;
    assert!(
        !matches!(next_step(&rooms, Some(2_500), tight), ListenStep::Read(_)),
        "an answered room does not use the reserve"
    );
}

#[test]
fn the_last_requests_are_shared_out_over_the_rest_of_the_window() {
    let changed = room(Some(0), 60_000).woken();
    let step = |count, oldest_age, latest_age| {
        next_step(&[changed], None, spent(count, oldest_age, latest_age))
    };
    let over_budget = |millis| ListenStep::Wait {
        millis,
        is_over_budget: true,
    };
    // 20 requests for 200 s: 10 s each, which is not spread yet.
    assert_eq!(step(130, 100_000, 0), ListenStep::Read(0));
    // 10 requests for 200 s: 20 s each.
    assert_eq!(step(140, 100_000, 5_000), over_budget(15_000));
    assert_eq!(step(140, 100_000, 20_000), ListenStep::Read(0));
    // One request for 10 s.
    assert_eq!(step(149, 290_000, 4_000), ListenStep::Read(0));
    assert_eq!(step(150, 290_000, 400_000), over_budget(10_000));
    assert_eq!(step(150, WINDOW_MILLIS, 0), over_budget(1));
}

/// A call of the simulation.
#[derive(Clone, Copy, Debug)]
struct Call {
    room: usize,
    delivered: u64,
    /// Time from the delivery to the answer, in milliseconds.
    answered: u64,
}

const CALL_LIFETIME_MILLIS: u64 = 15 * 60_000;
const END: u64 = 22 * 60_000;

fn any_calls() -> impl Strategy<Value = Vec<Call>> {
    let call = (
        0_usize..40,
        0_u64..END - CALL_LIFETIME_MILLIS,
        1_000_u64..2_000_000,
    );
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
    /// Times of the requests of the window.
    requests: VecDeque<u64>,
    /// Time of the last reading of each room.
    read_at: BTreeMap<usize, u64>,
    watched_at: Option<u64>,
    /// Longest time between two readings of a room, or from its first delivery to its first reading.
    longest_wait: u64,
    /// Largest number of requests in any window.
    max_requests: usize,
}

/// Rooms with open calls by number: the age of the youngest call without an answer, and the time of the first
/// delivery.
fn open_rooms(calls: &[Call], now: u64) -> BTreeMap<usize, (Option<u64>, u64)> {
    let open = calls
        .iter()
        .filter(|call| call.delivered <= now && now < call.delivered + CALL_LIFETIME_MILLIS);
    let mut rooms: BTreeMap<usize, (Option<u64>, u64)> = BTreeMap::new();
    for call in open {
        let (unanswered_age, first) = rooms.entry(call.room).or_insert((None, call.delivered));
        *first = call.delivered.min(*first);
        let age = now - call.delivered;
        if age < call.answered {
            *unanswered_age = Some(unanswered_age.map_or(age, |other| age.min(other)));
        }
    }
    rooms
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

    /// Runs until the end. Bit n of `lagging` and `chatty` is for the rooms whose number modulo 64 is n: rooms of
    /// `lagging` have counters that are not relied on, rooms of `chatty` change all the time.
    fn run(&mut self, calls: &[Call], lagging: u64, chatty: u64) {
        let mut now = 0;
        while now < END {
            let listened = |(number, (unanswered_age, first)): (usize, (Option<u64>, u64))| {
                let read_at = self.read_at.get(&number).copied().unwrap_or(0);
                let room = ListenedRoom {
                    unanswered_age,
                    since_last_attempt: now - read_at.max(first),
                    has_changed: chatty >> (number % 64) & 1 == 1,
                    distrusts_counters: lagging >> (number % 64) & 1 == 1,
                };
                (number, room)
            };
            let (numbers, rooms): (Vec<usize>, Vec<ListenedRoom>) =
                open_rooms(calls, now).into_iter().map(listened).unzip();
            let since_watch = self.watched_at.map(|at| now - at);
            let spent = self.spent(now);
            match next_step(&rooms, since_watch, spent) {
                ListenStep::Idle => now += 500,
                ListenStep::Wait { millis, .. } => now += millis.clamp(1, 500),
                step => {
                    self.requests.push_back(now);
                    self.max_requests = self.max_requests.max(self.requests.len());
                    match step {
                        ListenStep::Read(index) => {
                            let waited = rooms[index].since_last_attempt;
                            self.longest_wait = self.longest_wait.max(waited);
                            self.read_at.insert(numbers[index], now);
                        }
                        _ => self.watched_at = Some(now),
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
        prop_assert!(relay.max_requests <= MAX_REQUESTS as usize, "{} requests", relay.max_requests);
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
        answered: CALL_LIFETIME_MILLIS,
    };
    relay.run(&[call], 0, 0);
    assert!(relay.longest_wait <= 15_500, "{} ms", relay.longest_wait);
    assert!(
        (100..=105).contains(&relay.max_requests),
        "{} requests: about 60 and 45 in the first five minutes",
        relay.max_requests
    );
}

#[test]
fn twenty_quiet_rooms_cost_the_list_and_a_rare_reading_of_each() {
    let calls: Vec<Call> = (0..20)
        .map(|room| Call {
            room,
            delivered: 0,
            answered: CALL_LIFETIME_MILLIS,
        })
        .collect();
    let mut relay = Relay::default();
    relay.run(&calls, 0, 0);
    // In the first five minutes a watch every 2.5 s for two of them and every 5 s for three; no room is read yet.
    assert_eq!(relay.max_requests, 48 + 36);
    assert_eq!(relay.longest_wait, 20 * UNCHANGED_INTERVAL_MILLIS);
    assert_eq!(relay.read_at.len(), 20, "no room depends on the list alone");
}

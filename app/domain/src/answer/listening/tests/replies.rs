//! Time from a host's reply to the reading that finds it, and the requests of any five minutes, in simulated time.

use std::collections::VecDeque;

use super::super::*;

const MINUTE: u64 = 60_000;
/// Time from the reading of an answer to the edit of our own post, which changes the room once more.
const EDIT_MILLIS: u64 = 500;
/// Time between two steps of the relay's loop.
const STEP_MILLIS: u64 = 20;

/// Pseudo-random numbers (xorshift), so that every run is the same.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// Call in a room. Times are milliseconds.
#[derive(Clone, Debug)]
struct Call {
    delivered: u64,
    replied: u64,
    /// Time at which the reply was read.
    read_at: Option<u64>,
}

impl Call {
    fn new(delivered: u64, replied_after: u64) -> Self {
        Self {
            delivered,
            replied: delivered + replied_after,
            read_at: None,
        }
    }
}

/// Room with its calls, one after the other. Times are milliseconds.
#[derive(Clone, Debug, Default)]
struct Room {
    calls: Vec<Call>,
    /// Time between two messages of colleagues, who talk all the time.
    talk: Option<u64>,
    last_attempt: u64,
    has_changed: bool,
    /// Number of changes in the latest list.
    listed_changes: Option<u64>,
}

impl Room {
    fn new(delivered: u64, replied_after: u64) -> Self {
        Self {
            calls: vec![Call::new(delivered, replied_after)],
            last_attempt: delivered,
            has_changed: true,
            ..Self::default()
        }
    }

    /// Adds a call that is delivered `pause` milliseconds after the reply to the latest one.
    fn call_again(&mut self, pause: u64, replied_after: u64) {
        let latest = self.calls.last().expect("a room has a call");
        let delivered = latest.replied + pause;
        self.calls.push(Call::new(delivered, replied_after));
    }

    fn is_open(&self, now: u64) -> bool {
        let is_open = |call: &Call| (call.delivered..call.delivered + 15 * MINUTE).contains(&now);
        self.calls.iter().any(is_open)
    }

    /// Number of changes of the room up to now, which its counters show.
    fn changes(&self, now: u64) -> u64 {
        let of_call = |call: &Call| {
            let is_edited = call.read_at.is_some_and(|at| at + EDIT_MILLIS <= now);
            u64::from(call.delivered <= now) + u64::from(call.replied <= now) + u64::from(is_edited)
        };
        let talk = self.talk.map_or(0, |interval| now / interval);
        self.calls.iter().map(of_call).sum::<u64>() + talk
    }

    fn to_listened_room(&self, now: u64) -> ListenedRoom {
        let is_waiting = |call: &&Call| call.delivered <= now && call.read_at.is_none();
        let waiting = self.calls.iter().filter(is_waiting);
        ListenedRoom {
            unanswered_age: waiting.map(|call| now - call.delivered).min(),
            since_last_attempt: now - self.last_attempt,
            has_changed: self.has_changed,
            distrusts_counters: false,
        }
    }

    fn read(&mut self, now: u64) {
        (self.last_attempt, self.has_changed) = (now, false);
        for call in self.calls.iter_mut().filter(|call| call.replied <= now) {
            call.read_at.get_or_insert(now);
        }
    }
}

/// Result of a simulation.
struct Heard {
    /// Times from the replies to their readings, in ascending order.
    delays: Vec<u64>,
    /// Largest number of requests in any window.
    max_requests: usize,
}

impl Heard {
    fn p95(&self) -> u64 {
        self.delays[self.delays.len() * 95 / 100]
    }
}

/// Listens to the calls of these rooms up to the end.
fn listen(mut rooms: Vec<Room>, end: u64) -> Heard {
    let (mut now, mut watched_at, mut max_requests) = (0, None, 0);
    let mut requests: VecDeque<u64> = VecDeque::new();
    while now < end {
        let indexes = 0..rooms.len();
        let open: Vec<usize> = indexes.filter(|index| rooms[*index].is_open(now)).collect();
        let listened: Vec<_> = open
            .iter()
            .map(|index| rooms[*index].to_listened_room(now))
            .collect();
        requests.retain(|at| at + WINDOW_MILLIS > now);
        let spent = SpentRequests {
            count: u32::try_from(requests.len()).unwrap(),
            oldest_age: requests.front().map_or(0, |at| now - at),
            latest_age: requests.back().map_or(0, |at| now - at),
        };
        if open.len() <= MAX_ROOMS_READ_ALONE {
            watched_at = None;
        }
        match next_step(&listened, watched_at.map(|at: u64| now - at), spent) {
            ListenStep::Wait { millis, .. } => {
                now += millis.clamp(STEP_MILLIS, 500);
                continue;
            }
            ListenStep::Idle => {
                now += 500;
                continue;
            }
            ListenStep::Watch => {
                watched_at = Some(now);
                for index in open {
                    let room = &mut rooms[index];
                    let changes = Some(room.changes(now));
                    room.has_changed |= changes != room.listed_changes;
                    room.listed_changes = changes;
                }
            }
            ListenStep::Read(index) => rooms[open[index]].read(now),
        }
        requests.push_back(now);
        max_requests = max_requests.max(requests.len());
        now += STEP_MILLIS;
    }
    let calls = rooms.iter().flat_map(|room| &room.calls);
    let replied = calls.filter(|call| call.replied < end);
    let mut delays: Vec<u64> = replied
        .map(|call| call.read_at.unwrap_or(end) - call.replied)
        .collect();
    delays.sort_unstable();
    Heard {
        delays,
        max_requests,
    }
}

/// Listens to 50 offices, whose rooms come from `rooms`.
fn offices(rooms: impl Fn(&mut Random) -> Vec<Room>) -> Heard {
    let mut random = Random(7);
    let mut all = Heard {
        delays: Vec::new(),
        max_requests: 0,
    };
    for _ in 0..50 {
        let heard = listen(rooms(&mut random), 15 * MINUTE);
        all.delays.extend(heard.delays);
        all.max_requests = all.max_requests.max(heard.max_requests);
    }
    all.delays.sort_unstable();
    all
}

/// Rooms with a call each, `gap` milliseconds apart, answered within two minutes.
fn calls(count: u64, gap: u64, random: &mut Random) -> Vec<Room> {
    let call = |number| Room::new(number * gap, random.below(2 * MINUTE));
    (0..count).map(call).collect()
}

#[test]
fn replies_within_two_minutes_are_read_within_the_budgets_of_time_and_requests() {
    for (count, gap, p95) in [
        (1, 0, 2_000),
        (2, 0, 2_700),
        (3, 0, 2_500),
        (20, 0, 2_600),
        (20, 300, 2_600),
        (20, 3_000, 3_000),
    ] {
        let heard = offices(|random| calls(count, gap, random));
        let case = format!("{count} rooms, {gap} ms apart");
        assert!(heard.p95() <= p95, "{case}: p95 {} ms", heard.p95());
        assert!(
            heard.max_requests < 140,
            "{case}: {} requests, some below the budget",
            heard.max_requests
        );
    }
}

#[test]
fn a_room_in_which_colleagues_write_all_the_time_does_not_use_up_the_budget() {
    for (chatty, p95) in [(1, 6_500), (3, 10_000)] {
        let heard = offices(|random| {
            let mut rooms = calls(20, 300, random);
            rooms.extend((0..chatty).map(|number| Room {
                talk: Some(1_000 + number), // not all at the same time
                ..Room::new(0, 14 * MINUTE)
            }));
            rooms
        });
        assert!(heard.p95() <= p95, "{chatty}: p95 {} ms", heard.p95());
        assert!(heard.max_requests <= MAX_REQUESTS as usize);
    }
}

#[test]
fn early_replies_in_a_room_that_is_called_again_are_read_in_time_while_other_calls_wait() {
    for (others, within, p95) in [
        (3, 20_000, 4_000),
        (3, 60_000, 3_600),
        (19, 20_000, 4_000),
        (19, 60_000, 3_600),
        (19, 120_000, 3_000),
    ] {
        let heard = offices(|random| {
            // The others get no reply before the end.
            let mut rooms: Vec<Room> = (0..others)
                .map(|number| Room::new(number * 300, 16 * MINUTE))
                .collect();
            let mut called = Room::new(8_000, random.below(within));
            for _ in 0..10 {
                called.call_again(3_000, random.below(within));
            }
            rooms.push(called);
            rooms
        });
        let case = format!("{others} others wait, replies within {within} ms");
        assert!(heard.p95() <= p95, "{case}: p95 {} ms", heard.p95());
        assert!(heard.max_requests <= MAX_REQUESTS as usize);
    }
}

#[test]
fn more_replies_than_the_budget_allows_are_all_read() {
    let heard = offices(|random| calls(40, 7_500, random));
    assert!(heard.max_requests <= MAX_REQUESTS as usize);
    assert!(heard.p95() < 45_000, "p95 {} ms", heard.p95());
    let longest = heard.delays.last().unwrap();
    assert!(*longest < 70_000, "{longest} ms");
}

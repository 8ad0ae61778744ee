//! Simulation of a busy desk by a virtual clock: a thousand calls wait, and Chatwork counts strictly.

use super::*;

/// Calls that wait at the start.
const WAITING_CALLS: usize = 1_000;
/// Maximum number of posts in flight, as in the outbox.
const MAX_IN_FLIGHT: usize = 8;
/// Window of Chatwork's general limit.
const CHATWORK_WINDOW_MILLIS: u64 = 300_000;
/// Window of Chatwork's limit of one room.
const CHATWORK_ROOM_WINDOW_MILLIS: u64 = 10_000;
/// Latencies of Chatwork's responses, in turn.
const LATENCIES_MILLIS: [u64; 7] = [40, 90, 55, 700, 60, 130, 45];

/// A posted message, with the time at which Chatwork counted it.
struct Sent {
    to: Destination,
    counted: u64,
}

/// Posts every waiting message, as the outbox does: one post at a time per room, [`MAX_IN_FLIGHT`] at once. `rooms`
/// holds the number of messages of each room.
fn drain(rooms: &[usize]) -> Vec<Sent> {
    let room = |index: usize| Destination::Room((index as u64 + 1).try_into().unwrap());
    let mut waiting = rooms.to_vec();
    let (mut limits, mut served) = (RateLimiter::default(), HashMap::new());
    // Time of the response, index of the room, time of sending.
    let mut in_flight: Vec<(u64, usize, u64)> = Vec::new();
    let (mut sent, mut now) = (Vec::new(), 1_000_000);
    while sent.len() < rooms.iter().sum() {
        in_flight.sort_unstable();
        while in_flight.first().is_some_and(|(ends, ..)| *ends <= now) {
            let (ends, index, started) = in_flight.remove(0);
            limits.request_ended(started, ends);
            limits.post_ended(room(index), started, ends);
        }
        let is_free = |index: &usize| in_flight.iter().all(|(_, busy, _)| busy != index);
        let mut heads: Vec<usize> = (0..rooms.len())
            .filter(|index| waiting[*index] > 0)
            .filter(is_free)
            .collect();
        heads.sort_by_key(|index| served.get(index).copied());
        let ready = heads
            .iter()
            .find(|index| limits.next_post_at(room(**index), now) <= now);
        if let Some(index) = ready.copied()
            && in_flight.len() < MAX_IN_FLIGHT
        {
            limits.count_post(room(index), now);
            served.insert(index, now);
            let latency = LATENCIES_MILLIS[sent.len() % LATENCIES_MILLIS.len()];
            // Chatwork counts the post as late as it can.
            sent.push(Sent {
                to: room(index),
                counted: now + latency,
            });
            waiting[index] -= 1;
            in_flight.push((now + latency, index, now));
            continue;
        }
        let next_response = in_flight.iter().map(|(ends, ..)| *ends).min();
        let next_posts = heads
            .iter()
            .map(|index| limits.next_post_at(room(*index), now));
        now = next_posts
            .chain(next_response)
            .filter(|time| *time > now)
            .min()
            .expect("an event is pending");
    }
    sent
}

/// Fails when Chatwork would have refused a post, by a sliding count, which is the strictest.
fn check_limits(sent: &[Sent]) {
    let mut all: Vec<u64> = sent.iter().map(|sent| sent.counted).collect();
    all.sort_unstable();
    for window in all.windows(MAX_REQUESTS + 1) {
        assert!(
            window[MAX_REQUESTS] - window[0] >= CHATWORK_WINDOW_MILLIS,
            "the general limit was exceeded"
        );
    }
    let mut rooms: HashMap<Destination, Vec<u64>> = HashMap::new();
    for sent in sent {
        rooms.entry(sent.to).or_default().push(sent.counted);
    }
    for (room, posts) in rooms {
        for window in posts.windows(MAX_ROOM_POSTS + 1) {
            assert!(
                window[MAX_ROOM_POSTS] - window[0] >= CHATWORK_ROOM_WINDOW_MILLIS,
                "the limit of {room:?}"
            );
        }
    }
}

/// Share of Chatwork's limit that was used: the minimum time against the time taken.
fn utilisation(sent: &[Sent], min_time: u64) -> f64 {
    let first = sent.iter().map(|sent| sent.counted).min().unwrap();
    let last = sent.iter().map(|sent| sent.counted).max().unwrap();
    min_time as f64 / (last - first) as f64
}

#[test]
fn a_thousand_waiting_calls_use_the_limit_to_95_percent_and_cause_no_refusal() {
    let sent = drain(&[25; 40]);
    check_limits(&sent);
    assert_eq!(sent.len(), WAITING_CALLS);
    // Three hundred at once, and three hundred more every five minutes.
    let utilisation = utilisation(&sent, 3 * CHATWORK_WINDOW_MILLIS);
    assert!(
        utilisation >= 0.95,
        "{:.1} % of the limit",
        utilisation * 100.0
    );
}

#[test]
fn a_single_room_gets_what_its_own_limit_allows() {
    let sent = drain(&[250]);
    check_limits(&sent);
    // Ten at once, and ten more every ten seconds.
    let utilisation = utilisation(&sent, 24 * CHATWORK_ROOM_WINDOW_MILLIS);
    assert!(
        utilisation >= 0.90,
        "{:.1} % of the limit",
        utilisation * 100.0
    );
}

#[test]
fn a_busy_room_does_not_starve_the_others() {
    const OTHER_ROOMS: usize = 20;
    const OTHER_CALLS: usize = 5 * OTHER_ROOMS;
    let mut rooms = vec![5; OTHER_ROOMS];
    rooms.push(WAITING_CALLS - OTHER_CALLS);
    let sent = drain(&rooms);
    check_limits(&sent);
    let busy = Destination::Room((OTHER_ROOMS as u64 + 1).try_into().unwrap());
    let last = sent.iter().rposition(|sent| sent.to != busy).unwrap();
    let posts_before = last - (OTHER_CALLS - 1);
    assert!(
        posts_before <= MAX_ROOM_POSTS,
        "{posts_before} posts of the busy room come before the last of the others"
    );
}

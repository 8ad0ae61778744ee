//! A day at a busy desk by a virtual clock: a thousand calls wait, and Chatwork counts strictly.

use super::*;

/// Calls that wait.
const CALLS: usize = 1_000;
/// Milliseconds that an answer of this Chatwork takes, one after another.
const ANSWERS: [Millis; 7] = [40, 90, 55, 700, 60, 130, 45];

/// A message that was sent: where, and when Chatwork counted it.
struct Sent {
    to: Destination,
    counted: Millis,
}

/// Sends everything that waits in rooms with these many messages each, one post at a time in a room,
/// eight at once, the way the outbox does.
fn drained(rooms: &[usize]) -> Vec<Sent> {
    let lane = |place: usize| Destination::Room((place as u64 + 1).try_into().unwrap());
    let mut waiting = rooms.to_vec();
    let (mut limits, mut served) = (RateLimit::default(), HashMap::new());
    let mut under_way: Vec<(Millis, usize)> = Vec::new();
    let (mut sent, mut now) = (Vec::new(), 1_000_000);
    while sent.len() < rooms.iter().sum() {
        under_way.sort_unstable();
        while under_way.first().is_some_and(|(ends, _)| *ends <= now) {
            let (ends, place) = under_way.remove(0);
            limits.post_ended(lane(place), ends);
        }
        let is_free = |place: &usize| under_way.iter().all(|(_, busy)| busy != place);
        let mut heads: Vec<usize> = (0..rooms.len())
            .filter(|place| waiting[*place] > 0)
            .filter(is_free)
            .collect();
        heads.sort_by_key(|place| served.get(place).copied());
        let ready = heads
            .iter()
            .find(|place| limits.post_at(lane(**place), now) <= now);
        if let Some(place) = ready.copied().filter(|_| under_way.len() < 8) {
            limits.count_post(lane(place), now);
            served.insert(place, now);
            let takes = ANSWERS[sent.len() % ANSWERS.len()];
            // Chatwork counts it as late as it can.
            sent.push(Sent {
                to: lane(place),
                counted: now + takes,
            });
            waiting[place] -= 1;
            under_way.push((now + takes, place));
            continue;
        }
        let answer = under_way.iter().map(|(ends, _)| *ends).min();
        let turn = heads.iter().map(|place| limits.post_at(lane(*place), now));
        now = turn
            .chain(answer)
            .filter(|then| *then > now)
            .min()
            .expect("something happens");
    }
    sent
}

/// Fails when Chatwork would have refused: by a sliding count, which is the strictest.
fn check_limits(sent: &[Sent]) {
    let mut all: Vec<Millis> = sent.iter().map(|sent| sent.counted).collect();
    all.sort_unstable();
    for window in all.windows(MAX_REQUESTS + 1) {
        assert!(
            window[MAX_REQUESTS] - window[0] >= 300_000,
            "the general limit"
        );
    }
    let mut rooms: HashMap<Destination, Vec<Millis>> = HashMap::new();
    for sent in sent {
        rooms.entry(sent.to).or_default().push(sent.counted);
    }
    for (room, posts) in rooms {
        for window in posts.windows(MAX_ROOM_POSTS + 1) {
            assert!(
                window[MAX_ROOM_POSTS] - window[0] >= 10_000,
                "the limit of {room:?}"
            );
        }
    }
}

/// How much of what Chatwork allows was used: the least time it can take against what it took.
fn used(sent: &[Sent], least: Millis) -> f64 {
    let first = sent.iter().map(|sent| sent.counted).min().unwrap();
    let last = sent.iter().map(|sent| sent.counted).max().unwrap();
    least as f64 / (last - first) as f64
}

#[test]
fn a_thousand_waiting_calls_use_the_limit_to_95_percent_and_cause_no_refusal() {
    let sent = drained(&[25; 40]);
    check_limits(&sent);
    assert_eq!(sent.len(), CALLS);
    // Three hundred at once, and every three hundred five minutes later.
    let used = used(&sent, 3 * 300_000);
    assert!(used >= 0.95, "{:.1} % of the limit", used * 100.0);
}

#[test]
fn a_single_room_gets_what_its_own_limit_allows() {
    let sent = drained(&[250]);
    check_limits(&sent);
    let used = used(&sent, 24 * 10_000);
    assert!(used >= 0.90, "{:.1} % of the limit", used * 100.0);
}

#[test]
fn a_busy_room_does_not_starve_the_others() {
    let mut rooms = vec![5; 20];
    rooms.push(CALLS - 100);
    let sent = drained(&rooms);
    check_limits(&sent);
    let busy = Destination::Room(21.try_into().unwrap());
    let last = sent.iter().rposition(|sent| sent.to != busy).unwrap();
    assert!(
        last < 110,
        "a hundred others are among the first, not {last}"
    );
}

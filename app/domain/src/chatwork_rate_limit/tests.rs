//! Tests of the two limits.

use super::*;

fn room(id: u64) -> Destination {
    Destination::Room(id.try_into().unwrap())
}

#[test]
fn the_eleventh_post_waits_and_other_rooms_do_not() {
    let mut limits = RateLimiter::default();
    for now in 0..10 {
        assert_eq!(limits.next_post_at(room(1), now), now);
        limits.count_post(room(1), now);
    }
    assert_eq!(
        limits.next_post_at(room(1), 10),
        ROOM_WINDOW_MILLIS,
        "free ten seconds after the first post"
    );
    assert_eq!(limits.next_post_at(room(2), 10), 10);
    assert_eq!(
        limits.next_post_at(room(1), ROOM_WINDOW_MILLIS),
        ROOM_WINDOW_MILLIS
    );
}

#[test]
fn set_up_leaves_requests_to_calls() {
    let mut limits = RateLimiter::default();
    for _ in 0..MAX_REQUESTS - RESERVED_FOR_CALLS {
        limits.count_request(5);
    }
    assert_eq!(
        limits.next_request_at(Purpose::Setup, 6),
        5 + REQUEST_WINDOW_MILLIS
    );
    assert_eq!(limits.next_request_at(Purpose::Call, 6), 6);
    assert_eq!(limits.remaining(6), RESERVED_FOR_CALLS);
    assert_eq!(limits.remaining(5 + REQUEST_WINDOW_MILLIS), MAX_REQUESTS);
}

#[test]
fn never_more_requests_than_allowed_in_any_five_minutes_and_hardly_fewer() {
    let mut limits = RateLimiter::default();
    let mut sent = Vec::new();
    let mut now = 0;
    const REQUESTS: usize = 1_000;
    while sent.len() < REQUESTS {
        now = limits.next_request_at(Purpose::Call, now);
        limits.count_request(now);
        sent.push(now);
        now += 37;
    }
    for window in sent.windows(MAX_REQUESTS + 1) {
        assert!(
            window[MAX_REQUESTS] - window[0] >= 300_000,
            "{} in five minutes",
            MAX_REQUESTS + 1
        );
    }
    let minutes = sent[REQUESTS - 1] as f64 / 60_000.0;
    assert!(
        minutes < 16.0,
        "1,000 requests fit in 15 minutes and a bit, not {minutes}"
    );
}

#[test]
fn chatworks_own_count_is_kept_less_the_requests_that_are_unanswered() {
    let mut limits = RateLimiter {
        open_permits: 3,
        ..RateLimiter::default()
    };
    limits.observe_quota(9, 1, 1_000, 5);
    assert_eq!(limits.remaining(6), 7, "two other requests are unanswered");
    limits.count_request(6);
    assert_eq!(limits.remaining(6), 6);
    limits.observe_quota(0, 2, 24 * 3600 * 1000, 7);
    assert_eq!(
        limits.next_request_at(Purpose::Call, 8),
        7 + REQUEST_WINDOW_MILLIS,
        "no wait is longer than a window, even if the clocks differ"
    );
}

#[test]
fn a_request_that_was_not_sent_leaves_no_trace() {
    let mut limits = RateLimiter::default();
    limits.observe_quota(1, 1, 1_000, 0);
    for _ in 0..MAX_ROOM_POSTS + 1 {
        assert_eq!(limits.next_post_at(room(1), 5), 5);
        limits.count_post(room(1), 5);
        assert_eq!(limits.next_post_at(room(2), 5), 1_000);
        limits.uncount_post(room(1), 5);
        limits.uncount_request(5);
    }
    assert_eq!(limits.remaining(5), 1);
    assert_eq!(limits.remaining(1_000), MAX_REQUESTS);
}

#[test]
fn a_post_whose_response_comes_after_its_window_counts_from_the_response() {
    let mut limits = RateLimiter::default();
    for _ in 0..MAX_ROOM_POSTS {
        let sent = limits.next_post_at(room(1), 5);
        limits.count_post(room(1), sent);
        limits.count_post(room(2), sent + 2 * ROOM_WINDOW_MILLIS);
        limits.post_ended(room(1), sent, sent + 2 * ROOM_WINDOW_MILLIS);
    }
    let response_at = 5 + 2 * ROOM_WINDOW_MILLIS;
    assert_eq!(
        limits.next_post_at(room(1), response_at),
        response_at + ROOM_WINDOW_MILLIS
    );
}

#[test]
fn a_refusal_blocks_everything_or_one_room() {
    let mut limits = RateLimiter::default();
    limits.block_room(room(1), 500);
    assert_eq!(
        (
            limits.next_post_at(room(1), 10),
            limits.next_post_at(room(2), 10)
        ),
        (500, 10)
    );
    limits.block(900);
    assert_eq!(
        (
            limits.next_post_at(room(1), 10),
            limits.next_post_at(room(2), 10)
        ),
        (900, 900)
    );
}

#[test]
fn a_request_counts_from_its_response_on() {
    let mut limits = RateLimiter::default();
    for sent in 0..10 {
        limits.count_post(room(1), sent);
        limits.post_ended(room(1), sent, sent);
    }
    limits.count_post(room(2), 10);
    limits.post_ended(room(2), 10, 4_000);
    assert_eq!(limits.next_post_at(room(1), 4_000), ROOM_WINDOW_MILLIS);
    let mut slow = RateLimiter::default();
    for sent in 0..10 {
        slow.count_post(room(1), sent);
        slow.request_ended(sent, 3_000 + sent);
        slow.post_ended(room(1), sent, 3_000 + sent);
    }
    assert_eq!(
        slow.next_post_at(room(1), 4_000),
        3_000 + ROOM_WINDOW_MILLIS,
        "Chatwork may have counted the first as late as it responded"
    );
    assert_eq!(
        slow.remaining(3_000 + REQUEST_WINDOW_MILLIS - 1),
        MAX_REQUESTS - 10
    );
}

#[test]
fn a_failing_room_is_paused_and_no_other_room_is() {
    let mut limits = RateLimiter::default();
    for now in 0..2 {
        limits.record_room_failure(room(1), now);
        assert_eq!(
            limits.next_post_at(room(1), now),
            now,
            "fewer failures than the threshold"
        );
    }
    limits.record_room_failure(room(1), 2);
    assert_eq!(limits.next_post_at(room(1), 3), 2 + ROOM_COOLDOWN_MILLIS);
    assert_eq!(limits.next_post_at(room(2), 3), 3);
    limits.record_room_success(room(1));
    limits.record_room_failure(room(1), 6_001);
    assert_eq!(
        limits.next_post_at(room(1), 6_001),
        6_001,
        "a success resets the count"
    );
}

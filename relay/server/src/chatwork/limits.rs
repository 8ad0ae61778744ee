//! Chatwork's two limits, kept by us so that Chatwork never has to refuse: 300 requests in five
//! minutes per token, 10 posts in ten seconds per room. Pure: the time is an argument.
//!
//! Nobody says whether the five minutes are a fixed or a sliding window; a sliding count of ours
//! holds under both.

use std::collections::{HashMap, VecDeque};

use yobirin_api::Millis;
use yobirin_domain::route::Destination;

/// Requests in one window.
const REQUESTS: usize = 300;
/// Of which set-up leaves these to calls.
const KEPT_FOR_CALLS: usize = 100;
/// The window, and half a second for the way to Chatwork.
const REQUEST_WINDOW: Millis = 300_500;
/// Posts in one room in one window.
const POSTS: usize = 10;
/// The window of posts, with the same allowance.
const POST_WINDOW: Millis = 10_500;

/// What a request is for: calls go before everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Delivering calls.
    Calls,
    /// Anything an admin looks at.
    Setup,
}

/// What has been sent lately.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    requests: VecDeque<Millis>,
    posts: HashMap<Destination, VecDeque<Millis>>,
    blocked_until: Millis,
    rooms_blocked_until: HashMap<Destination, Millis>,
}

impl Limits {
    /// When the next request of this purpose may be sent: `now`, or later.
    pub(crate) fn request_at(&self, purpose: Purpose, now: Millis) -> Millis {
        let most = match purpose {
            Purpose::Calls => REQUESTS,
            Purpose::Setup => REQUESTS - KEPT_FOR_CALLS,
        };
        free_at(&self.requests, most, REQUEST_WINDOW, now).max(self.blocked_until)
    }

    /// When the next message may be posted there: `now`, or later.
    pub(crate) fn post_at(&self, to: Destination, now: Millis) -> Millis {
        let posts = self
            .posts
            .get(&to)
            .map_or(now, |p| free_at(p, POSTS, POST_WINDOW, now));
        let blocked = self
            .rooms_blocked_until
            .get(&to)
            .copied()
            .unwrap_or_default();
        self.request_at(Purpose::Calls, now).max(posts).max(blocked)
    }

    /// Requests that calls may still send in the current window.
    pub(crate) fn left(&self, now: Millis) -> usize {
        if self.blocked_until > now {
            return 0;
        }
        let counts = |sent: &&Millis| **sent + REQUEST_WINDOW > now;
        REQUESTS.saturating_sub(self.requests.iter().filter(counts).count())
    }

    /// Counts a request that is sent now.
    pub(crate) fn count_request(&mut self, now: Millis) {
        forget(&mut self.requests, REQUEST_WINDOW, now);
        self.requests.push_back(now);
    }

    /// Counts a post that is sent now, which is a request too.
    pub(crate) fn count_post(&mut self, to: Destination, now: Millis) {
        self.count_request(now);
        self.posts.retain(|_, posts| {
            forget(posts, POST_WINDOW, now);
            !posts.is_empty()
        });
        self.rooms_blocked_until.retain(|_, until| *until > now);
        self.posts.entry(to).or_default().push_back(now);
    }

    /// Forgets what was counted, and counts these posts instead; refusals stay.
    pub(crate) fn recount(&mut self, posts: impl IntoIterator<Item = (Destination, Millis)>) {
        self.requests.clear();
        self.posts.clear();
        for (to, at) in posts {
            self.count_post(to, at);
        }
    }

    /// Chatwork refused for the general limit all the same: somebody else uses the token.
    pub(crate) fn block(&mut self, until: Millis) {
        self.blocked_until = self.blocked_until.max(until);
    }

    /// The clock was set back: what was counted later than this counts as of now.
    pub(crate) fn clock_was_set_back(&mut self, now: Millis) {
        let posts = self.posts.values_mut().flatten();
        for counted in self.requests.iter_mut().chain(posts) {
            *counted = now.min(*counted);
        }
        self.blocked_until = self.blocked_until.min(now + REQUEST_WINDOW);
        for until in self.rooms_blocked_until.values_mut() {
            *until = now.min(*until);
        }
    }

    /// Chatwork refused for the room's limit.
    pub(crate) fn block_room(&mut self, to: Destination, until: Millis) {
        self.rooms_blocked_until.insert(to, until);
    }
}

/// When fewer than `most` of these lie within `window`.
fn free_at(sent: &VecDeque<Millis>, most: usize, window: Millis, now: Millis) -> Millis {
    match sent.len().checked_sub(most) {
        Some(surplus) => sent
            .get(surplus)
            .map_or(now, |oldest| (oldest + window).max(now)),
        None => now,
    }
}

fn forget(sent: &mut VecDeque<Millis>, window: Millis, now: Millis) {
    while sent.front().is_some_and(|oldest| oldest + window <= now) {
        sent.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(id: u64) -> Destination {
        Destination::Room(id.try_into().unwrap())
    }

    #[test]
    fn the_eleventh_post_waits_and_other_rooms_do_not() {
        let mut limits = Limits::default();
        for now in 0..10 {
            assert_eq!(limits.post_at(room(1), now), now);
            limits.count_post(room(1), now);
        }
        assert_eq!(
            limits.post_at(room(1), 10),
            POST_WINDOW,
            "ten seconds after the first"
        );
        assert_eq!(limits.post_at(room(2), 10), 10);
        assert_eq!(limits.post_at(room(1), POST_WINDOW), POST_WINDOW);
    }

    #[test]
    fn set_up_leaves_a_share_to_calls() {
        let mut limits = Limits::default();
        for _ in 0..REQUESTS - KEPT_FOR_CALLS {
            limits.count_request(5);
        }
        assert_eq!(limits.request_at(Purpose::Setup, 6), 5 + REQUEST_WINDOW);
        assert_eq!(limits.request_at(Purpose::Calls, 6), 6);
        assert_eq!(limits.left(6), KEPT_FOR_CALLS);
        assert_eq!(limits.left(5 + REQUEST_WINDOW), REQUESTS);
    }

    #[test]
    fn never_more_than_300_in_any_five_minutes() {
        let mut limits = Limits::default();
        let mut sent = Vec::new();
        let mut now = 0;
        while sent.len() < 1_000 {
            now = limits.request_at(Purpose::Calls, now);
            limits.count_request(now);
            sent.push(now);
            now += 37;
        }
        for window in sent.windows(REQUESTS + 1) {
            assert!(
                window[REQUESTS] - window[0] >= 300_000,
                "{} in five minutes",
                REQUESTS + 1
            );
        }
        let minutes = sent[999] as f64 / 60_000.0;
        assert!(
            minutes < 16.0,
            "1,000 requests fit in 15 minutes and a bit, not {minutes}"
        );
    }

    #[test]
    fn a_clock_that_was_set_back_holds_nothing_for_longer_than_a_window() {
        const DAY: Millis = 24 * 3600 * 1000;
        let mut limits = Limits::default();
        for _ in 0..POSTS {
            limits.count_post(room(1), DAY);
        }
        limits.block(DAY + 1_000);
        limits.block_room(room(2), DAY + 1_000);
        limits.clock_was_set_back(5);
        assert_eq!(limits.request_at(Purpose::Calls, 5), 5 + REQUEST_WINDOW);
        limits.blocked_until = 0;
        assert_eq!(limits.post_at(room(1), 5), 5 + POST_WINDOW);
        assert_eq!(limits.post_at(room(2), 5), 5);
    }

    #[test]
    fn a_refusal_holds_everything_or_one_room() {
        let mut limits = Limits::default();
        limits.block_room(room(1), 500);
        assert_eq!(
            (limits.post_at(room(1), 10), limits.post_at(room(2), 10)),
            (500, 10)
        );
        limits.block(900);
        assert_eq!(
            (limits.post_at(room(1), 10), limits.post_at(room(2), 10)),
            (900, 900)
        );
    }
}

//! Counters of a room as `GET /rooms` shows them, which may lag behind its messages.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Message;
use crate::AccountId;
use crate::office::Member;

/// Time by which each counter of `GET /rooms` lags behind the messages; none by default. Chatwork does not
/// document how fast it updates the counters.
///
/// A counter never goes back: right after a lag is set it keeps the value that it had then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "LagMillis", into = "LagMillis")]
pub struct CounterLag {
    /// Lag of `message_num`.
    pub message_num: Duration,
    /// Lag of `last_update_time`.
    pub last_update_time: Duration,
    /// Lag of `unread_num` and `mention_num`.
    pub unread: Duration,
}

impl CounterLag {
    /// Counters that keep their present values until another lag is set.
    pub const STOPPED: Self = Self::all(Duration::MAX);

    /// The same lag of all counters.
    #[must_use]
    pub const fn all(lag: Duration) -> Self {
        Self {
            message_num: lag,
            last_update_time: lag,
            unread: lag,
        }
    }

    fn longest(self) -> Duration {
        self.message_num.max(self.last_update_time).max(self.unread)
    }
}

/// [`CounterLag`] in JSON: milliseconds, 0 when left out.
#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[derive(Default)]
struct LagMillis {
    message_num: u64,
    last_update_time: u64,
    unread: u64,
}

impl From<LagMillis> for CounterLag {
    fn from(lag: LagMillis) -> Self {
        Self {
            message_num: Duration::from_millis(lag.message_num),
            last_update_time: Duration::from_millis(lag.last_update_time),
            unread: Duration::from_millis(lag.unread),
        }
    }
}

impl From<CounterLag> for LagMillis {
    fn from(lag: CounterLag) -> Self {
        let millis = |lag: Duration| u64::try_from(lag.as_millis()).unwrap_or(u64::MAX);
        Self {
            message_num: millis(lag.message_num),
            last_update_time: millis(lag.last_update_time),
            unread: millis(lag.unread),
        }
    }
}

/// Unread counts of an account in a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unread {
    pub(crate) messages: u32,
    pub(crate) mentions: u32,
}

#[derive(Clone, Debug, Default)]
struct CounterValues {
    messages: u32,
    last_update: u64,
    unread: HashMap<AccountId, Unread>,
}

/// Counters of a room as one account sees them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RoomCounters {
    pub(crate) message_num: u32,
    pub(crate) last_update_time: u64,
    pub(crate) unread: Unread,
}

/// The counters of a room with the past values that a lag still needs.
#[derive(Debug, Default)]
pub(super) struct Counters {
    current: CounterValues,
    lag: CounterLag,
    /// Values with the time since which each held, oldest first; empty without a lag.
    past: VecDeque<(Duration, CounterValues)>,
}

impl Counters {
    /// Counts a message that was stored at `now`. It is unread for all members; for its author only if
    /// `self_unread`.
    pub(super) fn count(
        &mut self,
        message: &Message,
        members: &[Member],
        self_unread: bool,
        now: Duration,
    ) {
        self.current.messages += 1;
        self.current.last_update = message.send_time;
        for member in members {
            let id = member.account_id;
            if id != message.account_id || self_unread {
                let unread = self.current.unread.entry(id).or_default();
                unread.messages += 1;
                unread.mentions += u32::from(message.mentions.contains(&id));
            }
        }
        self.remember(now);
    }

    /// Moves the time of the last update to `now` without another message.
    pub(super) fn touch(&mut self, now: Duration) {
        self.current.last_update = now.as_secs();
        self.remember(now);
    }

    pub(super) fn set_lag(&mut self, lag: CounterLag, now: Duration) {
        self.lag = lag;
        self.past.clear();
        self.remember(now);
    }

    /// The counters that `account` is shown at `now`.
    pub(super) fn shown(&self, account: AccountId, now: Duration) -> RoomCounters {
        let lagging = |lag| self.lagging(lag, now);
        RoomCounters {
            message_num: lagging(self.lag.message_num).messages,
            last_update_time: lagging(self.lag.last_update_time).last_update,
            unread: lagging(self.lag.unread)
                .unread
                .get(&account)
                .copied()
                .unwrap_or_default(),
        }
    }

    /// The values that a counter with this lag shows at `now`.
    fn lagging(&self, lag: Duration, now: Duration) -> &CounterValues {
        if lag.is_zero() {
            return &self.current;
        }
        let shown_time = now.saturating_sub(lag);
        let mut past = self.past.iter().rev();
        past.find(|(since, _)| *since <= shown_time)
            .or(self.past.front())
            .map_or(&self.current, |(_, values)| values)
    }

    fn remember(&mut self, now: Duration) {
        let longest = self.lag.longest();
        if longest.is_zero() {
            return;
        }
        self.past.push_back((now, self.current.clone()));
        // The newest value older than the longest lag is needed; those before it are not.
        let oldest = now.saturating_sub(longest);
        while self.past.get(1).is_some_and(|(since, _)| *since <= oldest) {
            self.past.pop_front();
        }
    }
}

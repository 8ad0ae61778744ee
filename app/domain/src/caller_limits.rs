//! Limits per caller (tablet, admin, host or network address), so that one stolen cookie, link or password cannot
//! disturb other callers.
//!
//! The relay enforces them. README and OpenAPI contain [`LIMIT_TABLE`]; tests fail when either differs. Text
//! lengths are in [`crate::validate::text_limits`] and [`crate::model::call::Visitor`]. All numbers are our
//! decision.

mod limited_action;
mod table;

pub use limited_action::LimitedAction;
pub use table::{LIMIT_TABLE, LimitBound, LimitRow, limit_table_markdown};

use crate::routing::MAX_RECIPIENTS;

/// Token bucket: `burst` actions at once, then one more every `refill_millis` milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Capacity of the bucket, in actions.
    pub burst: u64,
    /// Time to refill one action, in milliseconds.
    pub refill_millis: u64,
}

impl RateLimit {
    /// Creates a limit of `burst` actions at once and `actions` per minute afterwards.
    #[must_use]
    pub const fn per_minute(actions: u64, burst: u64) -> Self {
        Self {
            burst,
            refill_millis: 60_000 / actions,
        }
    }

    /// Takes actions from a bucket, or none. A bucket is represented by the time, in milliseconds of the monotonic clock, at
    /// which it is full again; 0 is a full bucket, which always has enough: more than `burst` actions count as `burst`.
    ///
    /// # Errors
    /// Milliseconds to wait when the bucket has too few actions.
    pub fn take(self, full_at: &mut u64, monotonic: u64, actions: u64) -> Result<(), u64> {
        let empty = monotonic + self.burst * self.refill_millis;
        let before = (*full_at).max(monotonic);
        let after = before + actions.min(self.burst) * self.refill_millis;
        if after > empty {
            *full_at = before;
            return Err(after - empty);
        }
        *full_at = after;
        Ok(())
    }

    /// Returns actions to a bucket, for example after a correct password.
    pub fn refund(self, full_at: &mut u64, actions: u64) {
        let actions = actions.min(self.burst);
        *full_at = full_at.saturating_sub(actions * self.refill_millis);
    }
}

/// Timeouts of a session: it ends after a time without use, and after a total time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLifetime {
    /// Idle timeout, in milliseconds.
    pub idle: u64,
    /// Absolute timeout, in milliseconds.
    pub total: u64,
}

impl SessionLifetime {
    /// Lifetime of an admin's session; shorter in a browser that is paired as a tablet.
    #[must_use]
    pub const fn of_admin(is_on_tablet: bool) -> Self {
        if is_on_tablet {
            SESSION_ON_TABLET
        } else {
            ADMIN_SESSION
        }
    }

    /// Lifetime of a host's session; shorter in a browser that is paired as a tablet.
    #[must_use]
    pub const fn of_host(is_on_tablet: bool) -> Self {
        if is_on_tablet {
            SESSION_ON_TABLET
        } else {
            HOST_SESSION
        }
    }

    /// Returns two times: a session that was last used at the first or before, or opened at the second or before, has
    /// ended at `now`.
    #[must_use]
    pub const fn ended_before(self, now: u64) -> (u64, u64) {
        (
            now.saturating_sub(self.idle),
            now.saturating_sub(self.total),
        )
    }

    /// True while neither timeout has passed. All times are in milliseconds.
    #[must_use]
    pub const fn is_alive(self, opened: u64, last_used: u64, now: u64) -> bool {
        last_used + self.idle > now && opened + self.total > now
    }
}

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// New calls of one tablet. A busy lobby makes 30 per minute; the burst admits calls that a tablet queued while
/// offline. A large call counts as several: see [`CALL_ACTION_BYTES`].
pub const TABLET_CALLS: RateLimit = RateLimit::per_minute(30, 60);
/// Cancellations of one tablet: the same limit as for calls.
pub const TABLET_CANCELLATIONS: RateLimit = RateLimit::per_minute(30, 60);
/// Stored cancellations of one tablet whose call has not arrived yet.
pub const TABLET_EARLY_CANCELLATIONS: usize = 100;
/// Open event streams of one tablet; beyond it the oldest is closed. A reload leaves the old stream open for a
/// moment. Only tablets have event streams.
pub const TABLET_STREAMS: usize = 4;
/// Maximum request body of one call, in bytes: its messages, the fallback, the visitor's answers and the trace.
pub const CALL_BYTES: usize = 512 * 1024;
/// Share of [`CALL_BYTES`] for the visitor's answers, the trace and JSON, in bytes.
const CALL_OTHER_BYTES: usize = 80 * 1024;
/// Maximum size of all texts of a call, in bytes: messages, fallback and later messages, with the retraction and the
/// heading of each, and the task for a missed visit.
pub const CALL_TEXT_BYTES: usize = CALL_BYTES - CALL_OTHER_BYTES;
/// Bytes of a call's body that count as one more call in [`TABLET_CALLS`]. Without it, 30 calls of [`CALL_BYTES`] per
/// minute would fill a disk.
pub const CALL_ACTION_BYTES: usize = 16 * 1024;
/// Deliveries of one call, at most: every recipient and one room. The fallback is not counted.
pub const CALL_DELIVERIES: usize = MAX_RECIPIENTS + 1;
/// Messages of all escalation steps of one call, at most.
pub const CALL_LATER_DELIVERIES: usize = CALL_DELIVERIES;
/// Mentions in one message, at most.
pub const MESSAGE_MENTIONS: usize = MAX_RECIPIENTS;
/// Trace steps of one call, at most.
pub const CALL_TRACE_STEPS: usize = 250;
/// Ids of hosts and groups in the trace of one call, at most; repeated ids count each time.
pub const CALL_TRACE_NAMES: usize = 500;
/// Sign-ins and first runs from one address; successful ones are refunded.
pub const SIGN_INS: RateLimit = RateLimit::per_minute(10, 10);
/// Pairing attempts from one address; successful ones are refunded.
pub const PAIRINGS: RateLimit = RateLimit::per_minute(10, 10);
/// New requests of unpaired tablets for approval, from one address.
pub const PAIRING_REQUESTS: RateLimit = RateLimit {
    burst: 10,
    refill_millis: MINUTE,
};
/// Unpaired tablets of one address that wait for approval at a time.
pub const ADDRESS_WAITING_TABLETS: usize = 8;
/// Unpaired tablets that wait for approval at a time, so that the admins' list stays readable.
pub const WAITING_TABLETS: usize = 40;
/// Sign-ins and first runs from one IPv6 /48 network; successful ones are refunded. Providers assign a /48 to one
/// customer or split it into up to 65,536 parts.
pub const NETWORK_SIGN_INS: RateLimit = RateLimit::per_minute(30, 30);
/// Authenticator codes from all addresses together. A code is asked for only after the correct password, so a stranger
/// cannot use up this limit.
pub const AUTHENTICATOR_CODES: RateLimit = RateLimit {
    burst: 10,
    refill_millis: 5 * MINUTE,
};
/// Recovery codes from one address. They have 121 bits and cannot be guessed; the limit is per address so that
/// an attacker with the password cannot lock out the owner.
pub const RECOVERY_CODES: RateLimit = RateLimit {
    burst: 10,
    refill_millis: 5 * MINUTE,
};
/// Concurrent password checks; each takes about 20 MB for 0.2 seconds.
pub const PASSWORD_CHECKS_RUNNING: usize = 2;
/// Queued password checks; more are answered with 503.
pub const PASSWORD_CHECKS_WAITING: usize = 16;
/// Changes by one host on the self-service page.
pub const HOST_SAVES: RateLimit = RateLimit::per_minute(1, 60);
/// Window in which the changes of one host are merged, in milliseconds: a new settings version replaces those
/// that the same host saved within it, back to the last version of an admin.
pub const HOST_VERSION_WINDOW_MILLIS: u64 = 60 * MINUTE;
/// Sessions of one host; beyond them the least recently used one ends.
pub const HOST_SESSIONS: usize = 20;
/// Sessions of all admins together; beyond them the least recently used one ends.
pub const ADMIN_SESSIONS: usize = 100;
/// Open connections of one address or IPv6 /64 network; more are closed immediately. Trusted proxies and loopback
/// may have half of the process's file descriptors instead.
pub const ADDRESS_CONNECTIONS: usize = 512;
/// Maximum request body of one event of Chatwork's webhook, in bytes: a message of 40,000 Japanese characters. A longer
/// event is refused; the relay reads the message from the room.
pub const WEBHOOK_BYTES: usize = ADDRESS_BODY_BYTES;
/// Request bodies in transit from one tablet, in bytes: two calls of maximum size.
pub const TABLET_BODY_BYTES: usize = 2 * CALL_BYTES;
/// Request bodies in transit in one admin session, in bytes: two settings documents of maximum size.
pub const ADMIN_BODY_BYTES: usize = 8 * 1024 * 1024;
/// Request bodies in transit from one host, in bytes.
pub const HOST_BODY_BYTES: usize = 256 * 1024;
/// Request bodies in transit from one address without a session, in bytes.
pub const ADDRESS_BODY_BYTES: usize = 256 * 1024;

/// Admin session: idle for half a day, one week in total.
pub const ADMIN_SESSION: SessionLifetime = SessionLifetime {
    idle: 12 * HOUR,
    total: 7 * DAY,
};
/// Host session. Long, because a host opens the self-service page a few times a year and can change little.
pub const HOST_SESSION: SessionLifetime = SessionLifetime {
    idle: 90 * DAY,
    total: 365 * DAY,
};
/// Admin or host session in a browser that is paired as a tablet. Short, because visitors use the tablet too.
pub const SESSION_ON_TABLET: SessionLifetime = SessionLifetime {
    idle: 15 * MINUTE,
    total: HOUR,
};
/// Time without input after which a tablet leaves the sign-in page for the kiosk, in milliseconds: visitors wait.
pub const SIGN_IN_PAGE_ON_TABLET_MILLIS: u64 = 3 * MINUTE;
/// Time after reauthentication during which an admin may do sensitive actions, in milliseconds.
pub const REAUTHENTICATION_MILLIS: u64 = 5 * MINUTE;

/// True when one more unpaired tablet of this address may wait for approval. `waiting` are the addresses of the tablets
/// that wait already.
#[must_use]
pub fn may_wait<'a>(waiting: impl IntoIterator<Item = &'a str>, address: &str) -> bool {
    let (mut total, mut from_address) = (0, 0);
    for other in waiting {
        total += 1;
        from_address += usize::from(other == address);
    }
    total < WAITING_TABLETS && from_address < ADDRESS_WAITING_TABLETS
}

/// True while the latest reauthentication of a session is recent. Times are in milliseconds.
#[must_use]
pub fn is_reauthenticated(latest: Option<u64>, now: u64) -> bool {
    latest.is_some_and(|at| at + REAUTHENTICATION_MILLIS > now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_when_it_is_idle_or_old() {
        let lifetime = SessionLifetime::of_admin(false);
        let now = 1_000 * DAY;
        let (used, opened) = lifetime.ended_before(now);
        assert!(lifetime.is_alive(opened + 1, used + 1, now));
        assert!(
            !lifetime.is_alive(opened + 1, used, now),
            "the idle timeout has passed"
        );
        assert!(
            !lifetime.is_alive(opened, used + 1, now),
            "the absolute timeout has passed"
        );
        assert_eq!(
            lifetime.ended_before(0),
            (0, 0),
            "a clock near 1970 does not overflow"
        );
    }

    #[test]
    fn tablets_wait_in_bounded_number_per_address_and_in_all() {
        let waiting_of_one_address = ["192.0.2.1"; ADDRESS_WAITING_TABLETS];
        assert!(may_wait(
            waiting_of_one_address[1..].iter().copied(),
            "192.0.2.1"
        ));
        assert!(!may_wait(waiting_of_one_address, "192.0.2.1"));
        assert!(
            may_wait(waiting_of_one_address, "192.0.2.2"),
            "the limit holds per address"
        );
        assert!(!may_wait(["192.0.2.1"; WAITING_TABLETS], "192.0.2.2"));
    }

    #[test]
    fn a_bucket_holds_its_burst_and_refills_one_action_at_a_time() {
        let limit = RateLimit::per_minute(30, 3);
        let mut bucket = 0;
        assert_eq!(limit.take(&mut bucket, DAY, 2), Ok(()));
        assert_eq!(limit.take(&mut bucket, DAY, 2), Err(2_000), "one is left");
        assert_eq!(limit.take(&mut bucket, DAY, 1), Ok(()));
        assert_eq!(limit.take(&mut bucket, DAY + 1_999, 1), Err(1));
        assert_eq!(limit.take(&mut bucket, DAY + 2_000, 1), Ok(()));
        limit.refund(&mut bucket, 1);
        assert_eq!(limit.take(&mut bucket, DAY + 2_000, 1), Ok(()));
        assert_eq!(
            limit.take(&mut 0, DAY, 99),
            Ok(()),
            "a full bucket has enough for any action"
        );
    }

    #[test]
    fn reauthentication_lasts_for_its_time() {
        let now = DAY;
        let oldest = now - REAUTHENTICATION_MILLIS + 1;
        assert!(is_reauthenticated(Some(oldest), now));
        assert!(!is_reauthenticated(Some(oldest - 1), now));
        assert!(!is_reauthenticated(None, now));
    }
}

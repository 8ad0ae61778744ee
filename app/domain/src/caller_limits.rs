//! Limits by kind of caller: how much one tablet, admin, host or network address may ask of the relay, so
//! that one stolen cookie, link or password hurts nobody else.
//!
//! The relay enforces them; README and OpenAPI print [`TABLE`] (`make test` says how to write it anew). Lengths of single texts are in
//! [`crate::validate::text_limits`] and [`crate::model::call::Visitor`]. All figures are our decision.

mod table;

pub use table::{Bound, Row, TABLE, markdown};

use crate::routing::MAX_RECIPIENTS;

/// Token bucket: `burst` actions at once, then one more every `refill_millis`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Actions that a full bucket allows at once.
    pub burst: u64,
    /// Milliseconds until one more action is allowed.
    pub refill_millis: u64,
}

impl RateLimit {
    /// This many actions at once, and as many each minute afterwards as stated.
    #[must_use]
    pub const fn per_minute(actions: u64, burst: u64) -> Self {
        Self {
            burst,
            refill_millis: 60_000 / actions,
        }
    }

    /// Takes one action out of a bucket. A bucket is the time, in milliseconds, at which it will be full
    /// again; 0 is a full one. Returns the new bucket.
    ///
    /// A clock that was set back leaves at worst an empty bucket.
    ///
    /// # Errors
    /// Milliseconds to wait when the bucket is empty.
    pub const fn take(self, full_at: u64, now: u64) -> Result<u64, u64> {
        self.take_many(full_at, now, 1)
    }

    /// Takes several actions at once, or none.
    ///
    /// # Errors
    /// Milliseconds to wait when the bucket does not hold so many.
    pub const fn take_many(self, full_at: u64, now: u64, actions: u64) -> Result<u64, u64> {
        let latest = now + self.burst * self.refill_millis;
        let start = if full_at < now {
            now
        } else if full_at > latest {
            latest
        } else {
            full_at
        };
        let after = start + actions * self.refill_millis;
        if after > latest {
            Err(after - latest)
        } else {
            Ok(after)
        }
    }

    /// Puts one action back into a bucket, after a right password for example.
    #[must_use]
    pub const fn refund(self, full_at: u64) -> u64 {
        self.refund_many(full_at, 1)
    }

    /// Puts several actions back into a bucket.
    #[must_use]
    pub const fn refund_many(self, full_at: u64, actions: u64) -> u64 {
        full_at.saturating_sub(actions * self.refill_millis)
    }
}

/// Lifetime of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLifetime {
    /// Milliseconds without use after which the session ends.
    pub idle: u64,
    /// Milliseconds after which it ends in any case.
    pub total: u64,
}

impl SessionLifetime {
    /// Of an admin's session, in a browser that is paired as a tablet or not.
    #[must_use]
    pub const fn of_admin(on_tablet: bool) -> Self {
        if on_tablet {
            TABLET_SESSION
        } else {
            ADMIN_SESSION
        }
    }

    /// Of a session of a host's own page.
    #[must_use]
    pub const fn of_host(on_tablet: bool) -> Self {
        if on_tablet {
            TABLET_SESSION
        } else {
            HOST_SESSION
        }
    }

    /// True while a session that was opened and last used at these times goes on.
    #[must_use]
    pub const fn is_alive(self, opened: u64, used: u64, now: u64) -> bool {
        used + self.idle > now && opened + self.total > now
    }
}

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// New calls of one tablet. A busy lobby makes 30 a minute; the burst lets a tablet hand over what it
/// queued while it was offline. A large call counts as several: see [`CALL_ACTION_BYTES`].
pub const TABLET_CALLS: RateLimit = RateLimit::per_minute(30, 60);
/// Cancellations of one tablet: as many as its calls.
pub const TABLET_CANCELLATIONS: RateLimit = RateLimit::per_minute(30, 60);
/// Cancellations that one tablet may send ahead of their calls and that wait for them.
pub const TABLET_EARLY_CANCELLATIONS: usize = 100;
/// Open event streams of one tablet; the oldest is ended. An app that reloads leaves an old one behind for a
/// moment. Only tablets have event streams.
pub const TABLET_STREAMS: usize = 4;
/// Longest body of one call, in bytes: 100 messages and their trace.
pub const CALL_BYTES: usize = 512 * 1024;
/// Bytes of a call's body that all its messages together may take. Visitor and trace have the rest.
pub const CALL_TEXT_BYTES: usize = CALL_BYTES - 64 * 1024;
/// Each time so many bytes of a call's body count as one call more: 30 large calls a minute would fill a
/// disk.
pub const CALL_ACTION_BYTES: usize = 16 * 1024;
/// Deliveries of one call, its fallback not counted: everybody who can be told, and a room.
pub const CALL_DELIVERIES: usize = MAX_RECIPIENTS + 1;
/// Mentions in one message.
pub const MESSAGE_MENTIONS: usize = MAX_RECIPIENTS;
/// Steps of the trace that a call carries for the history.
pub const CALL_TRACE_STEPS: usize = 250;
/// Hosts and groups that the trace of a call may name.
pub const CALL_TRACE_NAMES: usize = 500;
/// Sign-ins and first runs from one address, right ones refunded.
pub const SIGN_INS: RateLimit = RateLimit::per_minute(10, 10);
/// Pairing codes tried from one address, right ones refunded.
pub const PAIRINGS: RateLimit = RateLimit::per_minute(10, 10);
/// Sign-ins and first runs from one IPv6 /48 network, right ones refunded. Providers hand out such networks
/// whole or in up to 65,536 parts.
pub const NETWORK_SIGN_INS: RateLimit = RateLimit::per_minute(30, 30);
/// Codes of the authenticator app, by everybody together: whoever tries one knows the password.
pub const AUTHENTICATOR_CODES: RateLimit = RateLimit {
    burst: 10,
    refill_millis: 5 * 60_000,
};
/// Recovery codes from one address. They cannot be guessed (121 bits), so tries from elsewhere do not count:
/// whoever has stolen the password must not shut the owner out of this way back.
pub const RECOVERY_CODES: RateLimit = RateLimit {
    burst: 10,
    refill_millis: 5 * 60_000,
};
/// Password checks that run at once; each takes some 20 MB for a fifth of a second.
pub const PASSWORD_CHECKS_RUNNING: usize = 2;
/// Password checks that wait for one of those; more are answered 503.
pub const PASSWORD_CHECKS_WAITING: usize = 16;
/// Changes that one host may make to their personal page.
pub const HOST_SAVES: RateLimit = RateLimit::per_minute(1, 60);
/// A host's changes become one version while they follow each other within this time, in milliseconds.
pub const HOST_VERSION_MILLIS: u64 = 60 * MINUTE;
/// Browsers in which one host is signed in; the one that was used longest ago is signed out.
pub const HOST_SESSIONS: usize = 20;
/// Browsers in which admins are signed in; the one that was used longest ago is signed out.
pub const ADMIN_SESSIONS: usize = 100;
/// Open connections of one address, or of one IPv6 /64 network; more are closed at once. Trusted proxies and
/// this machine, behind which many may call, have half of the process's open files instead.
pub const ADDRESS_CONNECTIONS: usize = 512;
/// Bytes of a tablet's request bodies that may be arriving at once: two of the largest calls.
pub const TABLET_BODY_BYTES: usize = 2 * CALL_BYTES;
/// Bytes of request bodies that may be arriving at once in one admin session: two of the largest settings.
pub const ADMIN_BODY_BYTES: usize = 8 * 1024 * 1024;
/// Bytes of a host's request bodies that may be arriving at once.
pub const HOST_BODY_BYTES: usize = 256 * 1024;
/// Bytes of request bodies that may be arriving at once from an address without a session.
pub const ADDRESS_BODY_BYTES: usize = 256 * 1024;

/// An admin's session: a working day without use, a week in all.
pub const ADMIN_SESSION: SessionLifetime = SessionLifetime {
    idle: 12 * HOUR,
    total: 7 * DAY,
};
/// A session of a host's own page: it changes little, and a host opens it a few times a year.
pub const HOST_SESSION: SessionLifetime = SessionLifetime {
    idle: 90 * DAY,
    total: 365 * DAY,
};
/// Either of them in a browser that is paired as a tablet: visitors use it too.
pub const TABLET_SESSION: SessionLifetime = SessionLifetime {
    idle: 15 * MINUTE,
    total: HOUR,
};
/// Milliseconds for which an admin need not show password and second step again before acts that another
/// person with the same cookie must not do.
pub const PROOF_MILLIS: u64 = 5 * MINUTE;

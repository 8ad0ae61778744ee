//! The limits as a table, for README and OpenAPI.

use std::fmt;

use super::{
    ADDRESS_CONNECTIONS, ADMIN_SESSIONS, AUTHENTICATOR_CODES, CALL_ACTION_BYTES, CALL_BYTES,
    CALL_DELIVERIES, CALL_TRACE_NAMES, CALL_TRACE_STEPS, HOST_SAVES, HOST_SESSIONS,
    MESSAGE_MENTIONS, NETWORK_SIGN_INS, PAIRINGS, PASSWORD_CHECKS_RUNNING, PASSWORD_CHECKS_WAITING,
    RECOVERY_CODES, RateLimit, SIGN_INS, TABLET_CALLS, TABLET_CANCELLATIONS,
    TABLET_EARLY_CANCELLATIONS, TABLET_STREAMS,
};

/// How much of something a caller may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// So often.
    Rate(RateLimit),
    /// So many.
    Count(usize),
    /// So many bytes.
    Bytes(usize),
}

/// One limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Whom it binds.
    pub caller: &'static str,
    /// What is limited.
    pub what: &'static str,
    /// How much of it.
    pub bound: Bound,
}

const fn rate(caller: &'static str, what: &'static str, limit: RateLimit) -> Row {
    let bound = Bound::Rate(limit);
    Row {
        caller,
        what,
        bound,
    }
}

const fn count(caller: &'static str, what: &'static str, most: usize) -> Row {
    let bound = Bound::Count(most);
    Row {
        caller,
        what,
        bound,
    }
}

const fn bytes(caller: &'static str, what: &'static str, most: usize) -> Row {
    let bound = Bound::Bytes(most);
    Row {
        caller,
        what,
        bound,
    }
}

/// Every limit of this module, by kind of caller.
pub const TABLE: &[Row] = &[
    rate("a tablet", "new calls", TABLET_CALLS),
    bytes("", "one call", CALL_BYTES),
    bytes("", "each counts as one call more", CALL_ACTION_BYTES),
    count("", "deliveries of one call", CALL_DELIVERIES),
    count("", "mentions in one message", MESSAGE_MENTIONS),
    count("", "steps of a call's trace", CALL_TRACE_STEPS),
    count("", "hosts and groups named in the trace", CALL_TRACE_NAMES),
    rate("", "new cancellations", TABLET_CANCELLATIONS),
    count(
        "",
        "cancellations kept ahead of their calls, the latest ones",
        TABLET_EARLY_CANCELLATIONS,
    ),
    count("", "open event streams, the latest ones", TABLET_STREAMS),
    count("all admins", "sessions, the latest ones", ADMIN_SESSIONS),
    rate(
        "",
        "wrong codes of the authenticator app",
        AUTHENTICATOR_CODES,
    ),
    rate("a host", "changes of their own page", HOST_SAVES),
    count("", "sessions, the latest ones", HOST_SESSIONS),
    rate("a network address", "wrong passwords and links", SIGN_INS),
    rate("", "wrong recovery codes", RECOVERY_CODES),
    rate("", "wrong pairing codes", PAIRINGS),
    count("", "open connections", ADDRESS_CONNECTIONS),
    rate(
        "an IPv6 /48 network",
        "wrong passwords and links",
        NETWORK_SIGN_INS,
    ),
    count(
        "everybody",
        "password checks at once",
        PASSWORD_CHECKS_RUNNING,
    ),
    count("", "password checks waiting", PASSWORD_CHECKS_WAITING),
];

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Rate(RateLimit {
                burst,
                refill_millis,
            }) => {
                write!(f, "{burst} at once, then ")?;
                match (60_000 / refill_millis.max(1), refill_millis / 60_000) {
                    (0, minutes) => write!(f, "1 every {minutes} minutes"),
                    (each, _) => write!(f, "{each} a minute"),
                }
            }
            Self::Count(most) => write!(f, "{most}"),
            Self::Bytes(most) => write!(f, "{} KiB", most / 1024),
        }
    }
}

/// [`TABLE`] in Markdown. A caller is named in the first of its rows.
#[must_use]
pub fn markdown() -> String {
    let rows = TABLE.iter().map(|row| {
        let Row {
            caller,
            what,
            bound,
        } = row;
        format!("| {caller} | {what} | {bound} |\n")
    });
    format!(
        "| caller | what | limit |\n|---|---|---|\n{}",
        rows.collect::<String>()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_reads_as_people_say_it() {
        let rate = |limit| Bound::Rate(limit).to_string();
        assert_eq!(
            rate(RateLimit::per_minute(30, 60)),
            "60 at once, then 30 a minute"
        );
        let slow = RateLimit {
            burst: 10,
            refill_millis: 300_000,
        };
        assert_eq!(rate(slow), "10 at once, then 1 every 5 minutes");
        assert_eq!(Bound::Bytes(512 * 1024).to_string(), "512 KiB");
        assert!(markdown().contains("| a tablet | new calls | 60 at once, then 30 a minute |"));
    }
}

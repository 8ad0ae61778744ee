//! Table of the limits that README and OpenAPI show.

use std::fmt;

use super::{
    ADDRESS_BODY_BYTES, ADDRESS_CONNECTIONS, ADDRESS_WAITING_TABLETS, ADMIN_BODY_BYTES,
    ADMIN_SESSIONS, AUTHENTICATOR_CODES, CALL_ACTION_BYTES, CALL_BYTES, CALL_DELIVERIES,
    CALL_LATER_DELIVERIES, CALL_TRACE_NAMES, CALL_TRACE_STEPS, HOST_BODY_BYTES, HOST_SAVES,
    HOST_SESSIONS, MESSAGE_MENTIONS, NETWORK_SIGN_INS, PAIRING_REQUESTS, PAIRINGS,
    PASSWORD_CHECKS_RUNNING, PASSWORD_CHECKS_WAITING, RECOVERY_CODES, RateLimit, SIGN_INS,
    TABLET_BODY_BYTES, TABLET_CALLS, TABLET_CANCELLATIONS, TABLET_EARLY_CANCELLATIONS,
    TABLET_STREAMS, WAITING_TABLETS, WEBHOOK_BYTES,
};

/// Allowed maximum of a limited quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitBound {
    /// Actions over time.
    Rate(RateLimit),
    /// Number of items.
    Count(usize),
    /// Number of bytes.
    Bytes(usize),
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitRow {
    /// Kind of caller; empty when the same as in the row above.
    pub caller: &'static str,
    /// Limited quantity, in words.
    pub what: &'static str,
    /// The allowed maximum.
    pub bound: LimitBound,
}

const fn row(caller: &'static str, what: &'static str, bound: LimitBound) -> LimitRow {
    LimitRow {
        caller,
        what,
        bound,
    }
}

/// Limits that README and OpenAPI show, by kind of caller.
pub const LIMIT_TABLE: &[LimitRow] = &[
    row("a tablet", "new calls", LimitBound::Rate(TABLET_CALLS)),
    row("", "one call", LimitBound::Bytes(CALL_BYTES)),
    row(
        "",
        "each counts as one call more",
        LimitBound::Bytes(CALL_ACTION_BYTES),
    ),
    row(
        "",
        "deliveries of one call",
        LimitBound::Count(CALL_DELIVERIES),
    ),
    row(
        "",
        "later messages of one call, when nobody answers",
        LimitBound::Count(CALL_LATER_DELIVERIES),
    ),
    row(
        "",
        "mentions in one message",
        LimitBound::Count(MESSAGE_MENTIONS),
    ),
    row(
        "",
        "steps of a call's trace",
        LimitBound::Count(CALL_TRACE_STEPS),
    ),
    row(
        "",
        "hosts and groups named in the trace",
        LimitBound::Count(CALL_TRACE_NAMES),
    ),
    row(
        "",
        "new cancellations",
        LimitBound::Rate(TABLET_CANCELLATIONS),
    ),
    row(
        "",
        "cancellations kept ahead of their calls, the latest ones",
        LimitBound::Count(TABLET_EARLY_CANCELLATIONS),
    ),
    row(
        "",
        "open event streams, the latest ones",
        LimitBound::Count(TABLET_STREAMS),
    ),
    row(
        "",
        "request bodies still arriving",
        LimitBound::Bytes(TABLET_BODY_BYTES),
    ),
    row(
        "an admin's session",
        "request bodies still arriving",
        LimitBound::Bytes(ADMIN_BODY_BYTES),
    ),
    row(
        "all admins",
        "sessions, the latest ones",
        LimitBound::Count(ADMIN_SESSIONS),
    ),
    row(
        "",
        "wrong codes of the authenticator app",
        LimitBound::Rate(AUTHENTICATOR_CODES),
    ),
    row(
        "a host",
        "changes of their own page",
        LimitBound::Rate(HOST_SAVES),
    ),
    row(
        "",
        "sessions, the latest ones",
        LimitBound::Count(HOST_SESSIONS),
    ),
    row(
        "",
        "request bodies still arriving",
        LimitBound::Bytes(HOST_BODY_BYTES),
    ),
    row(
        "a network address",
        "wrong passwords and links",
        LimitBound::Rate(SIGN_INS),
    ),
    row("", "wrong recovery codes", LimitBound::Rate(RECOVERY_CODES)),
    row("", "wrong pairing codes", LimitBound::Rate(PAIRINGS)),
    row(
        "",
        "new requests of unpaired tablets",
        LimitBound::Rate(PAIRING_REQUESTS),
    ),
    row(
        "",
        "unpaired tablets waiting for approval",
        LimitBound::Count(ADDRESS_WAITING_TABLETS),
    ),
    row(
        "",
        "open connections",
        LimitBound::Count(ADDRESS_CONNECTIONS),
    ),
    row(
        "",
        "request bodies still arriving, without a session",
        LimitBound::Bytes(ADDRESS_BODY_BYTES),
    ),
    row(
        "",
        "one event of Chatwork's webhook",
        LimitBound::Bytes(WEBHOOK_BYTES),
    ),
    row(
        "an IPv6 /48 network",
        "wrong passwords and links",
        LimitBound::Rate(NETWORK_SIGN_INS),
    ),
    row(
        "everybody",
        "password checks at once",
        LimitBound::Count(PASSWORD_CHECKS_RUNNING),
    ),
    row(
        "",
        "password checks waiting",
        LimitBound::Count(PASSWORD_CHECKS_WAITING),
    ),
    row(
        "",
        "unpaired tablets waiting for approval",
        LimitBound::Count(WAITING_TABLETS),
    ),
];

impl fmt::Display for LimitBound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Rate(RateLimit {
                burst,
                refill_millis,
            }) => {
                write!(f, "{burst} at once, then ")?;
                match (60_000 / refill_millis.max(1), refill_millis / 60_000) {
                    (0, minutes) => write!(f, "1 every {minutes} minutes"),
                    (actions, _) => write!(f, "{actions} a minute"),
                }
            }
            Self::Count(count) => write!(f, "{count}"),
            Self::Bytes(bytes) => write!(f, "{} KiB", bytes / 1024),
        }
    }
}

/// [`LIMIT_TABLE`] as Markdown.
#[must_use]
pub fn limit_table_markdown() -> String {
    let rows = LIMIT_TABLE.iter().map(|row| {
        let LimitRow {
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
    fn a_bound_is_formatted_for_readers() {
        let rate = |limit| LimitBound::Rate(limit).to_string();
        assert_eq!(
            rate(RateLimit::per_minute(30, 60)),
            "60 at once, then 30 a minute"
        );
        let slow = RateLimit {
            burst: 10,
            refill_millis: 300_000,
        };
        assert_eq!(rate(slow), "10 at once, then 1 every 5 minutes");
        assert_eq!(LimitBound::Bytes(512 * 1024).to_string(), "512 KiB");
        assert!(
            limit_table_markdown()
                .contains("| a tablet | new calls | 60 at once, then 30 a minute |")
        );
    }
}

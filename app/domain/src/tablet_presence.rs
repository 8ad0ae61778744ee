//! Presence of a tablet, from its pairing, its event stream and the time since its last heartbeat, which the relay
//! measures.

use crate::alarm::SILENCE_MILLIS;

/// Presence of a tablet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TabletPresence {
    /// No tablet is paired as the device.
    Unpaired,
    /// Paired and connected.
    Connected,
    /// Paired and without an event stream, but not for long: it may be starting.
    Away,
    /// Paired, and without a heartbeat for [`SILENCE_MILLIS`] or longer.
    Silent,
}

impl TabletPresence {
    /// Presence of a tablet; `silent_millis` is the time since its latest pairing or heartbeat, `None` when no tablet
    /// is paired. An open stream alone does not make a tablet present: the connection of a tablet that was unplugged
    /// stays open for minutes.
    #[must_use]
    pub fn of(is_paired: bool, has_stream: bool, silent_millis: Option<u64>) -> Self {
        let is_silent = silent_millis.is_some_and(|millis| millis >= SILENCE_MILLIS);
        if !is_paired {
            Self::Unpaired
        } else if is_silent {
            Self::Silent
        } else if has_stream {
            Self::Connected
        } else {
            Self::Away
        }
    }
}

/// Time after which an unpaired tablet that no longer asks for approval counts as closed, in milliseconds. It asks
/// every two seconds while its screen shows the kiosk, and after a failed request every 30 seconds. Our decision.
const CLOSED_MILLIS: u64 = 60_000;
/// Silence after which a tablet is replaced without a question, in milliseconds. Our decision.
const REPLACED_UNASKED_MILLIS: u64 = 60 * 60_000;

/// True when an unpaired tablet has stopped asking for approval; `silent_millis` is the time since its latest
/// request.
#[must_use]
pub fn has_stopped_asking(silent_millis: u64) -> bool {
    silent_millis >= CLOSED_MILLIS
}

/// True when an admin must confirm that a paired tablet is replaced; `silent_millis` is the time since its latest
/// pairing or heartbeat.
#[must_use]
pub fn needs_confirmation(silent_millis: Option<u64>) -> bool {
    silent_millis.is_none_or(|millis| millis < REPLACED_UNASKED_MILLIS)
}

/// True when a tablet runs an older app than the relay serves. Versions that are not dotted numbers are never older.
#[must_use]
pub fn is_older_version(version: &str, served: &str) -> bool {
    let numbers = |version: &str| -> Option<Vec<u64>> {
        let parts = version.split('.');
        parts.map(|part| part.parse().ok()).collect()
    };
    match (numbers(version), numbers(served)) {
        (Some(version), Some(served)) => version < served,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tablet_is_silent_from_the_third_minute_on_whatever_its_stream_says() {
        for (is_paired, has_stream, silent_millis, expected) in [
            (true, true, Some(0), TabletPresence::Connected),
            (
                true,
                true,
                Some(SILENCE_MILLIS - 1),
                TabletPresence::Connected,
            ),
            (true, true, Some(SILENCE_MILLIS), TabletPresence::Silent),
            (true, false, Some(SILENCE_MILLIS - 1), TabletPresence::Away),
            (true, false, Some(SILENCE_MILLIS), TabletPresence::Silent),
            (true, false, None, TabletPresence::Away),
        ] {
            let presence = TabletPresence::of(is_paired, has_stream, silent_millis);
            assert_eq!(
                presence, expected,
                "stream {has_stream}, {silent_millis:?} ms"
            );
        }
    }

    #[test]
    fn a_device_that_no_tablet_is_paired_as_is_not_silent() {
        for silent_millis in [None, Some(u64::MAX)] {
            let presence = TabletPresence::of(false, false, silent_millis);
            assert_eq!(presence, TabletPresence::Unpaired);
        }
    }

    #[test]
    fn an_unpaired_tablet_counts_as_closed_after_a_minute_without_a_request() {
        assert!(!has_stopped_asking(CLOSED_MILLIS - 1));
        assert!(has_stopped_asking(CLOSED_MILLIS));
    }

    #[test]
    fn only_a_tablet_that_was_silent_for_long_is_replaced_without_a_question() {
        for (silent_millis, expected) in [
            (Some(0), true),
            (Some(SILENCE_MILLIS), true),
            (Some(REPLACED_UNASKED_MILLIS - 1), true),
            (Some(REPLACED_UNASKED_MILLIS), false),
            (None, true),
        ] {
            assert_eq!(
                needs_confirmation(silent_millis),
                expected,
                "{silent_millis:?}"
            );
        }
    }

    #[test]
    fn versions_are_compared_by_their_numbers() {
        for (version, served, is_older) in [
            ("1.9.0", "1.10.0", true),
            ("1.10.0", "1.9.0", false),
            ("1.2.3", "1.2.3", false),
            ("1.2", "1.2.1", true),
            ("nightly", "1.0.0", false),
            ("", "1.0.0", false),
        ] {
            assert_eq!(
                is_older_version(version, served),
                is_older,
                "{version} beside {served}"
            );
        }
    }
}

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

//! Leader lease among the relays on one database: how long it lasts, when a relay asks for it again, and which relay
//! gets it.

/// Duration of the lease, in milliseconds. A call waits that long when the leader is gone.
pub const LEASE_MILLIS: u64 = 5_000;
/// Remaining time below which the leader renews the lease, in milliseconds.
const RENEW_BEFORE_END_MILLIS: u64 = 2_500;

/// Lease as one relay knows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeaderLease {
    /// True when this relay holds it.
    pub is_ours: bool,
    /// End of the lease, in milliseconds since 1970.
    pub ends_at: u64,
}

impl LeaderLease {
    /// True while the relay need not ask for the lease: another relay holds it, or it is ours and not near its end.
    /// False for an end that is too far away, which means that the clock was set back.
    #[must_use]
    pub fn is_current(self, now: u64) -> bool {
        let min_end = if self.is_ours {
            now + RENEW_BEFORE_END_MILLIS
        } else {
            now + 1
        };
        (min_end..=now + LEASE_MILLIS).contains(&self.ends_at)
    }

    /// Lease after this relay, at `now`, has asked for the one that is stored: this relay leads once the lease of another
    /// one has ended. An end too far ahead is from a clock that is ahead of ours, and counts as a whole lease from now.
    #[must_use]
    pub fn requested(self, now: u64) -> Self {
        let is_ours = self.is_ours || self.ends_at <= now;
        let whole = now + LEASE_MILLIS;
        let ends_at = if is_ours {
            whole
        } else {
            self.ends_at.min(whole)
        };
        Self { is_ours, ends_at }
    }

    /// Returns when another relay's lease ends; `None` while this relay leads.
    #[must_use]
    pub fn held_by_other_until(self) -> Option<u64> {
        (!self.is_ours).then_some(self.ends_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_is_renewed_before_it_expires_and_after_the_clock_was_set_back() {
        let ours = LeaderLease {
            is_ours: true,
            ends_at: 10_000,
        };
        assert!(ours.is_current(5_000) && ours.is_current(7_500));
        assert!(!ours.is_current(7_501), "less than half of it is left");
        assert!(
            !ours.is_current(4_000),
            "the clock was set back: 6 s are left of 5 s"
        );
        let others = LeaderLease {
            is_ours: false,
            ..ours
        };
        assert!(others.is_current(9_999), "another relay's lease is awaited");
        assert!(!others.is_current(10_000));
    }

    #[test]
    fn a_relay_leads_once_the_lease_of_another_one_has_ended() {
        let stored = |is_ours, ends_at| LeaderLease { is_ours, ends_at };
        let now = 10_000;
        for (lease, requested) in [
            (stored(true, 12_000), stored(true, 15_000)),
            (stored(true, 1_000), stored(true, 15_000)),
            (stored(false, 10_001), stored(false, 10_001)),
            (stored(false, 10_000), stored(true, 15_000)),
            (stored(false, 99_000), stored(false, 15_000)),
        ] {
            assert_eq!(lease.requested(now), requested, "{lease:?}");
        }
    }
}

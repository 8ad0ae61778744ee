//! Leader lease among the relays on one database: how long it lasts, and when a relay asks for it again.

/// Duration of the lease, in milliseconds. A call waits that long when the leader is gone.
pub const LEASE_MILLIS: u64 = 5_000;
/// Remaining time below which the leader renews the lease, in milliseconds.
const RENEW_BEFORE_END_MILLIS: u64 = 2_500;

/// Lease as one relay knows it.
#[derive(Clone, Copy, Debug, Default)]
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
}

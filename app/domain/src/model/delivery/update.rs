//! Update of a delivery after work on it: its new state, and when it is due again. The clock and the jitter are arguments.

use super::DeliveryState;
use crate::backoff;

/// Largest distance into the future, in milliseconds, of a time at which a row of the relay is due or its lease ends. A
/// time further away was computed before the clock was set back. Deadlines have limits of their own.
pub const MAX_FUTURE_MILLIS: u64 = 10 * 60 * 1000;

/// Update of a delivery after work on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryUpdate {
    /// New state.
    pub state: DeliveryState,
    /// Time of the next attempt or lookup, in milliseconds since 1970; unused by final states.
    pub due_at: u64,
    /// Number of retries so far, which selects the backoff delay.
    pub retry_count: u64,
}

impl DeliveryUpdate {
    /// Update to a final state: nothing is due.
    #[must_use]
    pub fn end(state: DeliveryState) -> Self {
        Self::again(state, 0, 0)
    }

    /// Update for another attempt or lookup at `due_at`, which is no failure and does not count as a retry.
    #[must_use]
    pub fn again(state: DeliveryState, due_at: u64, retry_count: u64) -> Self {
        Self {
            state,
            due_at,
            retry_count,
        }
    }

    /// Update for another attempt or lookup after the backoff delay, as one more retry. `jitter`, 0 to 1, spreads the
    /// delay.
    #[must_use]
    pub fn back_off(state: DeliveryState, now: u64, retry_count: u64, jitter: f64) -> Self {
        let delays = match state {
            DeliveryState::Unknown => backoff::LOOKUP_DELAYS,
            _ => backoff::POST_DELAYS,
        };
        let retry_count = retry_count + 1;
        let due_at = now + backoff::delay_millis(delays, retry_count, jitter);
        Self::again(state, due_at, retry_count)
    }

    /// Moves a due time that was computed before the clock was set back to `now`.
    #[must_use]
    pub fn clamped(mut self, now: u64) -> Self {
        if self.due_at > now + MAX_FUTURE_MILLIS {
            self.due_at = now;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_000;

    #[test]
    fn a_post_and_a_lookup_back_off_by_their_own_delays() {
        let after = |state: DeliveryState, retry_count| {
            let update = DeliveryUpdate::back_off(state.clone(), NOW, retry_count, 0.5);
            assert_eq!((update.state, update.retry_count), (state, retry_count + 1));
            update.due_at - NOW
        };
        assert_eq!(after(DeliveryState::Waiting, 0), 2_000);
        assert_eq!(after(DeliveryState::Waiting, 9), 30_000);
        assert_eq!(after(DeliveryState::Unknown, 9), 240_000);
    }

    #[test]
    fn a_due_time_of_the_old_clock_is_clamped() {
        const DAY: u64 = 86_400_000;
        const LONGEST_DELAY: u64 = 300_000;
        let clamped = |due_at| {
            let update = DeliveryUpdate::again(DeliveryState::Waiting, due_at, 1);
            update.clamped(NOW).due_at
        };
        assert_eq!(clamped(NOW + DAY), NOW);
        let retry = NOW + LONGEST_DELAY;
        assert_eq!(clamped(retry), retry, "the longest delay of the backoff");
    }
}

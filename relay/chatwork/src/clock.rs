//! Clock of the relay. Deadlines, codes, sessions and limits use it, so that tests can set it instead of
//! sleeping. Stored times come from [`Clock::now`]; durations in memory are measured with [`Clock::monotonic`].

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;
use tokio::time::Instant;
use yobirin_api::Millis;

/// The machine's clock, moved by [`Clock::advance`] and [`Clock::set_back`]. Clones share the offset.
#[derive(Clone, Debug)]
pub struct Clock(Arc<watch::Sender<Offset>>);

#[derive(Clone, Copy, Debug)]
struct Offset {
    /// Milliseconds that the clock was moved by.
    ahead: i64,
    /// Time from which on the clock runs `speed` times as fast.
    origin: Millis,
    speed: u64,
    /// Start of the monotonic time.
    started: Instant,
    /// Monotonic time at the start, plus the steps by which tests have set the clock ahead since.
    monotonic_base: Millis,
}

impl Offset {
    fn now(self) -> Millis {
        // A machine set before 1970 reads as 1970.
        let machine = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let passed = millis(machine).saturating_sub(self.origin);
        self.origin
            .saturating_add(passed.saturating_mul(self.speed))
            .saturating_add_signed(self.ahead)
    }

    fn monotonic(self) -> Millis {
        self.monotonic_base + millis(self.started.elapsed()) * self.speed
    }
}

fn millis(duration: Duration) -> Millis {
    Millis::try_from(duration.as_millis()).unwrap_or(Millis::MAX)
}

impl Clock {
    /// The machine's own time.
    #[must_use]
    pub fn system() -> Self {
        Self::scaled(0, 1)
    }

    /// A clock that runs `speed` times as fast since `origin`. Processes with the same arguments agree, and a
    /// test sees an hour pass in minutes.
    #[must_use]
    pub fn scaled(origin: Millis, speed: u64) -> Self {
        let mut offset = Offset {
            ahead: 0,
            origin,
            speed: speed.max(1),
            started: Instant::now(),
            monotonic_base: 0,
        };
        offset.monotonic_base = offset.now();
        Self(Arc::new(watch::Sender::new(offset)))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn now(&self) -> Millis {
        self.0.borrow().now()
    }

    /// Milliseconds of a clock that starts at the time of [`Clock::now`] and is never set back.
    #[must_use]
    pub fn monotonic(&self) -> Millis {
        self.0.borrow().monotonic()
    }

    /// Sets the clock ahead.
    pub fn advance(&self, by: Duration) {
        self.move_by(i64::try_from(by.as_millis()).unwrap_or_default());
    }

    /// Sets the clock back.
    pub fn set_back(&self, by: Duration) {
        self.move_by(-i64::try_from(by.as_millis()).unwrap_or_default());
    }

    fn move_by(&self, by: i64) {
        self.0.send_modify(|offset| {
            offset.ahead += by;
            // 0 for a step back: the monotonic clock is never set back.
            offset.monotonic_base += u64::try_from(by).unwrap_or_default();
        });
    }

    /// Waits for this long.
    pub async fn sleep(&self, wait: Millis) {
        let now = self.now();
        self.sleep_until(now + wait, now).await;
    }

    /// Waits until the clock shows `until`, for `until - now` at most, so that a clock that is set back meanwhile
    /// prolongs no wait.
    pub async fn sleep_until(&self, until: Millis, now: Millis) {
        let mut changes = self.0.subscribe();
        let speed = self.0.borrow().speed;
        let remaining = |now: Millis| Duration::from_millis(until.saturating_sub(now) / speed);
        let latest = Instant::now() + remaining(now);
        while self.now() < until && Instant::now() < latest {
            // The division has a remainder, so sleep a millisecond at least.
            let remaining = remaining(self.now()).max(Duration::from_millis(1));
            tokio::select! {
                () = tokio::time::sleep_until(latest.min(Instant::now() + remaining)) => {}
                // The sender lives as long as `self`, so this cannot fail while we wait.
                _ = changes.changed() => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_MS: Millis = 3_600_000;
    const HOUR: Duration = Duration::from_millis(HOUR_MS);
    const TIMEOUT: Duration = Duration::from_secs(5);

    #[tokio::test]
    async fn advancing_the_clock_wakes_its_waiters() {
        let clock = Clock::system();
        let now = clock.now();
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep_until(now + HOUR_MS, now).await }
        });
        tokio::task::yield_now().await;
        clock.advance(HOUR);
        tokio::time::timeout(TIMEOUT, sleeper)
            .await
            .unwrap()
            .unwrap();
    }

    #[tokio::test]
    async fn setting_the_clock_back_delays_no_waiter() {
        let clock = Clock::system();
        let now = clock.now();
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep_until(now + 50, now).await }
        });
        tokio::task::yield_now().await;
        clock.set_back(HOUR);
        tokio::time::timeout(TIMEOUT, sleeper)
            .await
            .unwrap()
            .unwrap();
        assert!(clock.now() < now + 50);
    }

    #[tokio::test]
    async fn a_wait_that_begins_after_a_step_back_is_not_longer() {
        let clock = Clock::system();
        let now = clock.now();
        clock.set_back(HOUR);
        tokio::time::timeout(TIMEOUT, clock.sleep_until(now + 50, now))
            .await
            .unwrap();
        assert!(clock.now() < now + 50);
    }

    #[test]
    fn the_monotonic_clock_follows_a_step_ahead_and_no_step_back() {
        let clock = Clock::system();
        let started = clock.monotonic();
        clock.set_back(HOUR);
        let later = clock.monotonic();
        assert!(later >= started && clock.now() < started);
        clock.advance(HOUR);
        assert!(clock.monotonic() >= later + HOUR_MS);
    }

    #[test]
    fn scaled_clocks_with_the_same_arguments_agree() {
        let origin = Clock::system().now() - 1_000;
        let (one, other) = (Clock::scaled(origin, 10), Clock::scaled(origin, 10));
        let (early, late) = (one.now(), other.now());
        assert!(early >= origin + 10_000 && early <= late);
    }
}

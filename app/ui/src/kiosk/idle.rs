//! When a tablet that nobody touches goes back to its menu. The clock is an argument; the shell
//! ticks this once a second and tells it about every touch.

use yobirin_api::Millis;

/// What the screen is for, as far as patience is concerned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Phase {
    /// The menu, untouched.
    #[default]
    Rest,
    /// Outside opening hours somebody has touched the screen: time to read when to come again.
    Awake,
    /// A visitor is choosing or typing.
    Input,
    /// A call is under way. It goes on when the visitor has gone.
    Waiting,
    /// Somebody has been notified, or a call taken back.
    Notified,
    /// Nobody has been notified: time to read whom to ask instead.
    Failed,
}

/// How long a phase lasts without a touch, and how many of its last seconds are counted down.
struct Limit {
    seconds: u64,
    counted: u64,
}

impl Phase {
    fn limit(self) -> Option<Limit> {
        let (seconds, counted) = match self {
            Self::Rest => return None,
            Self::Awake => (30, 0),
            Self::Input => (60, 20),
            Self::Waiting => (180, 30),
            Self::Notified => (30, 30),
            Self::Failed => (120, 20),
        };
        Some(Limit { seconds, counted })
    }
}

/// What is left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Countdown {
    /// Enough.
    #[default]
    Long,
    /// These many seconds: shown.
    Seconds(u64),
    /// Nothing: back to the menu.
    Over,
}

/// Since when nobody has touched the tablet, and in which phase.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Idle {
    phase: Phase,
    since: Millis,
}

impl Idle {
    /// Somebody touched something.
    pub(super) fn touch(&mut self, now: Millis) {
        self.since = now;
    }

    /// What is left at `now`. A phase that has just begun lasts its whole time, and a clock that was
    /// set back starts anew.
    pub(super) fn tick(&mut self, now: Millis, phase: Phase) -> Countdown {
        if self.phase != phase || now < self.since {
            self.phase = phase;
            self.since = now;
        }
        let Some(limit) = phase.limit() else {
            return Countdown::Long;
        };
        let left = limit.seconds.saturating_sub((now - self.since) / 1000);
        match left {
            0 => Countdown::Over,
            left if left <= limit.counted => Countdown::Seconds(left),
            _ => Countdown::Long,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_twenty_seconds_of_a_minute_are_counted_down() {
        let mut idle = Idle::default();
        idle.tick(0, Phase::Input);
        assert_eq!(idle.tick(39_999, Phase::Input), Countdown::Long);
        assert_eq!(idle.tick(40_000, Phase::Input), Countdown::Seconds(20));
        assert_eq!(idle.tick(59_999, Phase::Input), Countdown::Seconds(1));
        assert_eq!(idle.tick(60_000, Phase::Input), Countdown::Over);
    }

    #[test]
    fn any_touch_gives_the_whole_time_again() {
        let mut idle = Idle::default();
        idle.tick(0, Phase::Input);
        assert_eq!(idle.tick(59_000, Phase::Input), Countdown::Seconds(1));
        idle.touch(59_500);
        assert_eq!(idle.tick(60_000, Phase::Input), Countdown::Long);
    }

    #[test]
    fn a_wait_is_longer_and_what_follows_it_has_its_whole_time() {
        let mut idle = Idle::default();
        assert_eq!(idle.tick(0, Phase::Waiting), Countdown::Long);
        assert_eq!(idle.tick(149_000, Phase::Waiting), Countdown::Long);
        assert_eq!(idle.tick(150_000, Phase::Waiting), Countdown::Seconds(30));
        idle.touch(150_500);
        assert_eq!(idle.tick(151_000, Phase::Waiting), Countdown::Long);
        assert_eq!(idle.tick(152_000, Phase::Notified), Countdown::Seconds(30));
        assert_eq!(idle.tick(182_000, Phase::Notified), Countdown::Over);
    }

    #[test]
    fn a_clock_that_jumps_back_does_not_hold_the_screen() {
        let mut idle = Idle::default();
        idle.tick(1_000_000, Phase::Input);
        assert_eq!(idle.tick(500_000, Phase::Input), Countdown::Long);
        assert_eq!(idle.tick(560_000, Phase::Input), Countdown::Over);
    }
}

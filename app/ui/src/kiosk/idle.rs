//! Idle timer: decides when a tablet that nobody touches goes back to its menu. The present time is an argument.

use yobirin_api::Millis;

/// Phase of a visit, which determines the idle timeout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum IdlePhase {
    /// The menu, untouched.
    #[default]
    Untouched,
    /// Outside opening hours, somebody has touched the screen and reads the opening hours.
    ClosedNotice,
    /// The menu in another language, in another text size, or under a dialog. A visitor has typed nothing that could
    /// be lost, so the tablet goes back without a countdown, which would move the menu's buttons.
    ChangedMenu,
    /// A visitor is choosing or typing.
    Input,
    /// A call is being sent. It continues when the visitor has left.
    Waiting,
    /// The call has notified somebody and awaits no answer, or was cancelled.
    Notified,
    /// The call has notified somebody, and the visitor waits for an answer. Holds the number of changes on the screen,
    /// because each change restarts the timer.
    Listening(u32),
    /// The call was answered. Holds the number of changes on the screen, as [`Self::Listening`] does.
    Answered(u32),
    /// The call has failed, its cancellation is unconfirmed, or nobody answers: the screen shows the contact.
    Failed,
}

/// Time until the tablet goes back to its menu.
struct IdleTimeout {
    seconds: u64,
    /// The last seconds of it, which are counted down on the screen.
    countdown_seconds: u64,
}

impl IdlePhase {
    /// The timeout; `None` for the menu, which needs none.
    fn timeout(self) -> Option<IdleTimeout> {
        let (seconds, countdown_seconds) = match self {
            Self::Untouched => return None,
            Self::ClosedNotice => (30, 0),
            Self::ChangedMenu => (90, 0),
            Self::Input => (60, 20),
            Self::Waiting => (180, 30),
            Self::Notified => (30, 30),
            Self::Listening(_) => (300, 30),
            Self::Answered(_) => (60, 30),
            Self::Failed => (120, 20),
        };
        Some(IdleTimeout {
            seconds,
            countdown_seconds,
        })
    }
}

/// Time between two ticks above which the clock was set ahead or the tablet slept. Ticks come once a second, in a hidden
/// tab once a minute.
const MAX_TICK_INTERVAL_MS: Millis = 5 * 60_000;

/// Countdown on the screen until the tablet goes back to its menu.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Countdown {
    /// Not shown.
    #[default]
    Hidden,
    /// Seconds left.
    Seconds(u64),
    /// The time is up: back to the menu.
    Elapsed,
}

/// Timer that each input and each new phase restarts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct IdleTimer {
    phase: IdlePhase,
    started_at: Millis,
    last_tick_at: Millis,
}

impl IdleTimer {
    /// Restarts the timer after an input.
    pub(super) fn touch(&mut self, now: Millis) {
        self.started_at = now;
    }

    /// The countdown at `now`. The timer restarts with a new phase, and when the clock was set back. While a call
    /// is being sent, it also restarts when the clock was set ahead or the tablet slept: what became of the call is shown
    /// before the screen goes back to the menu.
    pub(super) fn tick(&mut self, now: Millis, phase: IdlePhase) -> Countdown {
        let is_ahead = now > self.last_tick_at + MAX_TICK_INTERVAL_MS;
        self.last_tick_at = now;
        let is_call_unresolved = is_ahead && phase == IdlePhase::Waiting;
        if self.phase != phase || now < self.started_at || is_call_unresolved {
            self.phase = phase;
            self.started_at = now;
        }
        let Some(timeout) = phase.timeout() else {
            return Countdown::Hidden;
        };
        let elapsed_seconds = (now - self.started_at) / 1000;
        let seconds_left = timeout.seconds.saturating_sub(elapsed_seconds);
        match seconds_left {
            0 => Countdown::Elapsed,
            seconds_left if seconds_left <= timeout.countdown_seconds => {
                Countdown::Seconds(seconds_left)
            }
            _ => Countdown::Hidden,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_twenty_seconds_of_a_minute_are_counted_down() {
        let mut idle = IdleTimer::default();
        idle.tick(0, IdlePhase::Input);
        assert_eq!(idle.tick(39_999, IdlePhase::Input), Countdown::Hidden);
        assert_eq!(idle.tick(40_000, IdlePhase::Input), Countdown::Seconds(20));
        assert_eq!(idle.tick(59_999, IdlePhase::Input), Countdown::Seconds(1));
        assert_eq!(idle.tick(60_000, IdlePhase::Input), Countdown::Elapsed);
    }

    #[test]
    fn a_clock_set_ahead_takes_nobody_from_an_unsent_call_and_everybody_from_a_form() {
        let minutes = |count: u64| count * 60_000;
        for (phase, expected) in [
            (IdlePhase::Waiting, Countdown::Hidden),
            (IdlePhase::Input, Countdown::Elapsed),
        ] {
            let mut idle = IdleTimer::default();
            idle.tick(minutes(100), phase);
            assert_eq!(idle.tick(minutes(120), phase), expected, "{phase:?}");
        }
    }

    #[test]
    fn the_menu_changes_back_without_a_countdown() {
        let mut idle = IdleTimer::default();
        for second in 0..90 {
            let countdown = idle.tick(second * 1_000, IdlePhase::ChangedMenu);
            assert_eq!(countdown, Countdown::Hidden, "after {second} s");
        }
        let end = idle.tick(90_000, IdlePhase::ChangedMenu);
        assert_eq!(end, Countdown::Elapsed);
    }

    #[test]
    fn any_input_restarts_the_timer() {
        let mut idle = IdleTimer::default();
        idle.tick(0, IdlePhase::Input);
        assert_eq!(idle.tick(59_000, IdlePhase::Input), Countdown::Seconds(1));
        idle.touch(59_500);
        assert_eq!(idle.tick(60_000, IdlePhase::Input), Countdown::Hidden);
    }

    #[test]
    fn waiting_has_a_longer_timeout_and_the_next_phase_its_full_one() {
        let mut idle = IdleTimer::default();
        assert_eq!(idle.tick(0, IdlePhase::Waiting), Countdown::Hidden);
        assert_eq!(idle.tick(149_000, IdlePhase::Waiting), Countdown::Hidden);
        assert_eq!(
            idle.tick(150_000, IdlePhase::Waiting),
            Countdown::Seconds(30)
        );
        idle.touch(150_500);
        assert_eq!(idle.tick(151_000, IdlePhase::Waiting), Countdown::Hidden);
        assert_eq!(
            idle.tick(152_000, IdlePhase::Notified),
            Countdown::Seconds(30)
        );
        assert_eq!(idle.tick(182_000, IdlePhase::Notified), Countdown::Elapsed);
    }

    #[test]
    fn the_wait_for_an_answer_lasts_five_minutes_and_each_news_starts_it_again() {
        let mut idle = IdleTimer::default();
        let listening = IdlePhase::Listening;
        idle.tick(0, listening(0));
        assert_eq!(idle.tick(269_000, listening(0)), Countdown::Hidden);
        assert_eq!(idle.tick(270_000, listening(0)), Countdown::Seconds(30));
        assert_eq!(idle.tick(271_000, listening(1)), Countdown::Hidden);
        assert_eq!(idle.tick(571_000, listening(1)), Countdown::Elapsed);
        let answered = IdlePhase::Answered;
        idle.tick(600_000, answered(2));
        assert_eq!(idle.tick(659_000, answered(2)), Countdown::Seconds(1));
        assert_eq!(
            idle.tick(659_500, answered(3)),
            Countdown::Hidden,
            "a later answer restarts the timer"
        );
        assert_eq!(idle.tick(719_500, answered(3)), Countdown::Elapsed);
    }

    #[test]
    fn a_clock_that_was_set_back_restarts_the_timer() {
        let mut idle = IdleTimer::default();
        idle.tick(1_000_000, IdlePhase::Input);
        assert_eq!(idle.tick(500_000, IdlePhase::Input), Countdown::Hidden);
        assert_eq!(idle.tick(560_000, IdlePhase::Input), Countdown::Elapsed);
    }
}

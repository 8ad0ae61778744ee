//! Time at which the relay sends a step of an escalation. All times are milliseconds of the relay's clock.

/// Longest time for which a step waits for an earlier delivery in doubt, beyond its own time, in milliseconds. Our
/// decision: a room that fails for long must not delay the notifications in other rooms.
pub const MAX_DOUBT_WAIT_MILLIS: u64 = 3 * 60_000;

/// Step before the one whose time is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PreviousStep {
    /// Time of the step in the call, in seconds.
    pub after_seconds: u16,
    /// Time that counts as its sending: the first arrival of a message, else the end of the last message once all have
    /// ended, else the first attempt. `None` before any of them.
    pub sent_at: Option<u64>,
}

/// Properties of a call on which the time of one step depends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepTimeInput {
    /// Time of the step in the call, in seconds.
    pub after_seconds: u16,
    /// The step before it; `None` for the first step.
    pub previous: Option<PreviousStep>,
    /// Time at which the first delivery of the call has arrived; `None` while none has.
    pub delivered_at: Option<u64>,
    /// True while the relay does not know whether an earlier delivery of the call has arrived. The delivery is
    /// reconciled first, for at most [`MAX_DOUBT_WAIT_MILLIS`].
    pub is_in_doubt: bool,
    /// Deadline of the call.
    pub deadline: u64,
}

/// Time of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepTime {
    /// Not known yet: no delivery has arrived, the step before was not tried, or a delivery is in doubt up to the
    /// deadline.
    Blocked,
    /// The step is sent at this time, or as soon as the relay runs again.
    At(u64),
    /// The deadline comes first, so the step is withdrawn.
    Never,
}

/// Time of a step: `after_seconds` after the arrival of the first delivery. It does not count from the tap, because
/// nobody can answer during an outage of Chatwork. The distance to the step before is never shorter than in the
/// settings, so that steps which a stopped relay missed are not sent all at once.
#[must_use]
pub fn step_time(input: &StepTimeInput) -> StepTime {
    let Some(delivered) = input.delivered_at else {
        return StepTime::Blocked;
    };
    let planned = delivered.saturating_add(millis(input.after_seconds));
    let at = match input.previous {
        None => planned,
        Some(PreviousStep { sent_at: None, .. }) => return blocked_until(planned, input.deadline),
        Some(PreviousStep {
            after_seconds,
            sent_at: Some(sent),
        }) => {
            let gap = input.after_seconds.saturating_sub(after_seconds);
            planned.max(sent.saturating_add(millis(gap)))
        }
    };
    if at >= input.deadline {
        return StepTime::Never;
    }
    let latest = at.saturating_add(MAX_DOUBT_WAIT_MILLIS);
    match input.is_in_doubt {
        false => StepTime::At(at),
        true if latest < input.deadline => StepTime::At(latest),
        true => StepTime::Blocked,
    }
}

/// Time of a blocked step: never, if its earliest possible time is after the deadline.
fn blocked_until(earliest: u64, deadline: u64) -> StepTime {
    if earliest < deadline {
        StepTime::Blocked
    } else {
        StepTime::Never
    }
}

fn millis(seconds: u16) -> u64 {
    u64::from(seconds) * 1000
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::call::DEADLINE_MILLIS;
    use crate::test_office::cases;

    const TAPPED: u64 = 1_800_000_000_000;
    const DEADLINE: u64 = TAPPED + DEADLINE_MILLIS;

    fn input(after_seconds: u16) -> StepTimeInput {
        StepTimeInput {
            after_seconds,
            previous: None,
            delivered_at: Some(TAPPED + 400),
            is_in_doubt: false,
            deadline: DEADLINE,
        }
    }

    fn after(previous: u16, sent: Option<u64>) -> Option<PreviousStep> {
        Some(PreviousStep {
            after_seconds: previous,
            sent_at: sent,
        })
    }

    #[test]
    fn a_step_counts_from_the_first_delivery_that_arrived() {
        assert_eq!(step_time(&input(60)), StepTime::At(TAPPED + 60_400));
        let late = TAPPED + 300_000;
        let outage = StepTimeInput {
            delivered_at: Some(late),
            ..input(60)
        };
        assert_eq!(step_time(&outage), StepTime::At(late + 60_000));
        let undelivered = StepTimeInput {
            delivered_at: None,
            ..input(60)
        };
        assert_eq!(step_time(&undelivered), StepTime::Blocked);
    }

    #[test]
    fn steps_that_a_stopped_relay_missed_keep_their_distance() {
        let restarted = TAPPED + 400_000;
        let second = StepTimeInput {
            previous: after(60, Some(restarted)),
            ..input(150)
        };
        assert_eq!(step_time(&second), StepTime::At(restarted + 90_000));
        let in_time = StepTimeInput {
            previous: after(60, Some(TAPPED + 60_500)),
            ..input(150)
        };
        assert_eq!(step_time(&in_time), StepTime::At(TAPPED + 150_500));
    }

    #[test]
    fn a_step_waits_for_the_one_before() {
        let waiting = StepTimeInput {
            previous: after(60, None),
            ..input(150)
        };
        assert_eq!(step_time(&waiting), StepTime::Blocked);
    }

    #[test]
    fn a_step_waits_for_a_delivery_in_doubt_but_not_for_good() {
        let in_doubt = |delivered| StepTimeInput {
            is_in_doubt: true,
            delivered_at: Some(delivered),
            ..input(60)
        };
        let latest = TAPPED + 60_000 + MAX_DOUBT_WAIT_MILLIS;
        assert_eq!(step_time(&in_doubt(TAPPED)), StepTime::At(latest));
        let late = DEADLINE - 60_000 - MAX_DOUBT_WAIT_MILLIS;
        assert_eq!(step_time(&in_doubt(late)), StepTime::Blocked);
        let last_moment = StepTime::At(DEADLINE - 1);
        assert_eq!(step_time(&in_doubt(late - 1)), last_moment);
    }

    #[test]
    fn a_step_at_or_after_the_deadline_is_never_sent() {
        let late = StepTimeInput {
            delivered_at: Some(DEADLINE - 60_000),
            ..input(60)
        };
        assert_eq!(step_time(&late), StepTime::Never);
        for blocked in [
            StepTimeInput {
                is_in_doubt: true,
                ..late
            },
            StepTimeInput {
                previous: after(30, None),
                ..late
            },
        ] {
            assert_eq!(step_time(&blocked), StepTime::Never, "{blocked:?}");
        }
        let just_in_time = StepTimeInput {
            delivered_at: Some(DEADLINE - 60_001),
            ..input(60)
        };
        assert_eq!(step_time(&just_in_time), StepTime::At(DEADLINE - 1));
    }

    proptest! {
        #![proptest_config(cases(300))]

        /// Simulates a relay that is stopped for some spans of time, and otherwise sends each step as soon as it is due.
        #[test]
        fn steps_keep_order_distance_and_deadline_however_the_relay_stops(
            gaps in prop::collection::vec(15_u16..300, 1..6),
            delivered in 0_u64..DEADLINE_MILLIS,
            stops in prop::collection::vec((0_u64..DEADLINE_MILLIS, 0_u64..600_000), 0..4),
        ) {
            let delivered = TAPPED + delivered;
            let runs_at = |at: u64| {
                let stopped = stops.iter().map(|(from, long)| (TAPPED + from, TAPPED + from + long));
                let mut at = at;
                let mut sorted: Vec<_> = stopped.collect();
                sorted.sort_unstable();
                for (from, until) in sorted {
                    if (from..until).contains(&at) {
                        at = until;
                    }
                }
                at
            };
            let mut previous: Option<PreviousStep> = None;
            let mut after_seconds = 0;
            for gap in gaps {
                after_seconds += gap;
                let input = StepTimeInput { previous, delivered_at: Some(delivered), ..input(after_seconds) };
                let StepTime::At(at) = step_time(&input) else {
                    break;
                };
                prop_assert!(at < DEADLINE);
                prop_assert!(at >= delivered + millis(after_seconds));
                if let Some(PreviousStep { sent_at: Some(sent), .. }) = previous {
                    prop_assert!(at >= sent + millis(gap), "steps are {gap} s apart");
                }
                let sent = runs_at(at);
                if sent >= DEADLINE {
                    break;
                }
                previous = Some(PreviousStep { after_seconds, sent_at: Some(sent) });
            }
        }
    }
}

//! Result of waiting for the answer to a call, for the history and for the figures of the overview. All rules are our
//! decision.

/// The wait for the answer to one call. All times are milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerWait {
    /// True when the messages of the call ask for an answer: answers were on at the tap.
    pub is_asked: bool,
    /// Time at which the first delivery has arrived; `None` while none has.
    pub notified: Option<u64>,
    /// Time of the first answer that was not withdrawn; `None` without one.
    pub answered: Option<u64>,
    /// True when the visitor cancelled the call, or its tablet was revoked.
    pub is_cancelled_or_revoked: bool,
    /// Time up to which an answer counts.
    pub deadline: u64,
}

/// Result of waiting for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerResult {
    /// Nobody waits: the call asks for no answer, has reached nobody, or was cancelled or revoked.
    NotAwaited,
    /// An answer may still come.
    Waiting,
    /// Somebody answered.
    Answered {
        /// Time from the first delivery to the first answer, in milliseconds; 0 when Chatwork's clock, which has only
        /// seconds, is behind the relay's.
        after: u64,
    },
    /// The deadline has passed and nobody has answered.
    Unanswered,
}

impl AnswerWait {
    /// Returns the result at the time `now`. An answer counts even if the call was cancelled or revoked afterwards.
    #[must_use]
    pub fn result(self, now: u64) -> AnswerResult {
        let (true, Some(notified)) = (self.is_asked, self.notified) else {
            return AnswerResult::NotAwaited;
        };
        match self.answered {
            Some(at) => AnswerResult::Answered {
                after: at.saturating_sub(notified),
            },
            None if self.is_cancelled_or_revoked => AnswerResult::NotAwaited,
            None if now < self.deadline => AnswerResult::Waiting,
            None => AnswerResult::Unanswered,
        }
    }
}

/// Median of some times; of an even number the mean of the two in the middle. `None` without times.
#[must_use]
pub fn median(mut times: Vec<u64>) -> Option<u64> {
    times.sort_unstable();
    let lower = *times.get(times.len().checked_sub(1)? / 2)?;
    let upper = *times.get(times.len() / 2)?;
    Some(lower.midpoint(upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALL: AnswerWait = AnswerWait {
        is_asked: true,
        notified: Some(1_400),
        answered: None,
        is_cancelled_or_revoked: false,
        deadline: 901_000,
    };

    #[test]
    fn a_call_is_answered_unanswered_or_still_waiting() {
        let answered = AnswerWait {
            answered: Some(31_000),
            ..CALL
        };
        let after = AnswerResult::Answered { after: 29_600 };
        assert_eq!(answered.result(901_000), after);
        assert_eq!(CALL.result(900_999), AnswerResult::Waiting);
        assert_eq!(CALL.result(901_000), AnswerResult::Unanswered);
        let answered_then_cancelled = AnswerWait {
            is_cancelled_or_revoked: true,
            ..answered
        };
        assert_eq!(answered_then_cancelled.result(901_000), after);
        let early = AnswerWait {
            answered: Some(1_000),
            ..CALL
        };
        assert_eq!(early.result(2_000), AnswerResult::Answered { after: 0 });
    }

    #[test]
    fn a_call_for_which_nobody_waits_is_not_unanswered() {
        for call in [
            AnswerWait {
                is_asked: false,
                ..CALL
            },
            AnswerWait {
                notified: None,
                ..CALL
            },
            AnswerWait {
                is_cancelled_or_revoked: true,
                ..CALL
            },
        ] {
            assert_eq!(call.result(901_000), AnswerResult::NotAwaited, "{call:?}");
        }
    }

    #[test]
    fn the_median_of_an_even_number_of_times_is_between_the_two_in_the_middle() {
        assert_eq!(median(Vec::new()), None);
        assert_eq!(median(vec![7]), Some(7));
        assert_eq!(median(vec![40, 10, 30, 20]), Some(25));
        assert_eq!(median(vec![21_000, 100_000]), Some(60_500));
        assert_eq!(median(vec![50, 10, 30, 20, 40]), Some(30));
    }
}

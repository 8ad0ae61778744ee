//! Figures of the overview.

use serde::{Deserialize, Serialize};
use yobirin_domain::answer::{AnswerResult, median};

use crate::Millis;

/// `GET /api/figures`: figures of today's calls, in the office's time zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallFigures {
    /// Time at which the day began.
    pub since: Millis,
    /// Calls that were accepted.
    pub calls: u32,
    /// Calls that somebody answered.
    pub answered: u32,
    /// Calls that nobody answered by their deadline, although somebody was notified and the visitor did not cancel.
    pub unanswered: u32,
    /// Calls that are waiting for an answer.
    pub waiting: u32,
    /// Median time from the first delivery to the first answer, in milliseconds; missing without an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub median_answer_millis: Option<u64>,
}

impl CallFigures {
    /// Calls that are neither answered nor unanswered nor waiting: cancelled, not delivered, or without need of an answer.
    #[must_use]
    pub fn not_awaited(&self) -> u32 {
        let awaited = self.answered + self.unanswered + self.waiting;
        self.calls.saturating_sub(awaited)
    }

    /// Counts calls by their results.
    #[must_use]
    pub fn of(since: Millis, results: impl IntoIterator<Item = AnswerResult>) -> Self {
        let mut figures = Self {
            since,
            ..Self::default()
        };
        let mut times = Vec::new();
        for result in results {
            figures.calls += 1;
            match result {
                AnswerResult::NotAwaited => {}
                AnswerResult::Waiting => figures.waiting += 1,
                AnswerResult::Unanswered => figures.unanswered += 1,
                AnswerResult::Answered { after } => {
                    figures.answered += 1;
                    times.push(after);
                }
            }
        }
        figures.median_answer_millis = median(times);
        figures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_count_each_call_by_its_result() {
        let figures = CallFigures::of(
            7,
            [
                AnswerResult::Answered { after: 90_000 },
                AnswerResult::Unanswered,
                AnswerResult::Answered { after: 30_000 },
                AnswerResult::NotAwaited,
                AnswerResult::Answered { after: 60_000 },
                AnswerResult::Waiting,
            ],
        );
        let expected = CallFigures {
            since: 7,
            calls: 6,
            answered: 3,
            unanswered: 1,
            waiting: 1,
            median_answer_millis: Some(60_000),
        };
        assert_eq!(figures, expected);
        assert_eq!(figures.not_awaited(), 1, "every call is in one number");
        let none = CallFigures::of(7, []);
        assert_eq!(none.median_answer_millis, None);
    }
}

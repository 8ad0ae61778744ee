//! Rules of retention: durations in force, the times before which records are erased, and settings that keep records
//! for a shorter time than before. The relay erases, the app asks before it saves.
//!
//! A day is 24 hours of the relay's clock, counted from the acceptance of the call. Lengths of months and daylight
//! saving change nothing. A clock that is set back erases nothing earlier. The age of a record whose time is in the
//! future counts from the time at which the relay notices it, so a clock that was once wrong keeps nothing for ever.

mod visit_erasure;

use serde::{Deserialize, Serialize};

pub use visit_erasure::{VisitState, WordsNeed};

use crate::model::retention::{MAX_RETENTION_DAYS, MIN_RETENTION_DAYS, Retention};

/// Length of a day of retention, in milliseconds.
pub const DAY_MILLIS: u64 = 24 * 60 * 60 * 1000;

/// Kind of record with a retention of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RetentionKind {
    /// Visitors' entries.
    Visitors,
    /// Texts of messages to Chatwork.
    Messages,
    /// Hosts' answers.
    Answers,
    /// Calls without words.
    Counts,
}

impl RetentionKind {
    /// Every kind, in the order of the settings.
    pub const ALL: [Self; 4] = [Self::Visitors, Self::Messages, Self::Answers, Self::Counts];

    /// Kinds that hold words.
    pub const WORDS: [Self; 3] = [Self::Visitors, Self::Messages, Self::Answers];

    /// Key of the kind in the settings.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Visitors => "visitors",
            Self::Messages => "messages",
            Self::Answers => "answers",
            Self::Counts => "counts",
        }
    }
}

impl Retention {
    /// Days for which records of a kind are kept.
    #[must_use]
    pub fn days(&self, kind: RetentionKind) -> u16 {
        match kind {
            RetentionKind::Visitors => self.visitors,
            RetentionKind::Messages => self.messages,
            RetentionKind::Answers => self.answers,
            RetentionKind::Counts => self.counts,
        }
    }

    /// Sets the days for which records of a kind are kept.
    pub fn set_days(&mut self, kind: RetentionKind, days: u16) {
        *match kind {
            RetentionKind::Visitors => &mut self.visitors,
            RetentionKind::Messages => &mut self.messages,
            RetentionKind::Answers => &mut self.answers,
            RetentionKind::Counts => &mut self.counts,
        } = days;
    }
}

/// Number of records that a retention would erase now, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RetentionPreview {
    /// Days for which the relay keeps words at most, whatever the settings say.
    pub ceiling_days: u16,
    /// Visits whose visitor's entries are erased.
    pub visitors: u64,
    /// Messages whose texts are erased.
    pub messages: u64,
    /// Answers that are erased.
    pub answers: u64,
    /// Calls that are erased as a whole.
    pub counts: u64,
}

impl RetentionPreview {
    /// Preview under this ceiling, with the numbers of records in the order of [`RetentionKind::ALL`].
    #[must_use]
    pub fn of(ceiling_days: u16, [visitors, messages, answers, counts]: [u64; 4]) -> Self {
        Self {
            ceiling_days,
            visitors,
            messages,
            answers,
            counts,
        }
    }
}

/// Result of asking to erase the words of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VisitErasure {
    /// True when the words are erased. False while they are still needed ([`VisitState::words_need`]): the relay then
    /// erases them as soon as they are not.
    pub is_erased: bool,
}

/// Time after its deadline for which an answer to a call may still be read and stored, in milliseconds. Words are
/// erased after it at the earliest.
pub const LAST_ANSWER_MILLIS: u64 = 2 * 60 * 1000;

/// Retention that the relay applies. Words are kept no longer than the ceiling, which the relay's operator sets, nor
/// than their call; messages no longer than visitors' words, which they quote.
#[must_use]
pub fn applied(retention: &Retention, ceiling_days: u16) -> Retention {
    let allowed_days = |kind| {
        let days = retention.days(kind);
        days.clamp(MIN_RETENTION_DAYS, MAX_RETENTION_DAYS)
    };
    let counts = allowed_days(RetentionKind::Counts);
    let max_of_words = ceiling_days.max(1).min(counts);
    let visitors = allowed_days(RetentionKind::Visitors).min(max_of_words);
    Retention {
        visitors,
        messages: allowed_days(RetentionKind::Messages).min(visitors),
        answers: allowed_days(RetentionKind::Answers).min(max_of_words),
        counts,
    }
}

/// Latest time of acceptance of a call whose records of this kind are erased at `now`. A record is erased as soon as
/// it is as old as its retention. Both times are milliseconds since 1970. `applied` is the result of [`applied()`].
#[must_use]
pub fn cutoff(applied: &Retention, kind: RetentionKind, now: u64) -> u64 {
    now.saturating_sub(u64::from(applied.days(kind)) * DAY_MILLIS)
}

/// Time for which the events of tablets are kept, for streams that resume, in milliseconds. A tablet that was off for
/// longer reads the state of its calls.
const EVENT_RETENTION_MILLIS: u64 = 7 * DAY_MILLIS;

/// Time before which events are deleted at `now`. They hold the words of answers, so they are kept no longer than
/// those.
#[must_use]
pub fn event_cutoff(applied: &Retention, now: u64) -> u64 {
    let answers = cutoff(applied, RetentionKind::Answers, now);
    answers.max(now.saturating_sub(EVENT_RETENTION_MILLIS))
}

/// Earliest time at which the words of one kind of a call are erased, in milliseconds since 1970: the end of their
/// retention, which counts from `kept_from`, but not before [`closed_from`], because an answer may be read until
/// then. `expires` is the deadline of the call, `applied` the result of [`applied()`].
#[must_use]
pub fn erased_from(applied: &Retention, kind: RetentionKind, kept_from: u64, expires: u64) -> u64 {
    let end = kept_from + u64::from(applied.days(kind)) * DAY_MILLIS;
    end.max(closed_from(expires))
}

/// Time from which no answer to a call is read any more, in milliseconds since 1970. `expires` is the deadline of the
/// call.
#[must_use]
pub fn closed_from(expires: u64) -> u64 {
    expires + LAST_ANSWER_MILLIS
}

/// Kinds that the relay keeps for a shorter time with `after` than with `before`, both as applied.
#[must_use]
pub fn shortened(before: &Retention, after: &Retention) -> Vec<RetentionKind> {
    let is_shorter = |kind: &RetentionKind| after.days(*kind) < before.days(*kind);
    RetentionKind::ALL.into_iter().filter(is_shorter).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::date::Date;

    fn retention(visitors: u16, messages: u16, answers: u16, counts: u16) -> Retention {
        Retention {
            visitors,
            messages,
            answers,
            counts,
        }
    }

    /// 2027-01-01, 00:00 UTC, in milliseconds since 1970.
    const NEW_YEAR_2027: u64 = 1_798_761_600_000;

    /// Midnight UTC of a day from 2027 on, in milliseconds since 1970.
    fn midnight(day: &str) -> u64 {
        let day: Date = day.parse().unwrap();
        let new_year = Date::new(2027, 1, 1).unwrap();
        let days = std::iter::successors(Some(new_year), |day| day.next());
        let passed = days.take_while(|before| *before < day).count();
        NEW_YEAR_2027 + u64::try_from(passed).unwrap() * DAY_MILLIS
    }

    #[test]
    fn no_setting_exceeds_the_ceiling_except_that_of_the_counts() {
        let two_years = retention(730, 730, 730, 1_827);
        assert_eq!(applied(&two_years, 1_827), two_years);
        assert_eq!(applied(&two_years, 90), retention(90, 90, 90, 1_827));
        assert_eq!(applied(&two_years, 7), retention(7, 7, 7, 1_827));
        assert_eq!(
            applied(&two_years, 0),
            retention(1, 1, 1, 1_827),
            "a day at least"
        );
    }

    #[test]
    fn messages_are_erased_with_the_words_that_they_quote_and_all_words_with_their_call() {
        let long_messages = retention(90, 365, 365, 1_827);
        assert_eq!(
            applied(&long_messages, 1_827),
            retention(90, 90, 365, 1_827)
        );
        let short_counts = retention(365, 180, 365, 60);
        assert_eq!(applied(&short_counts, 1_827), retention(60, 60, 60, 60));
    }

    #[test]
    fn a_record_is_erased_at_the_millisecond_at_which_it_is_as_old_as_its_retention() {
        let month = applied(&retention(30, 30, 30, 365), 1_827);
        // Over the end of a short month, over a leap day, and over both changes of daylight saving in Berlin.
        for (accepted, erased) in [
            ("2027-01-31", "2027-03-02"),
            ("2028-01-31", "2028-03-01"),
            ("2027-03-27", "2027-04-26"),
            ("2027-10-30", "2027-11-29"),
        ] {
            let (accepted, erased) = (midnight(accepted) + 123, midnight(erased) + 123);
            let cutoff_at = |now| cutoff(&month, RetentionKind::Visitors, now);
            assert!(cutoff_at(erased - 1) < accepted, "kept");
            assert_eq!(cutoff_at(erased), accepted, "due");
        }
        assert_eq!(
            cutoff(&month, RetentionKind::Counts, 5),
            0,
            "a clock at 1970"
        );
    }

    #[test]
    fn the_time_of_an_erasure_is_the_first_at_which_the_cutoff_has_reached_the_call() {
        let month = applied(&retention(30, 30, 60, 365), 1_827);
        let kept_from = midnight("2027-01-31") + 123;
        let soon = kept_from + 15 * 60 * 1000;
        for (kind, day) in [
            (RetentionKind::Visitors, "2027-03-02"),
            (RetentionKind::Answers, "2027-04-01"),
        ] {
            let at = erased_from(&month, kind, kept_from, soon);
            assert_eq!(at, midnight(day) + 123, "{kind:?}");
            assert_eq!(cutoff(&month, kind, at), kept_from);
            assert!(cutoff(&month, kind, at - 1) < kept_from);
        }
        let late = kept_from + 90 * DAY_MILLIS;
        let open = erased_from(&month, RetentionKind::Visitors, kept_from, late);
        assert_eq!(open, late + 120_000, "an open call keeps its words");
    }

    #[test]
    fn events_are_kept_for_a_week_and_no_longer_than_the_answers_in_them() {
        let now = 100 * DAY_MILLIS;
        let days_before = |answers| {
            let applied = applied(&retention(90, 90, answers, 365), answers);
            (now - event_cutoff(&applied, now)) / DAY_MILLIS
        };
        assert_eq!(days_before(90), 7);
        assert_eq!(days_before(7), 7);
        assert_eq!(days_before(3), 3, "a ceiling of three days");
        assert_eq!(event_cutoff(&Retention::default(), 5), 0);
    }

    #[test]
    fn only_a_retention_that_is_shorter_as_applied_is_shortened() {
        let before = retention(365, 365, 90, 1_827);
        let after = retention(180, 365, 365, 1_827);
        assert_eq!(shortened(&before, &after), [RetentionKind::Visitors]);
        let shortened_under =
            |ceiling| shortened(&applied(&before, ceiling), &applied(&after, ceiling));
        assert_eq!(
            shortened_under(1_827),
            [RetentionKind::Visitors, RetentionKind::Messages],
            "messages quote the words"
        );
        assert_eq!(shortened_under(90), [], "the ceiling is shorter than both");
    }

    proptest! {
        #[test]
        fn applied_retention_is_stable_and_never_longer_than_set(
            days in proptest::array::uniform4(MIN_RETENTION_DAYS..=MAX_RETENTION_DAYS),
            ceiling in 1_u16..,
            now in 0_u64..4_000_000_000_000,
            back in 0_u64..4_000_000_000_000,
        ) {
            let set = retention(days[0], days[1], days[2], days[3]);
            let applied = applied(&set, ceiling);
            prop_assert_eq!(super::applied(&applied, ceiling).counts, applied.counts);
            for kind in RetentionKind::ALL {
                prop_assert!(applied.days(kind) <= set.days(kind));
                prop_assert!(kind == RetentionKind::Counts || applied.days(kind) <= ceiling);
                // A clock that is set back moves no cutoff forward.
                let earlier = now.saturating_sub(back);
                prop_assert!(cutoff(&applied, kind, earlier) <= cutoff(&applied, kind, now));
            }
            prop_assert!(shortened(&set, &set).is_empty());
        }
    }
}

//! Closed days in words.

use yobirin_domain::model::closed_days::ClosedDays;

use crate::browser::clock;
use crate::i18n::fill;
use crate::i18n::setup::Words;

/// The day, or the first and the last day, without the name.
pub(crate) fn closed_days_range(words: &Words, days: &ClosedDays) -> String {
    let day = |day| clock::format_full_day(day, words.language().tag());
    let first = day(days.first);
    if days.first == days.last {
        return first;
    }
    let values = [("first", first.as_str()), ("last", &day(days.last))];
    fill(words.hours.closed_range, &values)
}

/// The days with their name.
pub(crate) fn closed_days_text(words: &Words, days: &ClosedDays) -> String {
    let range = closed_days_range(words, days);
    if days.name.is_empty() {
        return range;
    }
    let values = [("days", range.as_str()), ("name", &days.name)];
    fill(words.hours.closed_named, &values)
}

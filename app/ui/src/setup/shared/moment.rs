//! Times that have passed, in words: when it was, and how long ago.

use crate::browser::clock;
use crate::i18n::fill;
use crate::i18n::setup::{Words, counted};

const MINUTE_MS: u64 = clock::MINUTE_MS;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const DAY_MS: u64 = 24 * HOUR_MS;

/// Text for an elapsed time in milliseconds, in its largest unit.
pub(crate) fn elapsed_text(words: &Words, elapsed: u64) -> String {
    let texts = &words.moments;
    let (label, count) = match elapsed {
        0..MINUTE_MS => (texts.just_now, 0),
        MINUTE_MS..HOUR_MS => (texts.minutes_ago, elapsed / MINUTE_MS),
        HOUR_MS..DAY_MS => (texts.hours_ago, elapsed / HOUR_MS),
        DAY_MS.. => (texts.days_ago, elapsed / DAY_MS),
    };
    counted(label, usize::try_from(count).unwrap_or(usize::MAX))
}

/// A time in a time zone: `14:05` today, with the date on other days.
pub(crate) fn moment_text(words: &Words, at: u64, time_zone: &str) -> String {
    if clock::day_of(at, time_zone) == clock::today(time_zone) {
        clock::time_of_day(at, time_zone)
    } else {
        clock::format_date_time(at, words.language().tag(), time_zone)
    }
}

/// A time, and how long ago it was, which is given in milliseconds: `14:05 (3 min ago)`.
pub(crate) fn moment_with_age(words: &Words, at: u64, elapsed: u64, time_zone: &str) -> String {
    let time = moment_text(words, at, time_zone);
    let ago = elapsed_text(words, elapsed);
    fill(words.moments.with_age, &[("time", &time), ("ago", &ago)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::setup::SetupLang;

    #[test]
    fn elapsed_time_is_written_in_its_largest_unit() {
        for (elapsed, japanese, english) in [
            (0, "たったいま", "just now"),
            (59_999, "たったいま", "just now"),
            (MINUTE_MS, "1\u{a0}分前", "1 min ago"),
            (HOUR_MS - 1, "59\u{a0}分前", "59 min ago"),
            (3 * HOUR_MS, "3\u{a0}時間前", "3 h ago"),
            (DAY_MS, "1\u{a0}日前", "1 day ago"),
            (50 * HOUR_MS, "2\u{a0}日前", "2 days ago"),
        ] {
            let text = |lang: SetupLang| elapsed_text(lang.words(), elapsed);
            assert_eq!(text(SetupLang::Ja), japanese, "{elapsed} ms");
            assert_eq!(text(SetupLang::En), english, "{elapsed} ms");
        }
    }
}

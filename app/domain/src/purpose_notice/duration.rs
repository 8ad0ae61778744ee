//! Wording of a retention in the visitor's language. A no-break space (U+00A0) keeps a number on the line of its
//! unit; Korean has no space there.

use crate::model::lang::Lang;

/// Retention in words: `90 days`, or `2 years` when the days are whole calendar years.
#[must_use]
pub fn duration(days: u16, lang: Lang) -> String {
    match whole_years(days) {
        Some(years) => in_years(years, lang),
        None => in_days(days, lang),
    }
}

/// Retention in words, with the number of days in any case: `90 days`, `2 years (731 days)`.
#[must_use]
pub fn exact_duration(days: u16, lang: Lang) -> String {
    let Some(years) = whole_years(days) else {
        return in_days(days, lang);
    };
    let years = in_years(years, lang);
    match lang {
        Lang::Ja => format!("{years}（{days}\u{a0}日）"),
        Lang::Zh => format!("{years}（{days}\u{a0}天）"),
        Lang::Ko => format!("{years}({days}일)"),
        Lang::En | Lang::Vi => format!("{years} ({})", in_days(days, lang)),
    }
}

/// Number of years, if that many calendar years in a row can have exactly this number of days: two years have 730 or
/// 731. Among `years` years, `years / 4` are leap years, or one more.
fn whole_years(days: u16) -> Option<u16> {
    let years = days / 365;
    let leap_days = days % 365;
    let is_whole = leap_days == years / 4 || leap_days == years.div_ceil(4);
    (years > 0 && is_whole).then_some(years)
}

fn in_days(days: u16, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{days}\u{a0}日間"),
        Lang::En if days == 1 => "1\u{a0}day".to_owned(),
        Lang::En => format!("{days}\u{a0}days"),
        Lang::Zh => format!("{days}\u{a0}天"),
        Lang::Ko => format!("{days}일"),
        Lang::Vi => format!("{days}\u{a0}ngày"),
    }
}

fn in_years(years: u16, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{years}\u{a0}年間"),
        Lang::En if years == 1 => "1\u{a0}year".to_owned(),
        Lang::En => format!("{years}\u{a0}years"),
        Lang::Zh => format!("{years}\u{a0}年"),
        Lang::Ko => format!("{years}년"),
        Lang::Vi => format!("{years}\u{a0}năm"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_unless_they_are_whole_years() {
        for (days, expected) in [
            (1, ["1 日間", "1 day", "1 天", "1일", "1 ngày"]),
            (90, ["90 日間", "90 days", "90 天", "90일", "90 ngày"]),
            (364, ["364 日間", "364 days", "364 天", "364일", "364 ngày"]),
            (365, ["1 年間", "1 year", "1 年", "1년", "1 năm"]),
            (730, ["2 年間", "2 years", "2 年", "2년", "2 năm"]),
            (731, ["2 年間", "2 years", "2 年", "2년", "2 năm"]),
            (732, ["732 日間", "732 days", "732 天", "732일", "732 ngày"]),
            (1_827, ["5 年間", "5 years", "5 年", "5년", "5 năm"]),
        ] {
            let unbroken = expected.map(|words| words.replace(' ', "\u{a0}"));
            assert_eq!(Lang::ALL.map(|lang| duration(days, lang)), unbroken);
        }
        let exact = Lang::ALL.map(|lang| exact_duration(731, lang));
        let expected = [
            "2\u{a0}年間（731\u{a0}日）",
            "2\u{a0}years (731\u{a0}days)",
            "2\u{a0}年（731\u{a0}天）",
            "2년(731일)",
            "2\u{a0}năm (731\u{a0}ngày)",
        ];
        assert_eq!(exact, expected);
        assert_eq!(exact_duration(90, Lang::En), "90\u{a0}days");
    }

    /// Days of the calendar years from `from` on, counted independently of the rule.
    fn days_of_years(from: u32, years: u16) -> u16 {
        let is_leap = |year: u32| year.is_multiple_of(4);
        (from..from + u32::from(years))
            .map(|year| 365 + u16::from(is_leap(year)))
            .sum()
    }

    /// Number that a wording begins with.
    fn number(words: &str) -> u16 {
        let digits: String = words.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().expect("a wording begins with a number")
    }

    #[test]
    fn the_words_are_true_for_every_number_of_days() {
        for lang in Lang::ALL {
            for days in 0..=4_000 {
                let (short, exact) = (duration(days, lang), exact_duration(days, lang));
                let is_true = if short == in_days(days, lang) {
                    number(&short) == days && exact == short
                } else {
                    let years = number(&short);
                    // Four starts have each position of the leap year.
                    let mut runs = (2024..2028).map(|from| days_of_years(from, years));
                    let has_run = runs.any(|run_days| run_days == days);
                    has_run && short == in_years(years, lang) && exact.contains(&days.to_string())
                };
                assert!(is_true, "{lang:?} {days}: {short}, {exact}");
            }
        }
    }
}

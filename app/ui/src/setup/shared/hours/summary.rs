//! Opening hours in one line: weekdays with equal hours are joined, 月〜金 9:00–18:00.

use yobirin_domain::model::hours::{Span, TimeOfDay, Week, Weekday};

use crate::i18n::setup::Words;

/// Name of a weekday.
pub(crate) fn weekday_name(words: &Words, day: Weekday) -> &'static str {
    let w = &words.hours;
    match day {
        Weekday::Mon => w.mon,
        Weekday::Tue => w.tue,
        Weekday::Wed => w.wed,
        Weekday::Thu => w.thu,
        Weekday::Fri => w.fri,
        Weekday::Sat => w.sat,
        Weekday::Sun => w.sun,
    }
}

/// Name of a weekday as calendars abbreviate it.
fn short_name(words: &Words, day: Weekday) -> &'static str {
    let w = &words.hours;
    match day {
        Weekday::Mon => w.mon_short,
        Weekday::Tue => w.tue_short,
        Weekday::Wed => w.wed_short,
        Weekday::Thu => w.thu_short,
        Weekday::Fri => w.fri_short,
        Weekday::Sat => w.sat_short,
        Weekday::Sun => w.sun_short,
    }
}

/// The hours of a week; closed days are left out.
pub(crate) fn week_summary(words: &Words, week: &Week) -> String {
    let open: Vec<Weekday> = Weekday::ALL
        .into_iter()
        .filter(|day| !week.on(*day).is_empty())
        .collect();
    if open.is_empty() {
        return words.hours.closed.to_owned();
    }
    // Only neighbours are joined: 月〜水 and 金 are two entries where Thursday is closed.
    let place = |day: Weekday| Weekday::ALL.iter().position(|other| *other == day);
    let is_joined = |a: &Weekday, b: &Weekday| {
        place(*b) == place(*a).map(|place| place + 1) && week.on(*a) == week.on(*b)
    };
    let entries = open.chunk_by(is_joined).map(|days| {
        let names = match days {
            [day] => short_name(words, *day).to_owned(),
            [first, second] => {
                let and = words.hours.days_and;
                format!(
                    "{}{and}{}",
                    short_name(words, *first),
                    short_name(words, *second)
                )
            }
            [first, .., last] => {
                let to = words.hours.days_to;
                format!(
                    "{}{to}{}",
                    short_name(words, *first),
                    short_name(words, *last)
                )
            }
            [] => String::new(),
        };
        let spans: Vec<String> = week.on(days[0]).iter().copied().map(span_text).collect();
        format!("{names} {}", spans.join(", "))
    });
    entries.collect::<Vec<_>>().join(words.hours.entries_and)
}

fn span_text(span: Span) -> String {
    format!("{}–{}", time_text(span.from), time_text(span.to))
}

/// A time without a leading zero: `9:00`.
fn time_text(time: TimeOfDay) -> String {
    format!("{}:{:02}", time.minutes() / 60, time.minutes() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::setup::SetupLang;

    fn span(from: &str, to: &str) -> Span {
        Span {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
        }
    }

    #[test]
    fn weekdays_with_equal_hours_are_joined_and_named_in_words() {
        let (ja, en) = (SetupLang::Ja.words(), SetupLang::En.words());
        let mut week = Week::workdays(span("09:00", "18:00"));
        assert_eq!(week_summary(ja, &week), "月〜金 9:00–18:00");
        assert_eq!(week_summary(en, &week), "Mon–Fri 9:00–18:00");
        week.sat = vec![span("10:00", "12:00"), span("13:00", "24:00")];
        week.wed.clear();
        assert_eq!(
            week_summary(ja, &week),
            "月・火 9:00–18:00、木・金 9:00–18:00、土 10:00–12:00, 13:00–24:00"
        );
        assert_eq!(
            week_summary(en, &week),
            "Mon, Tue 9:00–18:00; Thu, Fri 9:00–18:00; Sat 10:00–12:00, 13:00–24:00"
        );
    }

    #[test]
    fn a_week_without_hours_is_closed() {
        assert_eq!(
            week_summary(SetupLang::Ja.words(), &Week::default()),
            "休み"
        );
    }
}

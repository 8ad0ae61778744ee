//! Opening hours in one line: weekdays with equal hours are joined, 月〜金 9:00–18:00.

use yobirin_domain::model::date::Weekday;
use yobirin_domain::model::hours::{Span, TimeOfDay, Week};

use crate::i18n::setup::Words;

/// The weekday in full in the admin's language (月曜日, Monday).
pub(crate) fn weekday_name(words: &Words, day: Weekday) -> &'static str {
    let texts = &words.hours;
    match day {
        Weekday::Mon => texts.mon,
        Weekday::Tue => texts.tue,
        Weekday::Wed => texts.wed,
        Weekday::Thu => texts.thu,
        Weekday::Fri => texts.fri,
        Weekday::Sat => texts.sat,
        Weekday::Sun => texts.sun,
    }
}

/// Name of a weekday as calendars abbreviate it.
fn short_name(words: &Words, day: Weekday) -> &'static str {
    let texts = &words.hours;
    match day {
        Weekday::Mon => texts.mon_short,
        Weekday::Tue => texts.tue_short,
        Weekday::Wed => texts.wed_short,
        Weekday::Thu => texts.thu_short,
        Weekday::Fri => texts.fri_short,
        Weekday::Sat => texts.sat_short,
        Weekday::Sun => texts.sun_short,
    }
}

/// Weekdays in one text, three or more in a row as a range: 月〜水・金.
pub(crate) fn days_text(words: &Words, days: &[Weekday]) -> String {
    let index_of = |day: Weekday| Weekday::ALL.iter().position(|other| *other == day);
    let is_next = |a: &Weekday, b: &Weekday| index_of(*b) == index_of(*a).map(|index| index + 1);
    let (and, to) = (words.hours.day_separator, words.hours.day_range);
    let runs = days.chunk_by(is_next).map(|run| match run {
        [first, _, .., last] => {
            format!(
                "{}{to}{}",
                short_name(words, *first),
                short_name(words, *last)
            )
        }
        run => {
            let names = run.iter().map(|day| short_name(words, *day));
            names.collect::<Vec<_>>().join(and)
        }
    });
    runs.collect::<Vec<_>>().join(and)
}

/// Spans of a day: `9:00–12:00, 13:00–18:00`.
pub(crate) fn spans_text(words: &Words, spans: &[Span]) -> String {
    if spans.is_empty() {
        return words.hours.closed.to_owned();
    }
    let text = |span: &Span| format!("{}–{}", time_text(span.from), time_text(span.to));
    spans.iter().map(text).collect::<Vec<_>>().join(", ")
}

/// The hours of a week; closed days are left out.
pub(crate) fn week_summary(words: &Words, week: &Week) -> String {
    let mut entries: Vec<(&[Span], Vec<Weekday>)> = Vec::new();
    for day in Weekday::ALL {
        let spans = week.on(day);
        match entries.iter_mut().find(|(other, _)| *other == spans) {
            Some((_, days)) => days.push(day),
            None => entries.push((spans, vec![day])),
        }
    }
    entries.retain(|(spans, _)| !spans.is_empty());
    if entries.is_empty() {
        return words.hours.closed.to_owned();
    }
    let entries = entries
        .iter()
        .map(|(spans, days)| format!("{} {}", days_text(words, days), spans_text(words, spans)));
    entries
        .collect::<Vec<_>>()
        .join(words.hours.entry_separator)
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
        let ja = SetupLang::Ja.words();
        let en = SetupLang::En.words();
        let mut week = Week::workdays(span("09:00", "18:00"));
        assert_eq!(week_summary(ja, &week), "月〜金 9:00–18:00");
        assert_eq!(week_summary(en, &week), "Mon–Fri 9:00–18:00");
        week.sat = vec![span("10:00", "12:00"), span("13:00", "24:00")];
        week.wed.clear();
        assert_eq!(
            week_summary(ja, &week),
            "月・火・木・金 9:00–18:00、土 10:00–12:00, 13:00–24:00"
        );
        assert_eq!(
            week_summary(en, &week),
            "Mon, Tue, Thu, Fri 9:00–18:00; Sat 10:00–12:00, 13:00–24:00"
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

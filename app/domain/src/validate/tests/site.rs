//! Problems of the site and of the document's version.

use super::{assert_problems, long};
use crate::model::closed_days::ClosedDays;
use crate::model::hours::Span;
use crate::model::lang::{Lang, TranslatedText};

fn closed_days(first: &str, last: &str) -> ClosedDays {
    ClosedDays {
        first: first.parse().unwrap(),
        last: last.parse().unwrap(),
        name: String::new(),
    }
}

#[test]
fn every_problem_of_the_site_is_reported_at_its_path() {
    assert_problems(vec![
        (
            "version: version 2 is not supported",
            Box::new(|d| d.version = 2),
        ),
        (
            "site.name: must be at most 80 characters",
            Box::new(|d| d.site.name = long(81)),
        ),
        (
            "site.names.en: must be at most 80 characters",
            Box::new(|d| d.site.names = TranslatedText::of(Lang::En, long(81))),
        ),
        (
            "site.names.ko: must not be empty",
            Box::new(|d| d.site.names = TranslatedText::of(Lang::Ko, " ")),
        ),
        (
            "site.names.zh: contains the control character U+0000; remove it",
            Box::new(|d| d.site.names = TranslatedText::of(Lang::Zh, "a\0")),
        ),
        (
            "site.contact.names.en: must be at most 80 characters",
            Box::new(|d| d.site.contact.names = TranslatedText::of(Lang::En, long(81))),
        ),
        (
            "site.contact.phones.vi: must be at most 40 characters",
            Box::new(|d| d.site.contact.phones = TranslatedText::of(Lang::Vi, long(41))),
        ),
        (
            "site.contact.phone: must be at most 40 characters",
            Box::new(|d| d.site.contact.phone = long(41)),
        ),
        (
            "site.languages: choose at least one language",
            Box::new(|d| d.site.languages.clear()),
        ),
        (
            "site.languages[1]: ja is listed twice",
            Box::new(|d| d.site.languages = vec![Lang::Ja, Lang::Ja]),
        ),
        (
            "site.time_zone: a time zone is written like Asia/Tokyo",
            Box::new(|d| d.site.time_zone = "JST".into()),
        ),
        (
            "site.accent: a colour is written #rrggbb",
            Box::new(|d| d.site.accent = "red".into()),
        ),
        (
            "site.logo: a logo is a PNG, JPEG or WebP picture of at most 96 kB",
            Box::new(|d| d.site.logo = Some("x".into())),
        ),
        (
            "site.exit_pin: a PIN is 4 to 8 digits",
            Box::new(|d| d.site.exit_pin = Some("123".into())),
        ),
        (
            "site.alarms.backup_days: choose 1 to 365 days",
            Box::new(|d| d.site.alarms.backup_days = Some(0)),
        ),
        (
            "site.alarms.backup_days: choose 1 to 365 days",
            Box::new(|d| d.site.alarms.backup_days = Some(366)),
        ),
        (
            "site.retention.visitors: choose 30 to 1827 days",
            Box::new(|d| d.site.retention.visitors = 29),
        ),
        (
            "site.retention.messages: choose 30 to 1827 days",
            Box::new(|d| d.site.retention.messages = 0),
        ),
        (
            "site.retention.answers: choose 30 to 1827 days",
            Box::new(|d| d.site.retention.answers = 1_828),
        ),
        (
            "site.retention.counts: choose 30 to 1827 days",
            Box::new(|d| d.site.retention.counts = u16::MAX),
        ),
        (
            "site.opening_hours.tue[0]: must end after it begins",
            Box::new(|d| {
                let week = d.site.opening_hours.get_or_insert_default();
                week.tue = vec![Span {
                    from: "18:00".parse().unwrap(),
                    to: "09:00".parse().unwrap(),
                }];
            }),
        ),
        (
            "site.purpose_notice.texts.vi: must be at most 2000 characters",
            Box::new(|d| d.site.purpose_notice.texts = TranslatedText::of(Lang::Vi, long(2_001))),
        ),
        (
            "site.purpose_notice.texts.ja: write {kept} exactly like this, with both braces",
            Box::new(|d| {
                d.site.purpose_notice.texts = TranslatedText::of(Lang::Ja, "{kept だけ。");
            }),
        ),
        (
            "site.purpose_notice.texts.en: write {kept} exactly like this, with both braces",
            Box::new(|d| {
                let text = "Kept for { kept }.";
                d.site.purpose_notice.texts = TranslatedText::of(Lang::En, text);
            }),
        ),
        (
            "site.purpose_notice.texts.en: there is no placeholder {days}",
            Box::new(|d| {
                d.site.purpose_notice.texts = TranslatedText::of(Lang::En, "{kept} {days}");
            }),
        ),
        (
            "site.purpose_notice.texts.ja: contains the control character U+0000; remove it",
            Box::new(|d| d.site.purpose_notice.texts = TranslatedText::of(Lang::Ja, "a\n\0")),
        ),
        (
            "site.purpose_notice.responsible: must be at most 200 characters",
            Box::new(|d| d.site.purpose_notice.responsible = long(201)),
        ),
        (
            "site.purpose_notice.inquiries: must be at most 200 characters",
            Box::new(|d| d.site.purpose_notice.inquiries = long(201)),
        ),
        (
            "site.closed_days[1]: these closed days overlap others",
            Box::new(|d| {
                let new_year = closed_days("2026-12-29", "2027-01-03");
                d.site.closed_days = vec![new_year, closed_days("2027-01-01", "2027-01-01")];
            }),
        ),
        (
            "site.closed_days[0]: must end after it begins",
            Box::new(|d| d.site.closed_days = vec![closed_days("2027-01-03", "2026-12-29")]),
        ),
        (
            "site.closed_days[0]: choose 1 to 366 days",
            Box::new(|d| d.site.closed_days = vec![closed_days("2026-12-29", "2028-01-03")]),
        ),
        (
            "site.closed_days[0].name: must be at most 40 characters",
            Box::new(|d| {
                let name = long(41);
                let days = closed_days("2026-12-29", "2027-01-03");
                d.site.closed_days = vec![ClosedDays { name, ..days }];
            }),
        ),
        (
            "site.name: contains the control character U+0000; remove it",
            Box::new(|d| d.site.name = "\0".into()),
        ),
        (
            "site.contact.name: contains the control character U+0000; remove it",
            Box::new(|d| d.site.contact.name = "\0".into()),
        ),
        (
            "site.contact.phone: contains the control character U+0009; remove it",
            Box::new(|d| d.site.contact.phone = "03\t1234".into()),
        ),
    ]);
}

#[test]
fn a_purpose_notice_of_2000_characters_or_several_lines_is_valid() {
    let mut document = crate::test_office::document();
    let texts = &mut document.site.purpose_notice.texts;
    texts.set(Lang::Ja, long(2_000));
    texts.set(Lang::En, "Kept {kept}.\n\nAsk {inquiries}. { } {");
    texts.set(Lang::Ko, " ");
    assert_eq!(crate::validate::problems(&document), []);
}

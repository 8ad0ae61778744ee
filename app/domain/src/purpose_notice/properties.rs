//! Durations that a notice shows, for any settings.

use proptest::prelude::*;

use super::*;
use crate::model::lang::TranslatedText;
use crate::model::retention::Retention;
use crate::retention::{RetentionKind, applied};
use crate::test_office::cases;

/// A text that says each duration on its own line.
const TEXT: &str = "{kept}\n{visitors_kept}\n{messages_kept}\n{answers_kept}";

/// Days of a wording with exact days: its last number.
fn last_number(words: &str) -> u16 {
    let mut numbers = words.split(|c: char| !c.is_ascii_digit());
    let last = numbers.rfind(|digits| !digits.is_empty());
    last.and_then(|digits| digits.parse().ok())
        .expect("a duration has a number")
}

fn any_lang() -> impl Strategy<Value = Lang> {
    prop::sample::select(Lang::ALL.to_vec())
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn the_shown_days_are_the_applied_days(
        lang in any_lang(),
        is_own in any::<bool>(),
        office in "[^{}]{0,20}",
        (visitors, messages, answers, counts) in (0..4_000_u16, 0..4_000_u16, 0..4_000_u16, any::<u16>()),
    ) {
        let mut site = Site {
            name: office,
            retention: Retention { visitors, messages, answers, counts },
            ..Site::default()
        };
        let mut standard = "";
        if is_own {
            site.purpose_notice.texts = TranslatedText::of(lang, TEXT);
        } else {
            standard = TEXT;
        }
        let words = StandardWords { summary: standard, nameless_office: "o", staff: "s" };
        let notice = Notice::of(&site, lang, &words);
        let shown = notice.own_text().unwrap_or(notice.summary());
        let lines: Vec<&str> = shown.lines().collect();
        let days: Vec<u16> = lines[1..].iter().map(|line| last_number(line)).collect();
        let visitors = visitors.min(counts);
        prop_assert_eq!(days, [visitors, messages.min(visitors), answers.min(counts)]);
        prop_assert_eq!(lines[0], duration(visitors, lang));
    }

    #[test]
    fn under_any_ceiling_the_shown_days_are_those_after_which_the_relay_erases(
        lang in any_lang(),
        (visitors, messages, answers, counts) in (0..4_000_u16, 0..4_000_u16, 0..4_000_u16, any::<u16>()),
        ceiling in any::<u16>(),
    ) {
        let set = Retention { visitors, messages, answers, counts };
        let retention = applied(&set, ceiling);
        let site = Site { retention, ..Site::default() };
        let words = StandardWords { summary: "", nameless_office: "o", staff: "s" };
        let notice = Notice::of(&site, lang, &words);
        let kinds = [RetentionKind::Visitors, RetentionKind::Messages, RetentionKind::Answers];
        for (name, kind) in ["visitors_kept", "messages_kept", "answers_kept"].into_iter().zip(kinds) {
            prop_assert_eq!(last_number(notice.value(name)), retention.days(kind), "{}", name);
        }
    }

    #[test]
    fn any_own_text_makes_a_notice_with_a_summary(lang in any_lang(), text in any::<String>()) {
        let mut site = Site::default();
        site.purpose_notice.texts = TranslatedText::of(lang, text);
        let words = StandardWords { summary: "standard", nameless_office: "o", staff: "s" };
        let notice = Notice::of(&site, lang, &words);
        prop_assert!(!notice.summary().is_empty());
        prop_assert_eq!(notice.own_text().is_none(), notice.summary() == "standard");
        prop_assert_eq!(notice.version().to_string().parse(), Ok(notice.version()));
    }
}

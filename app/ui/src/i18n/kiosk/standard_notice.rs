//! Words of the standard purpose notice.

use yobirin_domain::purpose_notice::StandardWords;

use super::Words;

impl Words {
    /// Words of the notice, without its long form.
    #[must_use]
    pub fn standard_notice(&self) -> StandardWords<'static> {
        StandardWords {
            summary: self.notice.summary,
            nameless_office: self.notice.this_office,
            staff: self.call.our_staff,
        }
    }
}

#[cfg(test)]
mod tests {
    use yobirin_domain::model::lang::Lang;
    use yobirin_domain::model::retention::Retention;
    use yobirin_domain::model::settings::Site;
    use yobirin_domain::purpose_notice::{
        Notice, PLACEHOLDERS, STANDARD_EDITION, duration, exact_duration,
    };
    use yobirin_domain::text::placeholders;

    use super::super::{rare_words, words};

    /// All texts of the standard notice in a language.
    fn texts(lang: Lang) -> Vec<&'static str> {
        let (short, long) = (&words(lang).notice, &rare_words(lang).notice_details);
        vec![
            short.summary,
            short.this_office,
            words(lang).call.our_staff,
            long.purpose,
            long.seen,
            long.kept_visitors,
            long.kept_messages,
            long.kept_answers,
            long.kept_then,
            long.inquiries_how,
        ]
    }

    /// Numbers of a text, in order.
    fn numbers(text: &str) -> Vec<u16> {
        let runs = text.split(|c: char| !c.is_ascii_digit());
        runs.filter_map(|digits| digits.parse().ok()).collect()
    }

    #[test]
    fn every_language_says_the_days_that_are_applied_and_no_others() {
        for lang in Lang::ALL {
            let long = &rare_words(lang).notice_details;
            for days in 0..=1_830 {
                let (visitors, messages, answers) = (days, days / 2, days / 3);
                let site = Site {
                    retention: Retention {
                        visitors,
                        messages,
                        answers,
                        counts: 1_830,
                    },
                    ..Site::default()
                };
                let notice = Notice::of(&site, lang, &words(lang).standard_notice());
                let shown = notice.summary();
                assert!(shown.contains(&duration(visitors, lang)), "{shown}");
                assert_eq!(
                    numbers(shown),
                    numbers(&duration(visitors, lang)),
                    "{shown}"
                );
                for (line, days) in [
                    (long.kept_visitors, visitors),
                    (long.kept_messages, messages),
                    (long.kept_answers, answers),
                ] {
                    let line = notice.fill(line);
                    assert!(line.contains(&exact_duration(days, lang)), "{line}");
                    assert_eq!(numbers(&line).last(), Some(&days), "{line}");
                }
            }
        }
    }

    #[test]
    fn standard_texts_have_known_placeholders_and_no_numbers_of_their_own() {
        for text in Lang::ALL.into_iter().flat_map(texts) {
            assert!(
                placeholders(text).all(|name| PLACEHOLDERS.contains(&name)),
                "{text}"
            );
            assert!(numbers(text).is_empty(), "{text}");
        }
    }

    /// A call to a group without a room of its own is posted in the common room, which others than the host read.
    #[test]
    fn every_language_names_the_members_of_the_notified_chat_among_the_readers() {
        for (lang, members) in [
            (Lang::Ja, "参加者"),
            (Lang::En, "everyone in the chat room that is notified"),
            (Lang::Zh, "收到通知的聊天群"),
            (Lang::Ko, "알림을 받는 채팅방"),
            (Lang::Vi, "nhóm chat nhận thông báo"),
        ] {
            for text in [
                words(lang).notice.summary,
                rare_words(lang).notice_details.seen,
            ] {
                assert!(text.contains(members), "{text}");
            }
        }
    }

    /// The version of a notice contains the edition in place of the long form's words, which a tablet may not have
    /// loaded.
    #[test]
    fn the_edition_is_raised_with_every_change_of_a_standard_text() {
        let all = Lang::ALL.map(|lang| texts(lang).concat()).concat();
        let add = |sum: u32, byte: u8| sum.wrapping_mul(31).wrapping_add(byte.into());
        let checksum = all.bytes().fold(0, add);
        assert_eq!(
            (STANDARD_EDITION, checksum),
            (5, 1_185_985_065),
            "raise the edition, and write the new checksum here"
        );
    }
}

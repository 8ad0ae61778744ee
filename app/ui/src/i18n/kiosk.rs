//! Translations of the kiosk. The texts are data, one file per language in `app/ui/i18n/kiosk`; `build.rs` generates
//! [`Words`], [`RareWords`] and their parts, such as [`Layout`], from them, and compares the languages.
//!
//! Set-up contains all languages; a tablet contains Japanese and loads the others on demand (see [`loaded`]).

pub mod loaded;
mod standard_notice;

use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::StaffHelp;
use yobirin_domain::tablet_checks::{TabletCheck, TabletKind};

include!(concat!(env!("OUT_DIR"), "/kiosk_words.rs"));

/// The words of a language, for set-up and tests. A tablet uses [`loaded::words`]: a call of this function would put all
/// languages into its program.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::Ja => &JA,
        Lang::En => &EN,
        Lang::Zh => &ZH,
        Lang::Ko => &KO,
        Lang::Vi => &VI,
    }
}

/// The words that are rarely shown, such as the checklist's, for set-up and tests. A tablet loads them in every language
/// when a screen first needs them.
pub fn rare_words(lang: Lang) -> &'static RareWords {
    match lang {
        Lang::Ja => &JA_RARE,
        Lang::En => &EN_RARE,
        Lang::Zh => &ZH_RARE,
        Lang::Ko => &KO_RARE,
        Lang::Vi => &VI_RARE,
    }
}

/// Space between two sentences; `""` in Japanese and Chinese, whose full-width punctuation contains it.
pub fn sentence_space(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja | Lang::Zh => "",
        Lang::En | Lang::Ko | Lang::Vi => " ",
    }
}

impl Checklist {
    /// Name of a check, and the instruction that is shown while it is not met, for a kind of machine.
    pub fn line(&self, check: TabletCheck, kind: TabletKind) -> (&'static str, &'static str) {
        let by_kind = |ipad, android, pc| match kind {
            TabletKind::Ipad => ipad,
            TabletKind::Android => android,
            TabletKind::Pc => pc,
        };
        match check {
            TabletCheck::Reachable => (self.reachable, self.reachable_how),
            TabletCheck::Https => (self.https, self.https_how),
            TabletCheck::Installed => {
                let how = by_kind(
                    self.installed_ipad,
                    self.installed_android,
                    self.installed_pc,
                );
                (self.installed, how)
            }
            TabletCheck::FullScreen => {
                let app = self.full_screen_app;
                (self.full_screen, by_kind(app, app, self.full_screen_pc))
            }
            TabletCheck::Awake => {
                let how = by_kind(self.awake_ipad, self.awake_android, self.awake_pc);
                (self.awake, how)
            }
            TabletCheck::ExitPin => (self.exit_pin, self.exit_pin_how),
            TabletCheck::Pinned => {
                let how = by_kind(self.pinned_ipad, self.pinned_android, self.pinned_pc);
                (self.pinned, how)
            }
        }
    }
}

/// Name of a kind of machine, the same in all languages.
pub fn kind_name(kind: TabletKind) -> &'static str {
    match kind {
        TabletKind::Ipad => "iPad",
        TabletKind::Android => "Android",
        TabletKind::Pc => "PC",
    }
}

impl Layout {
    /// Label of the staff button.
    pub fn staff_label(&self, help: StaffHelp) -> &'static str {
        match help {
            StaffHelp::Ring => self.call_staff,
            StaffHelp::Phone => self.phone_staff,
            StaffHelp::Nothing => self.need_help,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::setup::SetupLang;

    /// All words with their names, read from the output of `Debug`.
    fn all(lang: Lang) -> Vec<(String, String)> {
        let text = format!("{:#?}{:#?}", words(lang), rare_words(lang));
        let lines = text
            .lines()
            .filter_map(|line| line.trim().split_once(": \""));
        lines
            .map(|(name, value)| {
                let mut value = value.trim_end_matches("\",").to_owned();
                for space in ['\u{a0}', '\u{200b}'] {
                    value = value.replace(&space.escape_unicode().to_string(), &space.to_string());
                }
                (name.to_owned(), value)
            })
            .collect()
    }

    fn placeholders(text: &str) -> Vec<&str> {
        let starts = text.split('{').skip(1);
        let mut names: Vec<&str> = starts.filter_map(|rest| rest.split('}').next()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn every_language_has_all_words_with_the_same_placeholders() {
        let japanese = all(Lang::Ja);
        assert!(
            japanese.len() > 80,
            "the words were not read: {}",
            japanese.len()
        );
        for lang in Lang::ALL {
            for ((name, ours), (_, theirs)) in all(lang).iter().zip(&japanese) {
                assert!(!ours.trim().is_empty(), "{lang:?} has no {name}");
                assert_eq!(placeholders(ours), placeholders(theirs), "{lang:?} {name}");
            }
        }
    }

    /// Numbers and units are joined by U+00A0, and so are Latin words and the Japanese particles after them.
    #[test]
    fn no_line_begins_with_the_unit_of_a_number_or_with_a_japanese_particle() {
        let is_number = |c: char| c.is_ascii_digit();
        let is_kana = |c: char| ('ぁ'..='ん').contains(&c);
        let is_ideograph = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        for lang in Lang::ALL {
            let has_spaces = matches!(lang, Lang::En | Lang::Ko | Lang::Vi);
            for (name, words) in all(lang) {
                // A count stands for its number.
                let text: Vec<char> = words.replace("{n}", "7").chars().collect();
                let is_broken = text.windows(3).any(|part| match *part {
                    [number, ' ', unit] if is_number(number) => unit.is_alphabetic(),
                    [number, unit, _] if is_number(number) => !has_spaces && is_ideograph(unit),
                    [_, ' ', next] => lang == Lang::Ja && is_kana(next),
                    _ => false,
                });
                assert!(!is_broken, "{lang:?} {name}: {words}");
            }
        }
    }

    #[test]
    fn sentences_are_separated_by_a_space_only_where_their_punctuation_has_none() {
        for lang in Lang::ALL {
            let words = words(lang);
            let is_full_width = words.call.wait_here.ends_with('。');
            assert_eq!(sentence_space(lang).is_empty(), is_full_width, "{lang:?}");
            for (name, words) in all(lang) {
                let spaced = ["。 ", "、 ", "： ", "， "]
                    .iter()
                    .any(|end| words.contains(end));
                assert!(!spaced, "{lang:?} {name}: {words}");
            }
        }
    }

    /// A space follows the number already, so without this one the number has a space on one side only.
    #[test]
    fn a_duration_within_a_japanese_or_chinese_sentence_has_a_space_before_it() {
        for lang in [Lang::Ja, Lang::Zh] {
            let summary = words(lang).notice.summary;
            assert!(summary.contains(" {kept}"), "{summary}");
        }
    }

    /// Some names of recipients, such as “our staff”, begin with a small letter.
    #[test]
    fn no_sentence_of_a_latin_script_begins_with_a_recipient() {
        for lang in [Lang::En, Lang::Vi] {
            for (name, words) in all(lang) {
                let begins = words.starts_with("{who}") || words.contains(". {who}");
                assert!(!begins, "{lang:?} {name}: {words}");
            }
        }
    }

    #[test]
    fn set_up_and_its_pages_have_the_names_by_which_they_call_themselves() {
        let [japanese, english] = SetupLang::ALL.map(|lang| &lang.words().layout);
        // Set-up has no other languages: its pages have their English names there.
        for (lang, name, pages) in [
            (Lang::Ja, japanese.setup_title, japanese),
            (Lang::En, english.setup_title, english),
            (Lang::Zh, "前台设置", english),
            (Lang::Ko, "안내 데스크 설정", english),
            (Lang::Vi, "Thiết lập lễ tân", english),
        ] {
            let (words, checklist) = (words(lang), &rare_words(lang).checklist);
            for (text, page) in [
                (words.pairing.approve, pages.devices),
                (words.pairing.help, pages.devices),
                (checklist.exit_pin_how, pages.site),
                (words.layout.not_set_up_help, ""),
                (words.staff_exit.open_setup, ""),
                (words.pairing.wrong_code, ""),
            ] {
                assert!(text.contains(name) && text.contains(page), "{text}");
            }
        }
    }

    #[test]
    fn no_word_promises_that_somebody_comes() {
        let promises = [
            "まいります",
            "参ります",
            "伺います",
            "will come",
            "be with you",
            "shortly",
            "马上就来",
            "会前来",
            "나옵니다",
            "나오니",
            "ra đón ngay",
            "sẽ ra đón",
        ];
        for lang in Lang::ALL {
            for (name, words) in all(lang) {
                for promise in promises {
                    assert!(!words.contains(promise), "{lang:?} {name}: {words}");
                }
            }
        }
    }
}

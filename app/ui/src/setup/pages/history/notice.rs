//! Line of a call about the purpose notice that its visitor saw.

use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::Site;
use yobirin_domain::purpose_notice::{Notice, NoticeVersion};

use crate::i18n::fill;
use crate::i18n::kiosk;
use crate::i18n::setup::Words;

/// Names the version, and the language in which tablets show it at present; or says that it is an earlier one.
/// `present` is the site as tablets get it.
pub(super) fn notice_line(words: &Words, present: &Site, version: NoticeVersion) -> String {
    let texts = &words.history;
    let language = Lang::ALL.into_iter().find(|lang| {
        let standard = kiosk::words(*lang).standard_notice();
        Notice::of(present, *lang, &standard).version() == version
    });
    let version = version.to_string();
    match language {
        Some(lang) => {
            let values = [
                ("language", words.language_name(lang)),
                ("version", &version),
            ];
            fill(texts.notice_present, &values)
        }
        None => fill(texts.notice_earlier, &[("version", &version)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::setup::SetupLang;

    #[test]
    fn a_notice_is_recognised_until_the_office_changes_what_it_says() {
        let words = SetupLang::En.words();
        let mut site = Site::default();
        let standard = kiosk::words(Lang::Ko).standard_notice();
        let seen = Notice::of(&site, Lang::Ko, &standard).version();
        let line = notice_line(words, &site, seen);
        assert!(
            line.contains("current") && line.contains("Korean"),
            "{line}"
        );
        assert!(line.contains(&seen.to_string()), "{line}");
        site.retention.visitors = 730;
        let line = notice_line(words, &site, seen);
        assert!(
            line.contains("earlier") && line.contains(&seen.to_string()),
            "{line}"
        );
    }
}

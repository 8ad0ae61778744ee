//! Languages that a visitor can choose, and texts by language.

use serde::{Deserialize, Serialize};

/// Language of the kiosk, in the order of the language switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Japanese (日本語).
    Ja,
    /// English.
    En,
    /// Simplified Chinese (简体中文).
    Zh,
    /// Korean (한국어).
    Ko,
    /// Vietnamese (Tiếng Việt).
    Vi,
}

impl Lang {
    /// All languages in the order of the language switch.
    pub const ALL: [Self; 5] = [Self::Ja, Self::En, Self::Zh, Self::Ko, Self::Vi];

    /// Key of the language in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
            Self::Zh => "zh",
            Self::Ko => "ko",
            Self::Vi => "vi",
        }
    }

    /// BCP 47 tag for the `lang` attribute.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
            Self::Zh => "zh-Hans",
            Self::Ko => "ko",
            Self::Vi => "vi",
        }
    }

    /// Name of the language in the language itself.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Ja => "日本語",
            Self::En => "English",
            Self::Zh => "简体中文",
            Self::Ko => "한국어",
            Self::Vi => "Tiếng Việt",
        }
    }

    /// Language of a BCP 47 tag by its primary subtag (`zh-CN` and `zh` are both Chinese), if supported.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        Self::ALL.into_iter().find(|lang| {
            let known = lang.tag().split('-').next().unwrap_or_default();
            known.eq_ignore_ascii_case(primary)
        })
    }
}

/// Text in one or more languages, such as a group's name or a button's label. A missing language has an empty
/// text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TranslatedText {
    #[serde(skip_serializing_if = "String::is_empty")]
    ja: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    en: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    zh: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    ko: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    vi: String,
}

impl TranslatedText {
    /// Creates a text in one language.
    #[must_use]
    pub fn of(lang: Lang, text: impl Into<String>) -> Self {
        let mut texts = Self::default();
        texts.set(lang, text);
        texts
    }

    /// Adds the text of another language.
    #[must_use]
    pub fn and(mut self, lang: Lang, text: impl Into<String>) -> Self {
        self.set(lang, text);
        self
    }

    /// Sets the text of one language; an empty text removes it.
    pub fn set(&mut self, lang: Lang, text: impl Into<String>) {
        let field = match lang {
            Lang::Ja => &mut self.ja,
            Lang::En => &mut self.en,
            Lang::Zh => &mut self.zh,
            Lang::Ko => &mut self.ko,
            Lang::Vi => &mut self.vi,
        };
        *field = text.into();
    }

    /// Text in exactly this language, or `""`.
    #[must_use]
    pub fn exactly(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
            Lang::Ko => &self.ko,
            Lang::Vi => &self.vi,
        }
    }

    /// Text for a reader of `lang` in an office whose main language is `main`: in `lang`; else in English unless `lang` is
    /// the main language; else in the main language; else in the first language that has one; else `""`.
    #[must_use]
    pub fn for_reader(&self, lang: Lang, main: Lang) -> &str {
        let fallbacks = [self.exactly(main)].into_iter();
        let in_language_order = Lang::ALL.map(|lang| self.exactly(lang));
        self.first_text(lang, main, fallbacks.chain(in_language_order))
    }

    /// The same for a text that has a field of its own, `own`, for the main language, and whose other languages are here:
    /// in `lang`; else in English unless `lang` is the main language; else `own`.
    #[must_use]
    pub fn or_own<'a>(&'a self, lang: Lang, main: Lang, own: &'a str) -> &'a str {
        self.first_text(lang, main, [own].into_iter())
    }

    /// Text for a reader in an office whose main language is Japanese or not known.
    #[must_use]
    pub fn best(&self, lang: Lang) -> &str {
        self.for_reader(lang, Lang::Ja)
    }

    /// First text that is not blank: in `lang`, in English, then of `fallbacks`. Visitors of another language more often
    /// read English than the main language; the office's own people and guests have a text of their own.
    fn first_text<'a>(
        &'a self,
        lang: Lang,
        main: Lang,
        fallbacks: impl Iterator<Item = &'a str>,
    ) -> &'a str {
        let english = if lang == main { "" } else { &self.en };
        let preferred = [self.exactly(lang), english].into_iter();
        let mut texts = preferred.chain(fallbacks);
        texts
            .find(|text| !text.trim().is_empty())
            .unwrap_or_default()
    }

    /// All languages that have a text, with the text.
    pub fn iter(&self) -> impl Iterator<Item = (Lang, &str)> {
        let texts = Lang::ALL.into_iter().map(|lang| (lang, self.exactly(lang)));
        texts.filter(|(_, text)| !text.is_empty())
    }

    /// True when no language has a text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// True when no language has a text besides white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.iter().all(|(_, text)| text.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_language_falls_back_to_english_then_to_any() {
        let text = TranslatedText::of(Lang::Ja, "総務").and(Lang::En, "General Affairs");
        assert_eq!(text.best(Lang::Ja), "総務");
        assert_eq!(text.best(Lang::Ko), "General Affairs");
        assert_eq!(TranslatedText::of(Lang::Ja, "総務").best(Lang::Vi), "総務");
        assert_eq!(TranslatedText::default().best(Lang::En), "");
    }

    #[test]
    fn the_main_language_of_a_korean_office_comes_before_english_for_its_own_readers_only() {
        let both = TranslatedText::of(Lang::Ko, "총무").and(Lang::En, "General Affairs");
        let japanese = TranslatedText::of(Lang::Ko, "총무").and(Lang::Ja, "総務");
        for (lang, of_both, of_japanese) in [
            (Lang::Ko, "총무", "총무"),
            (Lang::Ja, "General Affairs", "総務"),
            (Lang::En, "General Affairs", "총무"),
            (Lang::Vi, "General Affairs", "총무"),
        ] {
            assert_eq!(both.for_reader(lang, Lang::Ko), of_both, "{lang:?}");
            assert_eq!(japanese.for_reader(lang, Lang::Ko), of_japanese, "{lang:?}");
        }
        let english = TranslatedText::of(Lang::En, "General Affairs");
        for (lang, name) in [
            (Lang::Ko, "총무"),
            (Lang::Ja, "General Affairs"),
            (Lang::Vi, "General Affairs"),
        ] {
            assert_eq!(english.or_own(lang, Lang::Ko, "총무"), name, "{lang:?}");
        }
        let given = english.and(Lang::Ko, "총무팀");
        assert_eq!(given.or_own(Lang::Ko, Lang::Ko, "총무"), "총무팀");
        assert_eq!(
            TranslatedText::default().or_own(Lang::Zh, Lang::Ko, "총무"),
            "총무"
        );
        let blank = TranslatedText::of(Lang::Zh, " ");
        assert_eq!(blank.for_reader(Lang::Zh, Lang::Ko), "");
    }

    #[test]
    fn tags_are_read_by_their_primary_language() {
        for (tag, lang) in [("ja-JP", Lang::Ja), ("zh-CN", Lang::Zh), ("EN", Lang::En)] {
            assert_eq!(Lang::from_tag(tag), Some(lang), "{tag}");
        }
        assert_eq!(Lang::from_tag("fr"), None);
    }
}

//! Texts that are joined with the punctuation of set-up's language.

use crate::i18n::setup::{SetupLang, Words};

/// A name and its detail, with a colon between them.
pub(crate) fn with_detail(words: &Words, name: &str, detail: &str) -> String {
    match words.lang {
        SetupLang::Ja => format!("{name}：{detail}"),
        SetupLang::En => format!("{name}: {detail}"),
    }
}

/// Sentences, each with its full stop.
pub(crate) fn sentences(words: &Words, sentences: &[&str]) -> String {
    sentences.join(words.sentence_gap())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_joined_with_the_punctuation_of_their_language() {
        let (ja, en) = (SetupLang::Ja.words(), SetupLang::En.words());
        assert_eq!(with_detail(ja, "総務", "佐藤"), "総務：佐藤");
        assert_eq!(with_detail(en, "Soumu", "Sato"), "Soumu: Sato");
        assert_eq!(
            sentences(ja, &["保存できませんでした。", "接続できません。"]),
            "保存できませんでした。接続できません。"
        );
        assert_eq!(
            sentences(en, &["Could not save.", "No connection."]),
            "Could not save. No connection."
        );
    }
}

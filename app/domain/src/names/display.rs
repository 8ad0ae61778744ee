//! Name of a host as a tablet shows it in each language.

use super::{Romanization, hangul_of_reading, romaji_of_reading};
use crate::model::directory::Host;
use crate::model::lang::Lang;
use crate::text::usual_width;

/// Name of a host for a visitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayName {
    /// Name that the visitor can read.
    pub primary: String,
    /// Name as colleagues write it, to be shown smaller beside `primary`; `None` when both are the same.
    pub secondary: Option<String>,
}

/// Name of a host in a language.
///
/// - Japanese and Chinese: the name as it is.
/// - English and Vietnamese: the name in Latin letters (`latin_name`, else the romaji of the reading), then the name.
/// - Korean: the reading in Hangul, else `latin_name`, then the name.
/// - Names without kanji or kana, and names without reading, in every language: the name as it is.
///
/// Half-width katakana and full-width spaces of an imported list are shown in the usual width.
///
/// Only the reading of the words that the display name contains is shown: when a tablet shows 佐藤 for 佐藤 花子, the
/// given name stays private in every language.
#[must_use]
pub fn display_name(host: &Host, lang: Lang) -> DisplayName {
    let shown = usual_width(host.shown_name());
    let readable = match lang {
        _ if is_readable_abroad(&shown) => None,
        Lang::Ja | Lang::Zh => None,
        Lang::En | Lang::Vi => latin_name(host),
        Lang::Ko => hangul_name(host).or_else(|| latin_name(host)),
    };
    match readable.filter(|readable| *readable != shown) {
        Some(primary) => DisplayName {
            primary,
            secondary: Some(shown),
        },
        None => DisplayName {
            primary: shown,
            secondary: None,
        },
    }
}

/// Name of a host in Latin letters: the corrected one, else the romaji of the reading in passport style. `None`
/// without both.
#[must_use]
pub fn latin_name(host: &Host) -> Option<String> {
    let corrected = host.latin_name.trim();
    if corrected.is_empty() {
        romaji_of_reading(&shown_reading(host)?, Romanization::Passport)
    } else {
        Some(corrected.to_owned())
    }
}

fn hangul_name(host: &Host) -> Option<String> {
    hangul_of_reading(&shown_reading(host)?)
}

/// Reading of the shown name, word by word: the word of the reading at the place that the shown word has in the full
/// name. `None` when a shown word is not in the full name, or name and reading have different numbers of words.
fn shown_reading(host: &Host) -> Option<String> {
    let shown = host.shown_name();
    if is_kana(shown) {
        return Some(shown.to_owned());
    }
    if shown == host.name {
        return Some(host.kana.clone());
    }
    let names: Vec<&str> = host.name.split_whitespace().collect();
    let readings: Vec<&str> = host.kana.split_whitespace().collect();
    if names.len() != readings.len() {
        return None;
    }
    let reading = |word: &str| {
        let index = names.iter().position(|name| *name == word)?;
        readings.get(index).copied()
    };
    let words: Option<Vec<&str>> = shown.split_whitespace().map(reading).collect();
    words.map(|words| words.join(" "))
}

fn is_kana(text: &str) -> bool {
    text.chars()
        .all(|c| matches!(c, 'ぁ'..='ヿ') || c.is_whitespace())
}

/// True for a name without kana, kanji and other letters of East Asia except Hangul.
fn is_readable_abroad(name: &str) -> bool {
    !name.contains(|c| {
        matches!(
            c,
            '\u{2e80}'..='\u{9fff}' // radicals, kana and unified ideographs
                | '\u{f900}'..='\u{faff}' // compatibility ideographs
                | '\u{ff66}'..='\u{ff9f}' // half-width katakana
                | '\u{20000}'..='\u{3ffff}' // planes 2 and 3, of ideographs only
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(name: &str, kana: &str) -> Host {
        let mut host = Host::named("h".parse().unwrap(), name);
        kana.clone_into(&mut host.kana);
        host
    }

    /// Primary and secondary name; `""` without a secondary one.
    fn both(host: &Host, lang: Lang) -> (String, String) {
        let name = display_name(host, lang);
        (name.primary, name.secondary.unwrap_or_default())
    }

    #[test]
    fn every_visitor_can_read_a_japanese_name() {
        let suzuki = host("鈴木 大輔", "すずき だいすけ");
        for (lang, primary, secondary) in [
            (Lang::Ja, "鈴木 大輔", ""),
            (Lang::Zh, "鈴木 大輔", ""),
            (Lang::En, "Suzuki Daisuke", "鈴木 大輔"),
            (Lang::Vi, "Suzuki Daisuke", "鈴木 大輔"),
            (Lang::Ko, "스즈키 다이스케", "鈴木 大輔"),
        ] {
            assert_eq!(
                both(&suzuki, lang),
                (primary.into(), secondary.into()),
                "{lang:?}"
            );
        }
    }

    #[test]
    fn a_name_of_an_older_list_is_shown_in_the_usual_width() {
        let kondo = host("ｺﾝﾄﾞｳ　一夫", "");
        assert_eq!(both(&kondo, Lang::Ja).0, "コンドウ 一夫");
    }

    #[test]
    fn the_name_in_latin_letters_corrects_the_romaji() {
        let mut brown = host("マイケル・ブラウン", "");
        assert_eq!(both(&brown, Lang::En).0, "Maikeru Buraun");
        brown.latin_name = "Michael Brown".to_owned();
        assert_eq!(
            both(&brown, Lang::En),
            ("Michael Brown".into(), "マイケル・ブラウン".into())
        );
        assert_eq!(both(&brown, Lang::Ko).0, "마이케루 부라운");
        assert_eq!(
            both(&brown, Lang::Ja),
            ("マイケル・ブラウン".into(), String::new())
        );
    }

    #[test]
    fn names_without_reading_or_in_other_letters_stay_as_they_are() {
        for name in ["佐藤 花子", "John Smith", "Nguyễn Văn A", "김철수"] {
            for lang in Lang::ALL {
                assert_eq!(
                    both(&host(name, ""), lang),
                    (name.into(), String::new()),
                    "{lang:?}"
                );
            }
        }
        let reading = "ジョン スミス";
        assert_eq!(both(&host("John Smith", reading), Lang::Ko).0, "John Smith");
    }

    #[test]
    fn a_display_name_shows_no_more_of_the_reading_than_of_the_name() {
        let mut sato = host("佐藤 花子", "さとう はなこ");
        for (display, english) in [
            ("佐藤", "Sato"),
            ("花子", "Hanako"),
            ("営業の佐藤", "営業の佐藤"),
            ("サトー", "Sato"),
            ("Hana", "Hana"),
        ] {
            display.clone_into(&mut sato.display_name);
            assert_eq!(both(&sato, Lang::En).0, english, "{display}");
        }
    }
}

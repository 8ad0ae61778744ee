//! Order of a list of names in each language, and the row of its index under which a visitor looks for a name.

use super::display_name;
use crate::model::directory::Host;
use crate::model::lang::Lang;
use crate::search::{KANA_ROWS, fold, kana_row};

/// Row of names without kana, in an index by rows of the Japanese syllabary (五十音).
pub const LATIN_ROW: char = 'A';
/// Row of names that start with no letter of the index, in an index by letters.
pub const OTHER_ROW: char = '#';

/// First initial consonant of Hangul, as folding leaves it.
const FIRST_INITIAL: char = '\u{1100}';
/// Last initial consonant of Hangul, as folding leaves it.
const LAST_INITIAL: char = '\u{1112}';
/// Row of each initial consonant of Hangul, from [`FIRST_INITIAL`]; double consonants are in the row of the single
/// one.
const HANGUL_ROWS: &str = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ";

/// Row of the index in which a host is listed: a row of the Japanese syllabary in Japanese and Chinese, else the
/// first letter of the shown name.
#[must_use]
pub fn index_row(host: &Host, lang: Lang) -> char {
    if has_kana_index(lang) {
        let reading = match host.kana.trim() {
            "" => host.shown_name(),
            reading => reading,
        };
        return kana_row(reading).unwrap_or(LATIN_ROW);
    }
    let name = fold(&display_name(host, lang).primary);
    match name.chars().next() {
        Some(letter @ 'a'..='z') => letter.to_ascii_uppercase(),
        Some(letter @ FIRST_INITIAL..=LAST_INITIAL) => {
            let index = u32::from(letter) - u32::from(FIRST_INITIAL);
            HANGUL_ROWS.chars().nth(index as usize).unwrap_or(OTHER_ROW)
        }
        _ => OTHER_ROW,
    }
}

/// Rows of the index of a list: all rows of the Japanese syllabary, else the letters that its names start with.
#[must_use]
pub fn index_rows(rows_of_hosts: impl Iterator<Item = char>, lang: Lang) -> Vec<char> {
    if has_kana_index(lang) {
        return KANA_ROWS.into_iter().chain([LATIN_ROW]).collect();
    }
    let mut rows: Vec<char> = rows_of_hosts.collect();
    rows.sort_by_key(|&row| (rank(row, lang), row));
    rows.dedup();
    rows
}

/// Sorts hosts, given in 五十音 order, by the names that are shown in a language.
pub fn sort_by_shown_name(hosts: &mut [&Host], lang: Lang) {
    if !has_kana_index(lang) {
        hosts.sort_by_cached_key(|host| {
            let name = fold(&display_name(host, lang).primary);
            (rank(index_row(host, lang), lang), name)
        });
    }
}

/// True for the languages whose index has the rows of the Japanese syllabary, because names are shown as colleagues
/// write them.
fn has_kana_index(lang: Lang) -> bool {
    matches!(lang, Lang::Ja | Lang::Zh)
}

/// Position of a row's script: the visitor's own letters first, then other letters, [`OTHER_ROW`] last.
fn rank(row: char, lang: Lang) -> u8 {
    if row == OTHER_ROW {
        return 2;
    }
    let is_hangul = !row.is_ascii();
    let is_own_script = is_hangul == (lang == Lang::Ko);
    u8::from(!is_own_script)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts() -> Vec<Host> {
        let named = |(name, kana): (&str, &str)| {
            let mut host = Host::named("h".parse().unwrap(), name);
            kana.clone_into(&mut host.kana);
            host
        };
        let names = [
            ("加藤 拓也", "かとう たくや"),
            ("鈴木 大輔", "すずき だいすけ"),
            ("丹波 一", "たんば はじめ"),
            ("東 京子", ""),
            ("Brown", ""),
            ("Đặng Anh", ""),
        ];
        names.into_iter().map(named).collect()
    }

    #[test]
    fn a_visitor_finds_a_name_by_its_first_letter_in_the_order_of_the_language() {
        // First characters of the sorted names, and the row of each.
        for (lang, names, rows) in [
            (Lang::Ja, "加鈴丹東BĐ", "かさたAAA"),
            (Lang::Zh, "加鈴丹東BĐ", "かさたAAA"),
            (Lang::En, "BĐ加鈴丹東", "BDKST#"),
            (Lang::Vi, "BĐ加鈴丹東", "BDKST#"),
            (Lang::Ko, "加丹鈴BĐ東", "ㄱㄷㅅBD#"),
        ] {
            let all = hosts();
            let mut shown: Vec<&Host> = all.iter().collect();
            sort_by_shown_name(&mut shown, lang);
            let first = |host: &&Host| host.name.chars().next().unwrap();
            let order: String = shown.iter().map(first).collect();
            let found: String = shown.iter().map(|host| index_row(host, lang)).collect();
            assert_eq!((order.as_str(), found.as_str()), (names, rows), "{lang:?}");
        }
    }

    #[test]
    fn an_index_by_letters_has_only_the_letters_that_lead_to_somebody() {
        let rows = |lang| index_rows("#TKAKㅅㄱ".chars(), lang).into_iter();
        assert_eq!(rows(Lang::En).collect::<String>(), "AKTㄱㅅ#");
        assert_eq!(rows(Lang::Ko).collect::<String>(), "ㄱㅅAKT#");
        assert_eq!(rows(Lang::Ja).collect::<String>(), "あかさたなはまやらわA");
    }
}

//! Masks names: closed host selection (クローズ型) offers several matches without becoming a directory.

use yobirin_domain::model::directory::Host;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::names::display_name;

/// Stands for each letter that is not shown.
const MASK: char = '○';

/// The shown name of a host, masked. A word of a reading in Latin letters or Hangul keeps its initial only where the
/// word of the name keeps its first letter.
///
/// The name in Latin letters that an admin has entered is not used, because the given name may come first in it.
pub(crate) fn masked_name(host: &Host, lang: Lang) -> String {
    let masked = mask_name(host.shown_name());
    let host = Host {
        latin_name: String::new(),
        ..host.clone()
    };
    let name = display_name(&host, lang);
    match name.secondary {
        Some(_) => mask_reading(&name.primary, &masked),
        None => masked,
    }
}

/// Masks a reading as its name is masked, word by word. Returns the masked name where their words do not correspond.
fn mask_reading(reading: &str, masked_name: &str) -> String {
    let name_words: Vec<&str> = masked_name.split_whitespace().collect();
    let reading_words: Vec<&str> = reading.split_whitespace().collect();
    if name_words.len() != reading_words.len() {
        return masked_name.to_owned();
    }
    let mut masked_words = Vec::new();
    for (name_word, reading_word) in name_words.into_iter().zip(reading_words) {
        masked_words.push(if name_word.starts_with(MASK) {
            MASK.to_string()
        } else if name_word.contains(MASK) {
            mask_word(reading_word, 1, 1)
        } else {
            reading_word.to_owned()
        });
    }
    masked_words.join(" ")
}

/// Masks a name except for the family name and the first letter of each other word; a word of one letter is masked
/// whole. A name without a space keeps its first half.
pub(crate) fn mask_name(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    match words.as_slice() {
        [] => String::new(),
        [single] => {
            let letters = single.chars().count();
            let kept = (letters / 2).max(1);
            mask_word(single, kept, (letters - kept).max(1))
        }
        [family, given_names @ ..] => {
            let mut masked_words = vec![(*family).to_owned()];
            for word in given_names {
                masked_words.push(match word.chars().count() {
                    1 => MASK.to_string(),
                    letters => mask_word(word, 1, letters - 1),
                });
            }
            masked_words.join(" ")
        }
    }
}

/// The first `kept` letters of a word, and then a number of circles.
fn mask_word(word: &str, kept: usize, circles: usize) -> String {
    let circles = std::iter::repeat_n(MASK, circles);
    word.chars().take(kept).chain(circles).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names_keep_their_first_letter_unless_it_is_the_whole_name() {
        for (name, shown) in [
            ("佐藤 花子", "佐藤 花○"),
            ("佐藤　一", "佐藤 ○"),
            ("斎藤 誠", "斎藤 ○"),
            ("Nguyen Van A", "Nguyen V○○ ○"),
            ("佐藤花子", "佐藤○○"),
            ("林", "林○"),
            ("Sato Taro", "Sato T○○○"),
            ("", ""),
        ] {
            assert_eq!(mask_name(name), shown, "{name}");
        }
    }

    #[test]
    fn a_masked_reading_shows_no_letter_that_the_masked_name_hides() {
        // Name, kana and Latin name of the host; the masked name in English and in Korean.
        for (name, kana, latin, english, korean) in [
            ("佐藤 花子", "さとう はなこ", "", "Sato H○", "사토 하○"),
            (
                "佐藤 花子",
                "さとう はなこ",
                "Hanako Sato",
                "Sato H○",
                "사토 하○",
            ),
            ("斎藤 誠", "さいとう まこと", "", "Saito ○", "사이토 ○"),
            ("佐藤花子", "さとうはなこ", "", "S○", "사○"),
            ("佐藤花子", "さとう はなこ", "", "佐藤○○", "佐藤○○"),
            ("佐藤 花子", "", "Hanako Sato", "佐藤 花○", "佐藤 花○"),
            (
                "Sato Taro",
                "サトウ タロウ",
                "Taro Sato",
                "Sato T○○○",
                "Sato T○○○",
            ),
        ] {
            let mut host = Host::named("h".parse().unwrap(), name);
            kana.clone_into(&mut host.kana);
            latin.clone_into(&mut host.latin_name);
            assert_eq!(masked_name(&host, Lang::En), english, "{name}");
            assert_eq!(masked_name(&host, Lang::Ko), korean, "{name}");
            assert_eq!(masked_name(&host, Lang::Ja), mask_name(name));
        }
    }
}

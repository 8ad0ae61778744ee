//! Masks names: closed host selection (クローズ型) offers several matches without becoming a directory.

use yobirin_domain::model::directory::Host;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::names::display_name;

/// The shown name of a host, masked. A reading in Latin letters or Hangul keeps at most an initial where the name keeps
/// its first letter.
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

/// Masks a reading as its name is masked, word by word; the masked name itself where their words do not correspond.
fn mask_reading(reading: &str, masked: &str) -> String {
    let names: Vec<&str> = masked.split_whitespace().collect();
    let readings: Vec<&str> = reading.split_whitespace().collect();
    if names.len() != readings.len() {
        return masked.to_owned();
    }
    let mask = |(name, reading): (&&str, &&str)| {
        if !name.contains(MASK) {
            return (*reading).to_owned();
        }
        let initial = reading.chars().next().filter(|_| !name.starts_with(MASK));
        initial.into_iter().chain([MASK]).collect()
    };
    let parts: Vec<String> = names.iter().zip(&readings).map(mask).collect();
    parts.join(" ")
}

/// Stands for a letter that is not shown.
const MASK: char = '○';

/// Masks a name except for the family name and the first letter of each other word. A name without a space keeps its first
/// half.
pub(crate) fn mask_name(name: &str) -> String {
    let parts: Vec<&str> = name.split_whitespace().collect();
    match parts.as_slice() {
        [] => String::new(),
        [single] => mask_part(single, (single.chars().count() / 2).max(1)),
        [family, rest @ ..] => {
            let masked_names = rest
                .iter()
                .map(|part| mask_part(part, part.chars().count().min(2) - 1));
            std::iter::once((*family).to_owned())
                .chain(masked_names)
                .collect::<Vec<_>>()
                .join(" ")
        }
    }
}

/// Keeps the first `keep` letters, and replaces each of the others (at least one) by a circle.
fn mask_part(part: &str, keep: usize) -> String {
    let hidden = part.chars().count().saturating_sub(keep).max(1);
    let circles = std::iter::repeat_n(MASK, hidden);
    part.chars().take(keep).chain(circles).collect()
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

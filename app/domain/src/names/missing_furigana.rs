//! Hosts whose missing reading keeps the search from finding them.

use crate::model::directory::Host;
use crate::search::is_kanji;

/// True for a visible host without furigana whose name contains kanji: neither kana nor Latin letters find the kanji.
#[must_use]
pub fn lacks_furigana(host: &Host) -> bool {
    !host.hidden
        && lacks_reading(&host.name, [&host.kana, &host.latin_name])
        && host.shown_name().contains(is_kanji)
}

/// True for a name that contains kanji and has no reading.
pub(crate) fn lacks_reading(name: &str, readings: [&str; 2]) -> bool {
    let has_reading = readings.iter().any(|reading| !reading.trim().is_empty());
    !has_reading && name.contains(is_kanji)
}

/// True where visitors find names only as they are written: some visible hosts have kanji in their names, and all of
/// them lack furigana.
#[must_use]
pub fn are_found_only_as_written(hosts: &[Host]) -> bool {
    let has_kanji = |host: &&Host| !host.hidden && host.name.contains(is_kanji);
    let mut with_kanji = hosts.iter().filter(has_kanji).peekable();
    with_kanji.peek().is_some() && with_kanji.all(lacks_furigana)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::settings::{Settings, SettingsDocument};
    use crate::search::Index;

    fn named(name: &str) -> Host {
        Host::named("h".parse().unwrap(), name)
    }

    fn finds(host: &Host, query: &str) -> bool {
        let hosts = vec![host.clone()];
        let index = Index::of(&Settings::unvalidated(SettingsDocument {
            hosts,
            ..SettingsDocument::default()
        }));
        !index.find(query, 1).is_empty()
    }

    #[test]
    fn kanji_without_reading_are_found_neither_by_kana_nor_by_latin_letters() {
        let sato = named("佐藤 花");
        assert!(lacks_furigana(&sato));
        assert!(finds(&sato, "佐藤") && !finds(&sato, "さとう") && !finds(&sato, "sato"));
        for name in ["小野寺 さくら", "𠮷田 実", "佐々木"] {
            assert!(lacks_furigana(&named(name)), "{name}");
        }
    }

    #[test]
    fn one_reading_is_enough_to_promise_a_search_by_reading() {
        let with_kana = |name: &str| Host {
            kana: "かな".to_owned(),
            ..named(name)
        };
        let hidden = Host {
            hidden: true,
            ..with_kana("鈴木")
        };
        let kanji = [named("佐藤 花"), named("John Smith"), hidden];
        assert!(are_found_only_as_written(&kanji));
        let one_reading = [named("佐藤 花"), with_kana("山田 一")];
        assert!(!are_found_only_as_written(&one_reading));
        assert!(!are_found_only_as_written(&[named("John Smith")]));
        assert!(!are_found_only_as_written(&[]));
    }

    #[test]
    fn furigana_a_latin_name_and_names_without_kanji_are_found_by_both() {
        let with = |change: fn(&mut Host)| {
            let mut host = named("佐藤 花");
            change(&mut host);
            host
        };
        let hosts = [
            with(|host| host.kana = "さとう はな".to_owned()),
            with(|host| host.latin_name = "Sato Hana".to_owned()),
            with(|host| host.display_name = "さとう".to_owned()),
        ];
        let hidden = with(|host| host.hidden = true);
        assert!(!lacks_furigana(&hidden), "visitors do not look for it");
        for host in hosts {
            assert!(!lacks_furigana(&host), "{host:?}");
            assert!(finds(&host, "さとう") && finds(&host, "sato"), "{host:?}");
        }
        for name in ["マイケル・ブラウン", "Nguyễn Văn Minh", ""] {
            assert!(!lacks_furigana(&named(name)), "{name}");
        }
    }
}

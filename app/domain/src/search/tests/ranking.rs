//! Order of hits, and queries that find nobody.

use proptest::prelude::*;

use super::{finds, host_ids, index, named};
use crate::names::{self, Romanization};
use crate::test_office::host;

#[test]
fn matches_at_the_start_of_a_name_come_first_then_of_the_given_name_then_inside() {
    let index = index(vec![
        host("takuya", "加藤 拓也", "かとう たくや", 0, &[]),
        host("yasu", "佐藤 康", "さとう やすし", 0, &[]),
        host("yama", "山田 一", "やまだ はじめ", 0, &[]),
    ]);
    assert_eq!(host_ids(&index.find("や", 10)), ["yama", "yasu", "takuya"]);
    assert_eq!(host_ids(&index.find("ya", 2)), ["yama", "yasu"]);
    assert_eq!(host_ids(&index.find("や", 1)), ["yama"]);
}

#[test]
fn either_name_order_is_found_without_space() {
    let mut brown = named("Brown, John", "");
    for query in ["johnbrown", "brownjohn", "JohnB", "John Brown", "brown"] {
        assert!(finds(&brown, query), "{query}");
    }
    brown.name = "加藤 拓也".to_owned();
    brown.kana = "かとう たくや".to_owned();
    for query in [
        "たくやかとう",
        "タクヤカト",
        "takuyakatou",
        "takuyakato",
        "拓也加藤",
        "拓也加",
        "拓也 加藤",
        "katotakuya",
    ] {
        assert!(finds(&brown, query), "{query}");
    }
    for query in [
        "くやかとう",
        "やかとう",
        "也加藤",
        "たくかとう",
        "たくやかとうた",
    ] {
        assert!(!finds(&brown, query), "{query}");
    }
    assert!(!finds(&named("上野 健", "うえの けん"), "ぬ"));
    let ono = named("大野 太郎", "おおの たろう");
    for query in ["たろうおおの", "taroono", "tarouono", "taroohno"] {
        assert!(finds(&ono, query), "{query}");
    }
    let van = named("Nguyễn Văn An", "グエン バン アン");
    for query in ["vanannguyen", "annguyen", "アングエン"] {
        assert!(finds(&van, query), "{query}");
    }
}

#[test]
fn repeated_letters_find_nobody() {
    let index = index(vec![
        host("a", "水野 和夫", "みずの かずお", 0, &[]),
        host("b", "安部 新", "あべ あらた", 0, &[]),
        host("c", "近藤 健", "こんどう けん", 0, &[]),
        host("d", "服部 三郎", "はっとり さぶろう", 0, &[]),
        host("e", "三木 百々", "みき もも", 0, &[]),
    ]);
    for query in [
        "zzz",
        "zz",
        "kkk",
        "sss",
        "mmm",
        "nnn",
        "nn",
        "aaa",
        "ooo",
        "uuu",
        "ああああ",
        "azzza",
    ] {
        assert!(index.find(query, 10).is_empty(), "{query}");
    }
    for (query, found) in [
        ("hatt", 1),
        ("ttori", 1),
        ("konndo", 1),
        ("kenn", 1),
        ("z", 1),
        ("ooooka", 0),
    ] {
        assert_eq!(index.find(query, 10).len(), found, "{query}");
    }
    assert!(finds(&named("大岡", "おおおか"), "oooka"));
}

#[test]
fn the_name_in_latin_letters_is_found_with_and_without_macrons() {
    let mut host = named("大野 太郎", "おおの たろう");
    host.latin_name = "Ōno Tarō".to_owned();
    for query in ["ono", "Ōno", "Tarō", "ohno taro"] {
        assert!(finds(&host, query), "{query}");
    }
    let mut brown = named("ブラウン", "");
    assert!(!finds(&brown, "brown"));
    brown.latin_name = "Brown, John".to_owned();
    assert!(finds(&brown, "brown") && finds(&brown, "john brown"));
}

/// Readings of Japanese names in hiragana: a family name and a given name of one to four morae each.
fn any_reading() -> impl Strategy<Value = String> {
    let mora = "(あ|い|う|え|お|か|き|く|け|こ|が|ぎ|ご|さ|し|す|せ|そ|ざ|じ|ず|ぞ|た|ち|つ|て|と|だ|で|ど|な|に|ぬ|の|は|ひ|ふ|ほ|ば|ぶ|べ|ま|み|む|も\
        |や|ゆ|よ|ら|り|る|れ|ろ|わ|きょ|しゃ|しょ|しゅ|じゅ|じょ|ちょ|りょ|ゆう|りゅう|こう|とう|おお)";
    proptest::string::string_regex(&format!(
        "{mora}(ん|っ(?:か|た|と|ち)|{mora}){{0,2}}{mora}(ん)? {mora}{{1,3}}"
    ))
    .unwrap()
}

proptest! {
    #[test]
    fn a_name_is_found_as_tablets_show_it(
        reading in any_reading().prop_filter("no name has a vowel three times in a row", |reading| {
            let romaji = names::romaji_of_reading(reading, Romanization::Passport).unwrap_or_default();
            !["aaa", "iii", "uuu", "eee", "ooo"].iter().any(|vowels| romaji.to_lowercase().contains(vowels))
        })
    ) {
        let host = named("名 前", &reading);
        let shown = [
            names::romaji_of_reading(&reading, Romanization::Passport),
            names::romaji_of_reading(&reading, Romanization::Modified),
            names::hangul_of_reading(&reading),
        ];
        for shown in shown.into_iter().flatten() {
            prop_assert!(finds(&host, &shown), "{:?} should find {:?}", shown, reading);
            for word in shown.split(' ') {
                prop_assert!(finds(&host, word), "{:?} should find {:?}", word, reading);
            }
        }
    }
}

#[test]
fn a_japanese_name_in_hangul_is_found_without_space() {
    for reading in [
        "すずき だいすけ",
        "たなか かずお",
        "おおの ちづる",
        "いのうえ つばさ",
        "しょうじ きょうこ",
        "ざいぜん ぜんじ",
    ] {
        let hangul = names::hangul_of_reading(reading).unwrap().replace(' ', "");
        assert!(
            finds(&named("名 前", reading), &hangul),
            "{hangul} should find {reading}"
        );
    }
    assert!(!finds(&named("鈴木", "すずき"), "다나카"));
}

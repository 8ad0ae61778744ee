//! Names and queries in any form of Unicode, and in forms of a letter that Unicode keeps apart.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::super::{fold, nfkd, normalize};
use super::{any_name, finds, named};

/// Names that a search once missed: the name, a query that finds it, the code points of the name.
const FOUND_NAMES: &str = include_str!("found_names.tsv");

#[test]
fn names_are_found_in_every_form_that_people_type() {
    let rows = FOUND_NAMES.lines().skip(1);
    let rows: Vec<Vec<&str>> = rows.map(|row| row.split('\t').collect()).collect();
    assert_eq!(rows.len(), 42);
    for row in rows {
        let [name, query, code_points] = row[..] else {
            panic!("{row:?} has no three columns");
        };
        let read: Vec<String> = name
            .chars()
            .map(|c| format!("U+{:04X}", u32::from(c)))
            .collect();
        assert_eq!(read.join(" "), code_points, "{name}");
        assert!(finds(&named(name, ""), query), "{query} should find {name}");
        assert!(
            finds(&named(query, ""), query),
            "{query} should find itself"
        );
    }
}

#[test]
fn either_spelling_finds_the_other() {
    for (name, queries) in [
        (
            "鶴ヶ谷 勇",
            "鶴が谷 鶴ケ谷 鶴ｹ谷 鶴ヶ ヶ谷 ケ谷 が谷 ヶ ケ 谷勇",
        ),
        ("井之上 渉", "井ノ上 井の上 井之上 之上 ノ上 井之"),
        ("佐々木 誠", "佐佐木 佐々木 佐々 佐佐 々木"),
        ("後藤 葉子", "后藤 叶子"),
        ("千葉 広", "千叶 千葉广"),
        ("김철수", "김처 기 ㄱ 김철 철수"),
        ("기무라", "김 기무"),
        ("山田花子\u{200b}", "山田花子"),
        ("Æsa Đỗ Łukasz Øre", "aesa do lukasz ore æsa đỗ"),
        ("か\u{309b}もう", "がもう ガモウ ｶﾞﾓｳ gamou"),
    ] {
        let host = named(name, "");
        for query in queries.split(' ') {
            assert!(finds(&host, query), "{query} should find {name}");
        }
    }
}

#[test]
fn a_part_in_kanji_does_not_keep_the_other_parts_from_being_found() {
    for (name, queries) in [
        ("サトー 一", "sato satou さとう"),
        ("一 サトー", "sato satou"),
        ("田中ひろし", "hirosi hiroshi ヒロシ"),
        ("鈴木 Brown", "brown"),
    ] {
        for query in queries.split(' ') {
            assert!(finds(&named(name, ""), query), "{query} should find {name}");
        }
    }
    assert!(!finds(&named("さ藤と", ""), "sato"));
}

/// All forms of a text, half-width katakana included.
fn forms(text: &str) -> [String; 5] {
    let half: String = text.nfkd().map(half_width).collect();
    [
        text.nfc().collect(),
        text.nfd().collect(),
        text.nfkc().collect(),
        text.nfkd().collect(),
        half,
    ]
}

/// Half-width form of a decomposed katakana.
fn half_width(c: char) -> char {
    let halves = '\u{ff61}'..='\u{ff9f}';
    halves
        .into_iter()
        .find(|half| nfkd::nfkd(&half.to_string()) == c.to_string())
        .unwrap_or(c)
}

fn any_letters() -> impl Strategy<Value = String> {
    prop_oneof![
        any_name(),
        "[가-힣ᄀ-하-ᅵᆨ-ᇂ ]{0,5}",
        "[\u{2e80}-\u{2fd5}\u{f900}-\u{faff}塚-墓]{0,4}",
        "[à-ỹＡ-ｚ①-⑳㈠-㉃]{0,5}"
    ]
}

proptest! {
    #[test]
    fn the_form_in_which_a_name_or_a_query_is_typed_makes_no_difference(name in any_letters(), from in 0_usize..4, len in 1_usize..6) {
        let query: String = name.chars().skip(from).take(len).collect();
        let found = finds(&named(&name, ""), &query);
        for (name, query) in forms(&name).iter().flat_map(|name| forms(&query).map(|query| (name.clone(), query))) {
            prop_assert_eq!(finds(&named(&name, ""), &query), found, "{:?} {:?}", name, query);
        }
    }

    #[test]
    fn simple_texts_need_no_decomposition(text in any_letters()) {
        let mut decomposed = String::new();
        normalize::add_normal(&nfkd::nfkd(&text), &mut decomposed);
        prop_assert_eq!(normalize::normal(&text), decomposed);
        for form in forms(&text) {
            prop_assert_eq!(fold(&form), fold(&text));
        }
    }
}

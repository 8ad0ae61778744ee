//! Order of hits, and queries that find nobody.

use super::{finds, index, keys, named};
use crate::test_office::host;

#[test]
fn matches_at_the_start_of_a_name_come_first_then_of_the_given_name_then_inside() {
    let index = index(vec![
        host("takuya", "加藤 拓也", "かとう たくや", 0, &[]),
        host("yasu", "佐藤 康", "さとう やすし", 0, &[]),
        host("yama", "山田 一", "やまだ はじめ", 0, &[]),
    ]);
    assert_eq!(keys(&index.find("や", 10)), ["yama", "yasu", "takuya"]);
    assert_eq!(keys(&index.find("ya", 2)), ["yama", "yasu"]);
    assert_eq!(keys(&index.find("や", 1)), ["yama"]);
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

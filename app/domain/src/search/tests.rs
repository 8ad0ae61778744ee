//! Spellings that find a host, and full recall of the index.

mod ranking;
mod reference;
mod requests;
mod unicode;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;

use super::{Hit, Index, fold, kana_key, kana_row, normalize, phonetic};
use crate::model::directory::Host;
use crate::model::settings::{Settings, SettingsDocument};
use crate::test_office::{host, office};

fn index(hosts: Vec<Host>) -> Index {
    Index::of(&Settings::unvalidated(SettingsDocument {
        hosts,
        ..SettingsDocument::default()
    }))
}

fn named(name: &str, kana: &str) -> Host {
    host("h", name, kana, 0, &[])
}

fn finds(host: &Host, query: &str) -> bool {
    !index(vec![host.clone()]).find(query, 1).is_empty()
}

fn host_ids(hits: &[Hit]) -> Vec<&str> {
    hits.iter().map(|hit| hit.host.as_str()).collect()
}

#[test]
fn hosts_are_found_by_any_spelling() {
    for (name, kana, queries) in [
        (
            "佐藤 花子",
            "さとう はなこ",
            "佐藤 佐 藤花 花子 佐藤花子 佐藤\u{3000}花子 佐藤・花子 さとう さと サトウ ｻﾄｳ さとうはな はなこ sato satou satoh SATO ｓａｔｏ \
             satō satô s sa sat Sato\u{3000}Hanako satohanako hanako はな なこ nako hana\u{20}sato",
        ),
        (
            "斉藤 進",
            "さいとう すすむ",
            "斎藤 齊藤 齋藤 斉藤 saito saitou saitoh susumu",
        ),
        (
            "太田 忍",
            "おおた しのぶ",
            "おおた オオタ oota ota ohta ōta Ohta おーた sinobu shinobu おた",
        ),
        ("大野 治", "おおの おさむ", "ono oono ohno ōno osamu"),
        (
            "髙橋 健一",
            "たかはし けんいち",
            "高橋 髙橋 takahashi takahasi kenichi ken'ichi kennichi けんいち ken けん keni kenn いち ichi iti",
        ),
        (
            "土屋 司",
            "つちや つかさ",
            "tsuchiya tutiya tuchiya tsukasa tukasa ts tsu",
        ),
        (
            "難波 純",
            "なんば じゅん",
            "namba nanba jun zyun ジュン nam nan ｼﾞｭﾝ じゅん",
        ),
        ("本間 章", "ほんま あきら", "honma homma hom hon"),
        (
            "服部 翔",
            "はっとり しょう",
            "hattori hatt hat ハットリ sho shou syo syou",
        ),
        (
            "八丁 茶々",
            "はっちょう ちゃちゃ",
            "hatcho hacchou hatchou chacha tyatya",
        ),
        ("﨑山 渡", "さきやま わたる", "崎山 﨑山"),
        (
            "渡邊 薫",
            "わたなべ かおる",
            "渡辺 渡邉 渡邊 watanabe kaoru",
        ),
        ("澤田 浩", "さわだ ひろし", "沢田"),
        ("濵田 泉", "はまだ いずみ", "浜田 濱田 izumi"),
        ("𠮷田 健", "よしだ けん", "吉田 yosida yoshida"),
        (
            "福島 雄二",
            "ふくしま ゆうじ",
            "fukushima hukusima yuji yuuji yuhji yûji",
        ),
        (
            "近藤 真也",
            "こんどう しんや",
            "kondo しんや shinya sinya shin'ya",
        ),
        (
            "井上 譲二",
            "いのうえ じょうじ",
            "inoue いのうえ inou joji jouji zyouzi",
        ),
        ("飯田 真衣", "いいだ まい", "iida ida いいだ"),
        ("三浦 裕", "みうら ゆたか", "miura みうら"),
        ("辻\u{e0100} 渉", "つじ わたる", "辻"),
        (
            "葛城",
            "かつらぎ",
            "葛\u{e0100}城 カツラキ\u{3099} ｶﾂﾗｷﾞ katuragi",
        ),
        ("佐々木 誠", "さゝき まこと", "佐々木 ささき sasaki"),
        ("さとううめこ", "", "うめこ umeko satoumeko サトウ・ウメコ"),
        ("ジョン・スミス", "", "jon sumisu じょん スミス すみす"),
        (
            "John Smith",
            "ジョン スミス",
            "john smith mit JOHN じょん スミス smith\u{20}john",
        ),
        (
            "Nguyễn Văn A",
            "グエン バン ア",
            "nguyen nguyễn NGUYEN ぐえん guen van",
        ),
        ("François Müller", "", "francois muller françois"),
        ("김철수", "キム チョルス", "김 철수 kim きむ"),
        ("ヴィクター", "", "びくたー"),
        ("ファビオ", "", "fabio ふぁびお ファビオ"),
        (
            "第2営業",
            "だい2えいぎょう",
            "第2 第２ 2 ２ だい2 だい２ ダイ2 えいぎょう 2えいぎ dai dai2 dai2e dai2ei dai2eigyo dai2eigyou 2eigyo eigyou gyo da",
        ),
        (
            "第2会議室",
            "だい2 かいぎしつ",
            "第2会議室 会議室 dai2kaigishitsu dai\u{3000}2\u{3000}kaigi kaigisitu かいぎ 2かい",
        ),
        (
            "Studio 3",
            "スタジオ3",
            "studio3 スタジオ３ すたじお sutajio3 sutajio jio3",
        ),
    ] {
        let host = named(name, kana);
        for query in queries.split(' ') {
            assert!(finds(&host, query), "{query} should find {name} ({kana})");
        }
    }
}

#[test]
fn other_names_are_not_found() {
    let sato = named("佐藤 花子", "さとう はなこ");
    for query in [
        "",
        " ",
        "・",
        "さt",
        "さｔ",
        "さとうh",
        "あ",
        "a",
        "お",
        "鈴木",
        "sak",
        "satox",
        "xx",
    ] {
        assert!(!finds(&sato, query), "{query:?} should not find 佐藤 花子");
    }
    let second = named("第2営業", "だい2えいぎょう");
    for query in ["だい3", "dai3", "dai22", "だい2e", "2d", "daiei"] {
        assert!(!finds(&second, query), "{query:?} should not find 第2営業");
    }
    let sannomiya = named("三宮", "さんのみや");
    assert!(finds(&sannomiya, "さん") && !finds(&sannomiya, "な"));
}

#[test]
fn hidden_hosts_are_never_found() {
    let mut hidden = named("佐藤", "さとう");
    hidden.hidden = true;
    let index = index(vec![hidden]);
    assert!(index.is_empty() && index.find("佐藤", 10).is_empty());
}

#[test]
fn every_field_is_searched() {
    let mut host = named("佐藤 花子", "さとう はなこ");
    host.display_name = "営業のサトー".to_owned();
    host.search_keys = vec!["旧姓 鈴木".to_owned(), "すずき".to_owned()];
    for query in ["花子", "営業", "サトー", "鈴木", "suzuki", "旧姓"] {
        assert!(finds(&host, query), "{query}");
    }
}

#[test]
fn prefix_matches_come_first_then_kana_order() {
    let index = index(vec![
        host("kato", "加藤", "かとう", 0, &[]),
        host("tono", "遠野", "とおの", 0, &[]),
        host("goto", "後藤", "ごとう", 0, &[]),
        host("togo", "東郷", "とうごう", 0, &[]),
        host("ito", "伊藤", "いとう", 0, &[]),
    ]);
    for query in ["と", "to"] {
        let hits = index.find(query, 10);
        assert_eq!(host_ids(&hits), ["togo", "tono", "ito", "kato", "goto"]);
        assert_eq!(hits.iter().filter(|hit| hit.is_prefix).count(), 2);
        assert_eq!(host_ids(&index.find(query, 3)), ["togo", "tono", "ito"]);
        assert_eq!(host_ids(&index.find(query, 1)), ["togo"]);
        assert!(index.find(query, 0).is_empty());
    }
}

#[test]
fn closed_matches_need_two_characters_and_are_limited() {
    let index = Index::of(&office(|_| {}));
    for query in ["", "さ", "佐", " s ", "さ・", "ー"] {
        assert!(
            index.closed_matches(query).is_empty(),
            "{query:?} is too short"
        );
    }
    assert_eq!(host_ids(&index.closed_matches("さと")), ["sato"]);
    assert_eq!(host_ids(&index.closed_matches("佐藤")), ["sato"]);
    let namesakes = (0..30).map(|i| host(&format!("h{i}"), "佐藤", "さとう", 0, &[]));
    let index = self::index(namesakes.collect());
    assert_eq!(index.closed_matches("さとう").len(), super::CLOSED_MAX_HITS);
}

#[test]
fn kana_order_puts_latin_and_kanji_last() {
    let mut hosts = [
        named("林", ""),
        named("Smith", ""),
        named("Abe", ""),
        named("母", "はは"),
        named("婆", "ばば"),
        named("幅", "はば"),
        named("パパ", ""),
        named("ハーバー", ""),
        named("さとうだ", ""),
        named("佐藤 い", "さとう い"),
        named("阿部", "アベ"),
    ];
    hosts.sort_by_cached_key(kana_key);
    let names: Vec<&str> = hosts.iter().map(|host| host.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "阿部",
            "佐藤 い",
            "さとうだ",
            "ハーバー",
            "母",
            "幅",
            "婆",
            "パパ",
            "Abe",
            "Smith",
            "林"
        ]
    );
}

#[test]
fn readings_are_grouped_by_kana_row() {
    for (reading, row) in [
        ("あべ", 'あ'),
        ("ヴィクター", 'あ'),
        ("がもう", 'か'),
        ("ｼﾞｮﾝ", 'さ'),
        ("づか", 'た'),
        ("のだ", 'な'),
        ("ぱく", 'は'),
        ("むら", 'ま'),
        ("ゆき", 'や'),
        ("ロイ", 'ら'),
        ("をの", 'わ'),
        ("ん", 'わ'),
        (" ・みき", 'ま'),
    ] {
        assert_eq!(kana_row(reading), Some(row), "{reading}");
    }
    for reading in ["", "Abe", "阿部", "12"] {
        assert_eq!(kana_row(reading), None, "{reading}");
    }
}

fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ぁ-んァ-ヶー ・]{0,8}",
        "[a-zA-Z' -]{0,10}",
        "[ｦ-ﾟ０-ｚ]{0,6}",
        "(shi|tsu|chi|sya|nn|n'|mb|oh|ou|oo|k|a|i|u|e|o){0,6}",
        "(だい|えい|ん|2|10|dai|n|ei|Ｂ| ){0,5}",
        "[髙高﨑崎邊辺々一-三 ]{0,5}",
        any::<String>(),
    ]
}

/// True if a combining mark stands after a character that folding removes, so that the mark moves to another letter.
/// No name has such a mark.
fn has_mark_without_letter(text: &str) -> bool {
    let characters: Vec<char> = text.nfkd().collect();
    characters.windows(2).any(|pair| {
        canonical_combining_class(pair[1]) != 0 && fold(&pair[0].to_string()).is_empty()
    })
}

proptest! {
    #[test]
    fn folding_is_idempotent(
        text in any_name().prop_filter("a mark follows a letter", |text| !has_mark_without_letter(text))
    ) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
        let normal = normalize::normal(&text);
        prop_assert_eq!(normalize::normal(&normal), normal);
        let mut sound = String::new();
        if phonetic::add_kana(&fold(&text), &mut sound) {
            let once = phonetic::folded(&sound);
            prop_assert_eq!(phonetic::folded(&once), once);
        }
    }

    #[test]
    fn sorting_by_prefix_equals_sorting_by_key(names in prop::collection::vec(any_name(), 2..40)) {
        let hosts: Vec<Host> = names.iter().map(|name| named("名", name)).collect();
        let mut sorted: Vec<&Host> = hosts.iter().collect();
        sorted.sort_by_key(|host| kana_key(host));
        prop_assert_eq!(super::in_kana_order(hosts.iter()), sorted);
    }

    #[test]
    fn every_substring_of_a_name_finds_its_host(name in any_name(), kana in any_name(), from in 0_usize..8, len in 1_usize..8) {
        let host = named(&name, &kana);
        for text in [&name, &kana] {
            let part: String = text.chars().skip(from).take(len).collect();
            // Voicing and iteration marks belong to the letter before them.
            let is_mark = |c: char| matches!(c, '\u{3099}'..='\u{309e}' | '\u{ff9e}' | '\u{ff9f}' | 'ヽ' | 'ヾ');
            let starts_with_mark = part.chars().next().is_some_and(is_mark);
            let is_cut_before_mark = text.chars().nth(from + len).is_some_and(is_mark);
            // Decomposition may sort the marks of a letter, so that the typed part is no part of the name any more.
            let is_reordered = !text.nfkd().collect::<String>().contains(&part.nfkd().collect::<String>());
            if !fold(&part).is_empty() && !starts_with_mark && !is_cut_before_mark && !is_reordered {
                prop_assert!(finds(&host, &part), "{:?} should find {:?}", part, text);
            }
        }
    }
}

//! Test of the vocabulary of set-up: one word for one thing, in both languages.

use std::collections::{BTreeMap, BTreeSet};

/// Words that set-up does not use, each with the word to use instead. The first letter is left out where it may be
/// capital.
const REPLACED: [(&str, &str); 24] = [
    ("よみがな", "ふりがな"),
    ("サインイン", "ログイン"),
    ("サインアウト", "ログアウト"),
    ("サイト", "オフィス、会社名"),
    ("リレー", "サーバー"),
    ("試行", "送信"),
    ("親グループ", "上のグループ"),
    // 担当者 alone is a host; a person in charge is always グループの担当者.
    ("」の担当者", "グループの担当者"),
    ("所属する担当者", "所属する人"),
    ("efault room", "common room"),
    ("room for everything else", "common room"),
    ("README", "what to do instead"),
    ("the relay", "the server"),
    ("Doctor", "Health check"),
    ("rouble alert", "Alerts"),
    ("is told", "is notified"),
    ("told of", "notified of"),
    ("in-charge", "people in charge"),
    ("wo-step", "two-factor authentication"),
    ("econd step", "two-factor authentication"),
    ("はっきりした表示", "くっきり表示"),
    ("操作を下半分に", "下のほうに表示"),
    ("暗証番号", "終了用 PIN"),
    ("管理画面", "受付の設定"),
];

/// Words that are allowed only as a part of one of these texts.
const COMPLETED: [(&str, &[&str]); 3] = [
    ("ブラウザ", &["ブラウザー"]),
    (
        "acallルーム",
        &["acallルーム（共通ルーム", "ommon room (acallルーム)"],
    ),
    ("メンション", &["メンション」を選び"]), // The name of an event in Chatwork; elsewhere "To".
];

/// All texts of both languages, each with its name, such as `alarms.title`.
fn texts() -> Vec<(String, String)> {
    let languages = [
        include_str!("../../../i18n/setup/ja.json"),
        include_str!("../../../i18n/setup/en.json"),
    ];
    let mut all = Vec::new();
    for json in languages {
        let parts: BTreeMap<String, BTreeMap<String, String>> =
            serde_json::from_str(json).expect("texts by part and name");
        for (part, texts) in parts {
            let named = |(name, text)| (format!("{part}.{name}"), text);
            all.extend(texts.into_iter().map(named));
        }
    }
    all
}

#[test]
fn one_thing_has_one_word() {
    let texts = texts();
    for (name, text) in &texts {
        for (word, instead) in REPLACED {
            assert!(!text.contains(word), "{name}: {instead}: {text}");
        }
        for (word, complete) in COMPLETED {
            let count = |part: &str| text.matches(part).count();
            let in_complete: usize = complete.iter().map(|part| count(part)).sum();
            assert_eq!(count(word), in_complete, "{name}: {complete:?}: {text}");
        }
    }
}

/// Placeholders of a text, without forms such as `{host|hosts}`, and braces that are an example.
fn placeholders(text: &str) -> BTreeSet<&str> {
    let starts = text.split('{').skip(1);
    let braced = starts.filter_map(|rest| rest.split_once('}'));
    let is_name = |name: &&str| {
        let is_part = |letter| matches!(letter, 'a'..='z' | '_');
        name.chars().all(is_part)
    };
    braced.map(|(name, _)| name).filter(is_name).collect()
}

#[test]
fn both_languages_have_the_same_placeholders() {
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, text) in texts() {
        names.entry(name).or_default().push(text);
    }
    for (name, texts) in names {
        let [japanese, english] = texts.as_slice() else {
            panic!("{name} is in both languages")
        };
        assert_eq!(placeholders(japanese), placeholders(english), "{name}");
    }
}

/// Texts whose count is never one.
const ALWAYS_PLURAL: [&str; 3] = [
    "alarms.tablets_silent",
    "overview.silent_several",
    "history_csv.limit_reached",
];

#[test]
fn a_noun_after_a_count_has_a_singular() {
    for (name, text) in texts() {
        for after in text.split("{count} ").skip(1) {
            let mut words = after.split(|letter: char| !letter.is_ascii_lowercase());
            let is_plural = words.next().is_some_and(|noun| noun.ends_with('s'));
            assert!(
                !is_plural || ALWAYS_PLURAL.contains(&name.as_str()),
                "{name}: write {{count}} {{one|several}}: {text}"
            );
        }
    }
}

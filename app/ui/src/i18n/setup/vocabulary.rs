//! Test of the vocabulary of set-up: one word for one thing, in both languages.

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

/// Lines of the catalogue that hold a text in both languages, with their file.
fn texts() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/i18n/setup");
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let source = std::fs::read_to_string(&path).unwrap();
        let lines = source.lines().map(str::trim);
        let is_text = |line: &&str| line.ends_with("\";") && line.contains("\", \"");
        texts.extend(
            lines
                .filter(is_text)
                .map(|line| (name.clone(), line.to_owned())),
        );
    }
    texts
}

#[test]
fn one_thing_has_one_word() {
    let texts = texts();
    assert!(texts.len() > 1_000, "{} texts were found", texts.len());
    for (file, line) in &texts {
        for (word, instead) in REPLACED {
            assert!(!line.contains(word), "{file}: {instead}: {line}");
        }
        for (word, complete) in COMPLETED {
            let count = |part: &str| line.matches(part).count();
            let in_complete: usize = complete.iter().map(|text| count(text)).sum();
            assert_eq!(count(word), in_complete, "{file}: {complete:?}: {line}");
        }
    }
}

/// Texts whose count is never one.
const ALWAYS_PLURAL: [&str; 3] = ["tablets_silent", "silent_several", "limit_reached"];

#[test]
fn a_noun_after_a_count_has_a_singular() {
    for (file, line) in texts() {
        let (key, _) = line.split_once(':').unwrap();
        for after in line.split("{count} ").skip(1) {
            let mut words = after.split(|letter: char| !letter.is_ascii_lowercase());
            let is_plural = words.next().is_some_and(|noun| noun.ends_with('s'));
            assert!(
                !is_plural || ALWAYS_PLURAL.contains(&key),
                "{file}: write {{count}} {{one|several}}: {line}"
            );
        }
    }
}

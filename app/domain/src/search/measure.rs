//! How quick finding is among 100,000 people.
//!
//! `cargo test -p yobirin-domain --release -- --ignored --nocapture search::measure`

use std::time::{Duration, Instant};

use super::Index;
use crate::example::host;
use crate::model::settings::{Settings, SettingsDocument};

const FAMILIES: &[(&str, &str)] = &[
    ("佐藤", "さとう"),
    ("鈴木", "すずき"),
    ("高橋", "たかはし"),
    ("田中", "たなか"),
    ("伊藤", "いとう"),
    ("渡辺", "わたなべ"),
    ("山本", "やまもと"),
    ("中村", "なかむら"),
    ("小林", "こばやし"),
    ("加藤", "かとう"),
    ("吉田", "よしだ"),
    ("山田", "やまだ"),
    ("佐々木", "ささき"),
    ("山口", "やまぐち"),
    ("松本", "まつもと"),
    ("井上", "いのうえ"),
    ("木村", "きむら"),
    ("林", "はやし"),
    ("斎藤", "さいとう"),
    ("清水", "しみず"),
    ("山崎", "やまざき"),
    ("森", "もり"),
    ("池田", "いけだ"),
    ("橋本", "はしもと"),
    ("阿部", "あべ"),
    ("石川", "いしかわ"),
    ("山下", "やました"),
    ("中島", "なかじま"),
    ("石井", "いしい"),
    ("小川", "おがわ"),
    ("前田", "まえだ"),
    ("岡田", "おかだ"),
    ("長谷川", "はせがわ"),
    ("藤田", "ふじた"),
    ("後藤", "ごとう"),
    ("近藤", "こんどう"),
    ("村上", "むらかみ"),
    ("遠藤", "えんどう"),
    ("青木", "あおき"),
    ("坂本", "さかもと"),
];
const GIVEN: &[(&str, &str)] = &[
    ("翔太", "しょうた"),
    ("健一", "けんいち"),
    ("花子", "はなこ"),
    ("美咲", "みさき"),
    ("大輔", "だいすけ"),
    ("陽子", "ようこ"),
    ("直樹", "なおき"),
    ("裕子", "ゆうこ"),
    ("誠", "まこと"),
    ("恵", "めぐみ"),
    ("純一郎", "じゅんいちろう"),
    ("結衣", "ゆい"),
    ("蓮", "れん"),
    ("葵", "あおい"),
    ("悠真", "ゆうま"),
    ("千尋", "ちひろ"),
    ("慎太郎", "しんたろう"),
    ("麻衣", "まい"),
    ("隆", "たかし"),
    ("由美子", "ゆみこ"),
];

/// As many people as a country's largest employers have, all with different readings.
fn people(count: usize) -> Settings {
    let hosts = (0..count).map(|i| {
        let (family, family_kana) = FAMILIES[i % FAMILIES.len()];
        let (given, given_kana) = GIVEN[i / FAMILIES.len() % GIVEN.len()];
        let (more, more_kana) = GIVEN[i / FAMILIES.len() / GIVEN.len() % GIVEN.len()];
        let (name, kana) = (
            format!("{family} {given}{more}"),
            format!("{family_kana} {given_kana}{more_kana}"),
        );
        host(&format!("h{i}"), &name, &kana, 0, &[])
    });
    Settings::unvalidated(SettingsDocument {
        hosts: hosts.collect(),
        ..SettingsDocument::default()
    })
}

#[test]
#[ignore = "a measurement"]
#[allow(clippy::print_stderr)]
fn how_quick_finding_is() {
    let settings = people(100_000);
    let began = Instant::now();
    let index = Index::of(&settings);
    eprintln!("prepared in {:?}, {} bytes", began.elapsed(), index.bytes());
    let mut all = Vec::new();
    for typed in [
        "さとうはなこ",
        "やまもとけんいち",
        "sato",
        "watanabe",
        "tanaka jun",
        "佐藤花子",
        "みさき",
        "zzz",
        "ん",
        "さいとう ゆい",
    ] {
        let mut text = String::new();
        for c in typed.chars() {
            text.push(c);
            let mut best = Duration::MAX;
            let mut hits = 0;
            for _ in 0..5 {
                let began = Instant::now();
                hits = index.find(&text, 24).len();
                best = best.min(began.elapsed());
            }
            eprintln!("{best:?}\t{hits}\t{text}");
            all.push(best);
        }
    }
    all.sort_unstable();
    eprintln!(
        "p50 {:?}  p95 {:?}  worst {:?}",
        all[all.len() / 2],
        all[all.len() * 95 / 100],
        all[all.len() - 1]
    );
}

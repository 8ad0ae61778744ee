//! The reader reads what `serde_json` writes, and refuses what it refuses.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use yobirin_domain::model::settings::SettingsDocument;

use super::{read, write};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    text: String,
    whole: Option<i64>,
    list: Vec<Shape>,
    pair: (u8, bool),
    map: BTreeMap<Key, String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Key {
    One,
    Two,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Shape {
    Nothing,
    New(u64),
    Tuple(i32, String),
    Record { inner: Tagged },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
enum Tagged {
    Plain,
    Full {
        at: u64,
        name: Option<String>,
        below: Vec<i16>,
    },
}

fn record() -> Record {
    Record {
        text: "\"引用\" \\ / \n\t\r\u{8}\u{c}\u{1}𠮷 é".to_owned(),
        whole: Some(i64::MIN),
        list: vec![
            Shape::Nothing,
            Shape::New(u64::MAX),
            Shape::Tuple(-1, String::new()),
            Shape::Record {
                inner: Tagged::Plain,
            },
            Shape::Record {
                inner: Tagged::Full {
                    at: 0,
                    name: None,
                    below: vec![-1, 1],
                },
            },
        ],
        pair: (255, true),
        map: BTreeMap::from([(Key::One, "一".to_owned()), (Key::Two, String::new())]),
    }
}

#[test]
fn what_was_written_reads_back() {
    let record = record();
    let compact = write(&record).unwrap();
    assert_eq!(read(&compact), Some(record.clone()));
    let spaced = serde_json::to_string_pretty(&record).unwrap();
    assert_eq!(read(&spaced), Some(record));
}

#[test]
fn escapes_of_every_kind_are_read() {
    let text = r#""\u3042\ud842\udfb7\/\b\f\n\r\t\"\\x\u0000""#;
    let plain: String = serde_json::from_str(text).unwrap();
    assert_eq!(read::<String>(text), Some(plain));
}

#[test]
fn a_settings_document_reads_as_the_relay_reads_it() {
    let text = serde_json::json!({
        "version": 1,
        "site": {"name": "東京オフィス", "time_zone": "Asia/Tokyo", "languages": ["ja", "vi"],
            "default_room": 12, "accent": "#0b6bcb", "contact": {"name": "総務", "phone": "03"}},
        "hosts": [{"id": "h1", "name": "佐藤 花子", "kana": "さとう", "account": 7,
            "groups": ["g1"], "absent_until": "2026-12-01", "search_keys": ["旧姓"]}],
        "groups": [{"id": "g1", "name": {"ja": "総務", "en": "General"}, "room": 3, "order": -2}],
        "devices": [{"id": "d1", "name": "ロビー", "menu": [
            {"id": "b1", "label": {"ja": "部署"}, "action": {"kind": "group_selection"}, "method": "room"},
            {"id": "b2", "label": {"ja": "宅配"}, "icon": "parcel", "method": "both",
             "action": {"kind": "custom", "group": "g1"},
             "ask": {"company": "required", "name": "off", "people": "optional", "purpose": "off"}},
            {"id": "b3", "label": {}, "action": {"kind": "host_search"}, "method": "direct"},
        ]}],
    })
    .to_string();
    let document = SettingsDocument::from_json(&text).unwrap();
    assert_eq!(read::<SettingsDocument>(&text), Some(document));
}

#[test]
fn what_a_newer_relay_adds_is_passed_over() {
    let mut value = serde_json::to_value(record()).unwrap();
    value["surprise"] = serde_json::json!({"a": [1.5e3, "]}", {"b": null}], "c": -0.1, "d": true});
    assert_eq!(read(&value.to_string()), Some(record()));
}

#[test]
fn every_text_cut_short_is_refused() {
    let text = write(&record()).unwrap();
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        assert_eq!(read::<Record>(&text[..end]), None, "{}", &text[..end]);
    }
}

#[test]
fn what_is_not_json_or_of_another_shape_is_refused() {
    for text in [
        "",
        " ",
        "1 2",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1",
        "1]",
        "[01a]",
        "1.0",
        "1e3",
        "-",
        "\"",
        "nul",
        "256",
        "-1",
        "[\"\\x\"]",
    ] {
        assert_eq!(read::<u8>(text), None, "{text:?} as a number");
        assert_eq!(read::<Vec<u8>>(text), None, "{text:?} as a list");
    }
    for text in [
        r#""\ud842""#,
        r#""\udfb7""#,
        r#""\ud842A""#,
        r#""\u12g4""#,
        r#""\"#,
    ] {
        assert_eq!(read::<String>(text), None, "{text}");
    }
    assert_eq!(read::<(u8, bool)>("[1,true,2]"), None);
    assert_eq!(read::<(u8, bool)>("[1]"), None);
    assert_eq!(read::<u64>("18446744073709551616"), None);
    assert_eq!(read::<i64>("-9223372036854775809"), None);
    assert_eq!(read::<Shape>(r#""unheard_of""#), None);
    assert_eq!(read::<Shape>(r#""new""#), None);
}

#[test]
fn no_depth_of_brackets_overflows_the_stack() {
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(transparent)]
    struct Nested(Vec<Nested>);
    let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(read::<Nested>(&deep(60)).is_some());
    assert_eq!(read::<Nested>(&deep(100_000)), None);
    let ignored = format!(r#"{{"kind":"Plain","x":{}}}"#, deep(100_000));
    assert_eq!(read::<Tagged>(&ignored), None);
}

//! Whatever somebody sends, keeps or restores as settings: it is read or refused, never a panic, and
//! what passes reads back as it was.

use proptest::prelude::*;
use serde_json::{Map, Value};

use super::SettingsDocument;
use crate::example::{self, cases};
use crate::outbound_policy::OutboundPolicy;
use crate::validate::validate;

/// Words that mean something somewhere in a document, beside any others.
fn any_word() -> impl Strategy<Value = String> {
    const KNOWN: [&str; 16] = [
        "",
        "ja",
        "soumu",
        "eigyo1",
        "lobby",
        "room",
        "direct",
        "2026-11-23",
        "09:00",
        "24:00",
        "Asia/Tokyo",
        "#00aa88",
        "data:image/png;base64,iVBORw0KGgo=",
        "{name}",
        "version",
        "hanako",
    ];
    prop_oneof![
        any::<String>(),
        prop::sample::select(KNOWN.to_vec()).prop_map(str::to_owned)
    ]
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0_u64..3).prop_map(Value::from),
        any_word().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((any_word(), inner), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// One change somewhere in a document.
#[derive(Clone, Debug)]
enum Edit {
    Put(Value),
    Remove,
    /// The first of its list or record once more.
    Repeat,
}

fn any_edit() -> impl Strategy<Value = (usize, Edit)> {
    let edit = prop_oneof![
        any_value().prop_map(Edit::Put),
        Just(Edit::Remove),
        Just(Edit::Repeat)
    ];
    (any::<prop::sample::Index>(), edit).prop_map(|(at, edit)| (at.index(4_096), edit))
}

/// How many places a value has, itself included.
fn places(value: &Value) -> usize {
    1 + match value {
        Value::Array(list) => list.iter().map(places).sum(),
        Value::Object(record) => record.values().map(places).sum(),
        _ => 0,
    }
}

/// Changes the place with this number; numbers go round.
fn change(document: &mut Value, at: usize, edit: Edit) {
    let mut left = at % places(document);
    let mut value = document;
    while left > 0 {
        left -= 1;
        let inner: Vec<&mut Value> = match value {
            Value::Array(list) => list.iter_mut().collect(),
            Value::Object(record) => record.values_mut().collect(),
            _ => return,
        };
        let mut next = None;
        for one in inner {
            let within = places(one);
            if left < within {
                next = Some(one);
                break;
            }
            left -= within;
        }
        let Some(one) = next else {
            return;
        };
        value = one;
    }
    match (edit, value) {
        (Edit::Put(new), value) => *value = new,
        (Edit::Repeat, Value::Array(list)) => list.extend(list.first().cloned()),
        (Edit::Remove, Value::Array(list)) => drop(list.pop()),
        (Edit::Remove, Value::Object(record)) => {
            if let Some(key) = record.keys().next().cloned() {
                record.remove(&key);
            }
        }
        (_, value) => *value = Value::Null,
    }
}

/// Reads, checks, and when it is sound, holds the promises of a sound document.
fn read(text: &str) -> Result<bool, TestCaseError> {
    let Ok(document) = SettingsDocument::from_json(text) else {
        return Ok(false);
    };
    prop_assert_eq!(
        &SettingsDocument::from_json(&document.to_json()).expect("what we wrote"),
        &document,
        "written and read it is the same"
    );
    let Ok(settings) = validate(document.clone()) else {
        return Ok(false);
    };
    prop_assert_eq!(settings.document(), &document, "a check changes nothing");
    let again = validate(SettingsDocument::from_json(&document.to_json()).expect("sound"));
    prop_assert_eq!(again.as_ref(), Ok(&settings));
    let _ = OutboundPolicy::of(&settings);
    Ok(true)
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        read(&text)?;
        read(&format!("{{\"version\":1,{text}}}"))?;
    }

    #[test]
    fn any_json_is_read_or_refused(value in any_value(), version in any_value()) {
        read(&value.to_string())?;
        if let Value::Object(mut record) = value {
            record.insert("version".to_owned(), version);
            read(&Value::Object(record).to_string())?;
        }
    }

    #[test]
    fn a_document_that_was_tampered_with_is_read_or_refused(
        edits in prop::collection::vec(any_edit(), 1..4),
    ) {
        let document = example::document().to_json();
        let mut document: Value = serde_json::from_str(&document).expect("what we wrote");
        for (at, edit) in edits {
            change(&mut document, at, edit);
        }
        read(&document.to_string())?;
    }
}

#[test]
fn tampering_reaches_every_place_and_leaves_some_documents_sound() {
    let whole: Value = serde_json::from_str(&example::document().to_json()).expect("what we wrote");
    let (mut sound, mut refused) = (0, 0);
    for at in 0..places(&whole) {
        let mut document = whole.clone();
        change(&mut document, at, Edit::Put(Value::from("山田")));
        assert_ne!(document, whole, "place {at}");
        match read(&document.to_string()) {
            Ok(true) => sound += 1,
            Ok(false) => refused += 1,
            Err(error) => panic!("place {at}: {error}"),
        }
    }
    assert!(
        sound > 10 && refused > 10,
        "{sound} sound, {refused} refused"
    );
}

//! Properties of settings documents: any text is parsed or rejected without a panic, and a parsed document
//! survives a round trip.

use proptest::prelude::*;
use serde_json::{Map, Value};

use super::SettingsDocument;
use crate::outbound_policy::OutboundPolicy;
use crate::test_office::{self, cases};
use crate::validate::validate;

/// Strings with a meaning somewhere in a document, and arbitrary ones.
fn any_string() -> impl Strategy<Value = String> {
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
        any_string().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((any_string(), inner), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// One edit of a document.
#[derive(Clone, Debug)]
enum Edit {
    /// Replace the node.
    Put(Value),
    /// Remove the last element of a list or the first field of an object.
    Remove,
    /// Append a copy of the first element of a list.
    Repeat,
}

/// Edit and the number of the node for [`edit_node`].
fn any_edit() -> impl Strategy<Value = (usize, Edit)> {
    let edit = prop_oneof![
        any_value().prop_map(Edit::Put),
        Just(Edit::Remove),
        Just(Edit::Repeat)
    ];
    (any::<prop::sample::Index>(), edit).prop_map(|(at, edit)| (at.index(4_096), edit))
}

/// Number of nodes of a JSON value, itself included.
fn count_nodes(value: &Value) -> usize {
    1 + match value {
        Value::Array(list) => list.iter().map(count_nodes).sum(),
        Value::Object(record) => record.values().map(count_nodes).sum(),
        _ => 0,
    }
}

/// Edits the node with this number, modulo the number of nodes.
fn edit_node(document: &mut Value, at: usize, edit: Edit) {
    let mut remaining = at % count_nodes(document);
    let mut value = document;
    while remaining > 0 {
        remaining -= 1;
        let inner: Vec<&mut Value> = match value {
            Value::Array(list) => list.iter_mut().collect(),
            Value::Object(record) => record.values_mut().collect(),
            _ => return,
        };
        let mut next = None;
        for child in inner {
            let within = count_nodes(child);
            if remaining < within {
                next = Some(child);
                break;
            }
            remaining -= within;
        }
        let Some(child) = next else {
            return;
        };
        value = child;
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
        // A single value cannot be repeated, and nothing can be removed from it.
        (_, value) => *value = Value::Null,
    }
}

/// Parses and validates a document; true when it is valid. Asserts the round trip.
fn is_valid(text: &str) -> Result<bool, TestCaseError> {
    let Ok(document) = SettingsDocument::from_json(text) else {
        return Ok(false);
    };
    prop_assert_eq!(
        &SettingsDocument::from_json(&document.to_json()).expect("our own JSON"),
        &document,
        "a parsed document survives a round trip"
    );
    let Ok(settings) = validate(document.clone()) else {
        return Ok(false);
    };
    prop_assert_eq!(
        settings.document(),
        &document,
        "validation does not change the document"
    );
    let validated_again =
        validate(SettingsDocument::from_json(&document.to_json()).expect("our own JSON"));
    prop_assert_eq!(validated_again.as_ref(), Ok(&settings));
    let _ = OutboundPolicy::of(&settings);
    Ok(true)
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn any_text_is_parsed_or_rejected(text in any::<String>()) {
        is_valid(&text)?;
        is_valid(&format!("{{\"version\":1,{text}}}"))?;
    }

    #[test]
    fn any_json_is_parsed_or_rejected(value in any_value(), version in any_value()) {
        is_valid(&value.to_string())?;
        if let Value::Object(mut record) = value {
            record.insert("version".to_owned(), version);
            is_valid(&Value::Object(record).to_string())?;
        }
    }

    #[test]
    fn an_edited_document_is_parsed_or_rejected(
        edits in prop::collection::vec(any_edit(), 1..4),
    ) {
        let document = test_office::document().to_json();
        let mut document: Value = serde_json::from_str(&document).expect("our own JSON");
        for (at, edit) in edits {
            edit_node(&mut document, at, edit);
        }
        is_valid(&document.to_string())?;
    }
}

#[test]
fn edits_reach_every_node_and_leave_some_documents_valid() {
    let whole: Value =
        serde_json::from_str(&test_office::document().to_json()).expect("our own JSON");
    let (mut valid, mut rejected) = (0, 0);
    for at in 0..count_nodes(&whole) {
        let mut document = whole.clone();
        edit_node(&mut document, at, Edit::Put(Value::from("山田")));
        assert_ne!(document, whole, "node {at}");
        match is_valid(&document.to_string()) {
            Ok(true) => valid += 1,
            Ok(false) => rejected += 1,
            Err(error) => panic!("node {at}: {error}"),
        }
    }
    assert!(
        valid > 10 && rejected > 10,
        "{valid} valid, {rejected} rejected"
    );
}

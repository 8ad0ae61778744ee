//! Validation of a settings document: every problem at its path, and a valid document.

mod devices;
mod escalation;
mod groups;
mod hosts;
mod site;

use super::validate;
use crate::model::settings::SettingsDocument;
use crate::test_office::{self, group_id};

/// Change of the sample office.
type Change = Box<dyn Fn(&mut SettingsDocument)>;

/// Problems of the sample office after a change, as lines `path: error`.
fn problems(change: impl FnOnce(&mut SettingsDocument)) -> Vec<String> {
    let mut document = test_office::document();
    change(&mut document);
    let problems = validate(document).err().unwrap_or_default();
    problems.iter().map(ToString::to_string).collect()
}

/// Asserts that each change causes exactly the problem beside it.
fn assert_problems(cases: Vec<(&str, Change)>) {
    for (problem, change) in cases {
        assert_eq!(problems(change), [problem]);
    }
}

fn long(chars: usize) -> String {
    "あ".repeat(chars)
}

#[test]
fn the_sample_office_is_valid_and_stays_as_written() {
    let document = test_office::document();
    let settings = validate(document.clone()).expect("valid");
    assert_eq!(*settings.document(), document);
    let written = settings.document().to_json();
    let read = SettingsDocument::from_json(&written).unwrap();
    assert_eq!(validate(read).expect("still valid"), settings);
}

#[test]
fn a_new_document_is_valid_until_a_device_needs_a_default_room() {
    assert!(validate(SettingsDocument::default()).is_ok());
    assert_eq!(
        problems(|d| d.site.default_room = None),
        ["site.default_room: choose a default room: calls that no group's room claims go there"]
    );
}

#[test]
fn all_problems_are_reported_at_once() {
    let problems = problems(|d| {
        d.site.accent.clear();
        d.hosts[0].name.clear();
        d.groups[0].parent = Some(group_id("nowhere"));
        d.devices[0].name.clear();
    });
    assert_eq!(problems.len(), 4, "{problems:?}");
}

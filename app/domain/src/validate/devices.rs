//! Validation of devices and the buttons of their menus.

use super::{Problems, ValidationError, escalation, hours, list};
use crate::message::template;
use crate::model::hours::DeviceHours;
use crate::model::id::GroupId;
use crate::model::menu::{Action, Button};
use crate::model::settings::SettingsDocument;
use crate::text::Lines;

/// Maximum length of a device's name or place, in characters.
const MAX_NAME_CHARS: usize = 80;
/// Maximum length of a label, in characters.
const MAX_LABEL_CHARS: usize = 40;
/// Maximum length of a template, in characters. With the longest values a message stays below
/// [`crate::message::MAX_TEXT_BYTES`] bytes.
const MAX_TEMPLATE_CHARS: usize = 4_000;
/// Maximum size of a template, in bytes: that of [`MAX_TEMPLATE_CHARS`] Japanese characters. Rare characters are
/// longer.
const MAX_TEMPLATE_BYTES: usize = 3 * MAX_TEMPLATE_CHARS;

pub(super) fn check(document: &SettingsDocument, problems: &mut Problems) {
    let devices = document.devices.iter().enumerate();
    list::check_ids(
        devices.map(|(i, device)| (format!("devices[{i}]"), &device.id)),
        problems,
    );
    let buttons = document.devices.iter().enumerate().flat_map(|(i, device)| {
        let menu = device.menu.iter().enumerate();
        menu.map(move |(j, button)| (format!("devices[{i}].menu[{j}]"), button))
    });
    list::check_ids(
        buttons.clone().map(|(path, button)| (path, &button.id)),
        problems,
    );
    for (i, device) in document.devices.iter().enumerate() {
        problems.check_required_line(&format!("devices[{i}].name"), &device.name, MAX_NAME_CHARS);
        problems.check_line(
            &format!("devices[{i}].place"),
            &device.place,
            MAX_NAME_CHARS,
        );
        if let DeviceHours::Own { week } = &device.opening_hours {
            hours::check(&format!("devices[{i}].opening_hours.week"), week, problems);
        }
    }
    let groups = document.groups.iter().map(|group| &group.id).collect();
    for (path, button) in buttons {
        check_button(&path, button, &groups, problems);
        if let Some(steps) = &button.escalation {
            let path = format!("{path}.escalation");
            escalation::check(&path, steps, document.site.answers, problems);
        }
        if button.missed_visit && !document.site.answers.is_on() {
            problems.add(format!("{path}.missed_visit"), ValidationError::AnswersOff);
        }
    }
}

fn check_button(
    path: &str,
    button: &Button,
    groups: &list::KnownIds<'_, GroupId>,
    problems: &mut Problems,
) {
    problems.check_translated_text(&format!("{path}.label"), &button.label, MAX_LABEL_CHARS);
    let group = match &button.action {
        Action::GroupSelection { below } => below.as_ref().map(|group| (group, "below")),
        Action::Custom { group } => Some((group, "group")),
        Action::HostOpen | Action::HostClosed | Action::HostSearch => None,
    };
    if let Some((group, field)) = group.filter(|(group, _)| !groups.contains(group)) {
        let id = group.to_string();
        problems.add(
            format!("{path}.action.{field}"),
            ValidationError::UnknownGroup { id },
        );
    }
    if let Some(text) = &button.template {
        check_template(&format!("{path}.template"), text, problems);
    }
}

fn check_template(path: &str, text: &str, problems: &mut Problems) {
    problems.check_not_blank(path, text);
    problems.check_text(path, text, MAX_TEMPLATE_CHARS, Lines::Many);
    // More characters were reported above.
    let has_few_chars = text.chars().count() <= MAX_TEMPLATE_CHARS;
    if has_few_chars && text.len() > MAX_TEMPLATE_BYTES {
        problems.add(
            path,
            ValidationError::TooLong {
                max: MAX_TEMPLATE_CHARS,
            },
        );
    }
    for error in template::parse(text).1 {
        problems.add(path, error.into());
    }
}

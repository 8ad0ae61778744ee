//! Problems of devices and of the buttons of their menus.

use super::{assert_problems, long, problems};
use crate::model::hours::{DeviceHours, Span, Week};
use crate::model::lang::{Lang, TranslatedText};
use crate::model::menu::Action;
use crate::model::settings::SettingsDocument;
use crate::test_office::group_id;

fn span(from: &str, to: &str) -> Span {
    Span {
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
    }
}

fn set_template(document: &mut SettingsDocument, text: &str) {
    document.devices[0].menu[2].template = Some(text.to_owned());
}

#[test]
fn every_problem_of_a_device_is_reported_at_its_path() {
    assert_problems(vec![
        (
            "devices[0].opening_hours.week.sun[1]: these opening hours overlap others of the same day",
            Box::new(|d| {
                let week = Week {
                    sun: vec![span("09:00", "12:00"), span("11:59", "18:00")],
                    ..Week::default()
                };
                d.devices[0].opening_hours = DeviceHours::Own { week };
            }),
        ),
        (
            "devices[0].opening_hours.week.mon: must be at most 6 entries",
            Box::new(|d| {
                let week = Week {
                    mon: (0..7)
                        .map(|h| span(&format!("{h:02}:00"), &format!("{h:02}:30")))
                        .collect(),
                    ..Week::default()
                };
                d.devices[0].opening_hours = DeviceHours::Own { week };
            }),
        ),
        (
            "devices[0].name: contains the control character U+0000; remove it",
            Box::new(|d| d.devices[0].name.push('\0')),
        ),
        (
            "devices[0].place: contains the control character U+0000; remove it",
            Box::new(|d| d.devices[0].place = "\0".into()),
        ),
        (
            "devices[0].menu[0].label.ja: contains the control character U+0085; remove it",
            Box::new(|d| d.devices[0].menu[0].label.set(Lang::Ja, "受\u{85}付")),
        ),
        (
            "devices[0].menu[0].template: contains the control character U+0000; remove it",
            Box::new(|d| {
                let template = "{mentions}\r\n{reference}\0";
                d.devices[0].menu[0].template = Some(template.into());
            }),
        ),
        (
            "devices[0].name: must not be empty",
            Box::new(|d| d.devices[0].name.clear()),
        ),
        (
            "devices[0].place: must be at most 80 characters",
            Box::new(|d| d.devices[0].place = long(81)),
        ),
        (
            "devices[0].menu[1].id: the id groups is used twice",
            Box::new(|d| d.devices[0].menu[1].id = "groups".parse().unwrap()),
        ),
        (
            "devices[0].menu[0].label: must not be empty",
            Box::new(|d| d.devices[0].menu[0].label = TranslatedText::default()),
        ),
        (
            "devices[0].menu[0].label.ja: must be at most 40 characters",
            Box::new(|d| d.devices[0].menu[0].label.set(Lang::Ja, long(41))),
        ),
        (
            "devices[0].menu[1].action.group: there is no group nowhere",
            Box::new(|d| {
                d.devices[0].menu[1].action = Action::Custom {
                    group: group_id("nowhere"),
                }
            }),
        ),
        (
            "devices[0].menu[0].action.below: there is no group nowhere",
            Box::new(|d| {
                d.devices[0].menu[0].action = Action::GroupSelection {
                    below: Some(group_id("nowhere")),
                }
            }),
        ),
        (
            "devices[0].menu[2].template: there is no placeholder {who}",
            Box::new(|d| set_template(d, "{mentions}{who}{reference}")),
        ),
        (
            "devices[0].menu[2].template: the tag [toall] is not allowed in a message",
            Box::new(|d| set_template(d, "{mentions}[toall]{reference}")),
        ),
        (
            "devices[0].menu[2].template: a template needs {reference}",
            Box::new(|d| set_template(d, "{mentions}")),
        ),
        (
            "devices[0].menu[2].template: {name} may be used only once",
            Box::new(|d| set_template(d, "{mentions}{name}{name}{reference}")),
        ),
        (
            "devices[0].menu[2].template: write {{ or }} for a brace that is no placeholder",
            Box::new(|d| set_template(d, "{mentions}{reference}}")),
        ),
        (
            "devices[0].menu[2].template: must be at most 4000 characters",
            // 21 + 3,980 characters.
            Box::new(|d| set_template(d, &format!("{{mentions}}{{reference}}{}", long(3_980)))),
        ),
        (
            "devices[0].menu[2].template: must be at most 4000 characters",
            // Few enough characters, but 4 bytes each.
            Box::new(|d| {
                set_template(
                    d,
                    &format!("{{mentions}}{{reference}}{}", "𠮷".repeat(3_900)),
                );
            }),
        ),
    ]);
}

#[test]
fn button_ids_are_unique_across_devices() {
    let problems = problems(|d| {
        let mut second = d.devices[0].clone();
        second.id = "second".parse().unwrap();
        second.menu.truncate(1);
        d.devices.push(second);
    });
    assert_eq!(
        problems,
        ["devices[1].menu[0].id: the id groups is used twice"]
    );
}

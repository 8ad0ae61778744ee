//! Every fault at its path, all of them at once, and soundness of what passes.

use proptest::prelude::*;

use super::{ValidationError, validate};
use crate::example::{self, group_id, group_in, host_id, host_in};
use crate::model::hours::{DeviceHours, Span, Week};
use crate::model::lang::{Lang, LocalText};
use crate::model::menu::Action;
use crate::model::settings::SettingsDocument;

/// Problems of the sample office after a change, as lines `path: error`.
fn faults(change: impl FnOnce(&mut SettingsDocument)) -> Vec<String> {
    let mut document = example::document();
    change(&mut document);
    let problems = validate(document).err().unwrap_or_default();
    problems.iter().map(ToString::to_string).collect()
}

fn hours(from: &str, to: &str) -> Span {
    Span {
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
    }
}

#[test]
fn the_sample_office_is_sound_and_stays_as_written() {
    let document = example::document();
    let settings = validate(document.clone()).expect("sound");
    assert_eq!(*settings.document(), document);
    let written = settings.document().to_json();
    let read = SettingsDocument::from_json(&written).unwrap();
    assert_eq!(validate(read).expect("still sound"), settings);
}

#[test]
fn a_new_document_is_sound_until_a_device_needs_a_default_room() {
    assert!(validate(SettingsDocument::default()).is_ok());
    assert_eq!(
        faults(|d| d.site.default_room = None),
        ["site.default_room: choose a default room: calls that no group's room claims go there"]
    );
}

#[test]
fn every_problem_is_named_with_its_path() {
    let long = |n: usize| "あ".repeat(n);
    type Change = Box<dyn Fn(&mut SettingsDocument)>;
    let cases: Vec<(&str, Change)> = vec![
        (
            "version: version 2 is not known here",
            Box::new(|d| d.version = 2),
        ),
        (
            "site.name: must be at most 80 characters",
            Box::new(move |d| d.site.name = long(81)),
        ),
        (
            "site.contact.phone: must be at most 40 characters",
            Box::new(move |d| d.site.contact.phone = long(41)),
        ),
        (
            "site.languages: choose at least one language",
            Box::new(|d| d.site.languages.clear()),
        ),
        (
            "site.languages[1]: ja is listed twice",
            Box::new(|d| d.site.languages = vec![Lang::Ja, Lang::Ja]),
        ),
        (
            "site.time_zone: a time zone is written like Asia/Tokyo",
            Box::new(|d| d.site.time_zone = "JST".into()),
        ),
        (
            "site.accent: a colour is written #rrggbb",
            Box::new(|d| d.site.accent = "red".into()),
        ),
        (
            "site.logo: a logo is a PNG, JPEG or WebP picture of at most 96 kB",
            Box::new(|d| d.site.logo = Some("x".into())),
        ),
        (
            "site.exit_pin: a PIN is 4 to 8 digits",
            Box::new(|d| d.site.exit_pin = Some("123".into())),
        ),
        (
            "site.opening_hours.tue[0]: opening hours end after they begin",
            Box::new(|d| {
                let week = d.site.opening_hours.get_or_insert_default();
                week.tue = vec![hours("18:00", "09:00")];
            }),
        ),
        (
            "site.closed_days[1]: 2026-12-31 is listed twice",
            Box::new(|d| d.site.closed_days = vec!["2026-12-31".parse().unwrap(); 2]),
        ),
        (
            "devices[0].opening_hours.week.sun[1]: these opening hours overlap others of the same day",
            Box::new(|d| {
                let week = Week {
                    sun: vec![hours("09:00", "12:00"), hours("11:59", "18:00")],
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
                        .map(|h| hours(&format!("{h:02}:00"), &format!("{h:02}:30")))
                        .collect(),
                    ..Week::default()
                };
                d.devices[0].opening_hours = DeviceHours::Own { week };
            }),
        ),
        (
            "hosts[2].id: the id sato is used twice",
            Box::new(|d| d.hosts[2].id = host_id("sato")),
        ),
        (
            "hosts[1].account: the Chatwork account 101 belongs to another host too",
            Box::new(|d| d.hosts[1].account = d.hosts[0].account),
        ),
        (
            "hosts[0].name: must not be empty",
            Box::new(|d| d.hosts[0].name = "\u{3000}\u{200b}".into()),
        ),
        (
            "hosts[0].name: must be at most 80 characters",
            Box::new(move |d| d.hosts[0].name = long(81)),
        ),
        (
            "hosts[0].kana: must be at most 80 characters",
            Box::new(move |d| d.hosts[0].kana = long(81)),
        ),
        (
            "hosts[0].display_name: must be at most 80 characters",
            Box::new(move |d| d.hosts[0].display_name = long(81)),
        ),
        (
            "hosts[0].visitor_message: must be at most 200 characters",
            Box::new(move |d| d.hosts[0].visitor_message = long(201)),
        ),
        (
            "hosts[0].search_keys: must be at most 20 entries",
            Box::new(|d| d.hosts[0].search_keys = vec!["a".into(); 21]),
        ),
        (
            "hosts[0].name: holds the control character U+0000; remove it",
            Box::new(|d| d.hosts[0].name.push('\0')),
        ),
        (
            "hosts[0].kana: holds the control character U+000A; remove it",
            Box::new(|d| d.hosts[0].kana.push('\n')),
        ),
        (
            "hosts[0].display_name: holds the control character U+000B; remove it",
            Box::new(|d| d.hosts[0].display_name = "佐\u{b}藤".into()),
        ),
        (
            "hosts[0].visitor_message: holds the control character U+0000; remove it",
            Box::new(|d| d.hosts[0].visitor_message = "a\nb\0".into()),
        ),
        (
            "hosts[0].search_keys[0]: holds the control character U+0007; remove it",
            Box::new(|d| d.hosts[0].search_keys = vec!["a\u{7}".into()]),
        ),
        (
            "groups[0].name.ja: holds the control character U+001A; remove it",
            Box::new(|d| d.groups[0].name.set(Lang::Ja, "総務\u{1a}")),
        ),
        (
            "site.name: holds the control character U+0000; remove it",
            Box::new(|d| d.site.name = "\0".into()),
        ),
        (
            "site.contact.name: holds the control character U+0000; remove it",
            Box::new(|d| d.site.contact.name = "\0".into()),
        ),
        (
            "site.contact.phone: holds the control character U+0009; remove it",
            Box::new(|d| d.site.contact.phone = "03\t1234".into()),
        ),
        (
            "devices[0].name: holds the control character U+0000; remove it",
            Box::new(|d| d.devices[0].name.push('\0')),
        ),
        (
            "devices[0].place: holds the control character U+0000; remove it",
            Box::new(|d| d.devices[0].place = "\0".into()),
        ),
        (
            "devices[0].menu[0].label.ja: holds the control character U+0085; remove it",
            Box::new(|d| d.devices[0].menu[0].label.set(Lang::Ja, "受\u{85}付")),
        ),
        (
            "devices[0].menu[0].template: holds the control character U+0000; remove it",
            Box::new(|d| {
                let template = "{mentions}\r\n{reference}\0";
                d.devices[0].menu[0].template = Some(template.into());
            }),
        ),
        (
            "hosts[0].search_keys[1]: must be at most 60 characters",
            Box::new(move |d| d.hosts[0].search_keys = vec!["a".into(), long(61)]),
        ),
        (
            "hosts[0].groups[1]: there is no group nowhere",
            Box::new(|d| d.hosts[0].groups.push(group_id("nowhere"))),
        ),
        (
            "hosts[0].groups[1]: soumu is listed twice",
            Box::new(|d| d.hosts[0].groups.push(group_id("soumu"))),
        ),
        (
            "hosts[0].delegates[0]: there is no host nobody",
            Box::new(|d| d.hosts[0].delegates = vec![host_id("nobody")]),
        ),
        (
            "hosts[0].delegates[1]: ito is listed twice",
            Box::new(|d| d.hosts[0].delegates = vec![host_id("ito"); 2]),
        ),
        (
            "hosts[0].delegates[0]: a host cannot stand in for themselves",
            Box::new(|d| d.hosts[0].delegates = vec![host_id("sato")]),
        ),
        (
            "groups[4].id: the id eigyo is used twice",
            Box::new(|d| {
                d.groups[4].id = group_id("eigyo");
                d.groups[4].parent = None;
                d.hosts[2].groups.clear();
            }),
        ),
        (
            "groups[0].name: must not be empty",
            Box::new(|d| d.groups[0].name = LocalText::default()),
        ),
        (
            "groups[0].name.en: must not be empty",
            Box::new(|d| d.groups[0].name.set(Lang::En, " ")),
        ),
        (
            "groups[0].name.ja: must be at most 80 characters",
            Box::new(move |d| d.groups[0].name.set(Lang::Ja, long(81))),
        ),
        (
            "groups[2].parent: there is no group nowhere",
            Box::new(|d| d.groups[2].parent = Some(group_id("nowhere"))),
        ),
        (
            "groups[0].parent: a group cannot be below itself",
            Box::new(|d| d.groups[0].parent = Some(group_id("soumu"))),
        ),
        (
            "groups[0].in_charge[2]: there is no host nobody",
            Box::new(|d| d.groups[0].in_charge.push(host_id("nobody"))),
        ),
        (
            "groups[0].in_charge[2]: sato is listed twice",
            Box::new(|d| d.groups[0].in_charge.push(host_id("sato"))),
        ),
        (
            "devices[0].name: must not be empty",
            Box::new(|d| d.devices[0].name.clear()),
        ),
        (
            "devices[0].place: must be at most 80 characters",
            Box::new(move |d| d.devices[0].place = long(81)),
        ),
        (
            "devices[0].menu[1].id: the id groups is used twice",
            Box::new(|d| d.devices[0].menu[1].id = "groups".parse().unwrap()),
        ),
        (
            "devices[0].menu[0].label: must not be empty",
            Box::new(|d| d.devices[0].menu[0].label = LocalText::default()),
        ),
        (
            "devices[0].menu[0].label.ja: must be at most 40 characters",
            Box::new(move |d| d.devices[0].menu[0].label.set(Lang::Ja, long(41))),
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
            Box::new(|d| template(d, "{mentions}{who}{reference}")),
        ),
        (
            "devices[0].menu[2].template: the tag [toall] is not allowed in a message",
            Box::new(|d| template(d, "{mentions}[toall]{reference}")),
        ),
        (
            "devices[0].menu[2].template: a template needs {reference}",
            Box::new(|d| template(d, "{mentions}")),
        ),
        (
            "devices[0].menu[2].template: {name} may stand only once",
            Box::new(|d| template(d, "{mentions}{name}{name}{reference}")),
        ),
        (
            "devices[0].menu[2].template: write {{ or }} for a brace that is no placeholder",
            Box::new(|d| template(d, "{mentions}{reference}}")),
        ),
        (
            "devices[0].menu[2].template: must be at most 4000 characters",
            Box::new(move |d| template(d, &format!("{{mentions}}{{reference}}{}", long(3_980)))),
        ),
        (
            "devices[0].menu[2].template: must be at most 4000 characters",
            Box::new(|d| {
                template(
                    d,
                    &format!("{{mentions}}{{reference}}{}", "𠮷".repeat(3_900)),
                );
            }),
        ),
    ];
    for (problem, change) in cases {
        assert_eq!(faults(change), [problem]);
    }
}

fn template(document: &mut SettingsDocument, text: &str) {
    document.devices[0].menu[2].template = Some(text.to_owned());
}

#[test]
fn button_ids_are_unique_across_devices() {
    let problems = faults(|d| {
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

#[test]
fn all_problems_are_named_at_once() {
    let problems = faults(|d| {
        d.site.accent.clear();
        d.hosts[0].name.clear();
        d.groups[0].parent = Some(group_id("nowhere"));
        d.devices[0].name.clear();
    });
    assert_eq!(problems.len(), 4, "{problems:?}");
}

#[test]
fn each_group_of_a_cycle_is_named_and_none_that_merely_leads_into_it() {
    let problems = faults(|d| {
        group_in(d, "eigyo").parent = Some(group_id("eigyo1"));
        group_in(d, "soumu").parent = Some(group_id("eigyo"));
    });
    let cycle = |i: usize| format!("groups[{i}].parent: a group cannot be below itself");
    assert_eq!(problems, [cycle(3), cycle(4)]);
}

#[test]
fn no_call_can_tell_more_people_than_the_relay_takes() {
    let crowd = |d: &mut SettingsDocument, n: usize| {
        for i in 0..n {
            d.hosts
                .push(example::host(&format!("x{i}"), "某", "", 0, &[]));
        }
        (0..n)
            .map(|i| host_id(&format!("x{i}")))
            .collect::<Vec<_>>()
    };
    assert_eq!(faults(|d| d.groups[0].in_charge = crowd(d, 99)), [""; 0]);
    assert_eq!(
        faults(|d| d.groups[0].in_charge = crowd(d, 100)),
        ["groups[0].in_charge: must be at most 99 entries"]
    );
    assert_eq!(
        faults(|d| {
            let everybody = crowd(d, 98);
            host_in(d, "tanaka").delegates = everybody.clone();
            d.groups[0].in_charge = vec![host_id("tanaka"), host_id("sato")];
        }),
        ["groups[0].in_charge: must be at most 99 entries"]
    );
    assert_eq!(
        faults(|d| d.hosts[0].delegates = crowd(d, 99)),
        [
            "hosts[0].delegates: must be at most 98 entries",
            "groups[0].in_charge: must be at most 99 entries"
        ]
    );
}

proptest! {
    /// On any graph of parents the problems are exactly the groups that can walk back to
    /// themselves.
    #[test]
    fn cycles_are_found_on_any_graph(parents in prop::collection::vec(prop::option::of(0_usize..12), 12)) {
        let mut document = SettingsDocument::default();
        for (i, parent) in parents.iter().enumerate() {
            let parent = parent.map_or_else(String::new, |p| format!("g{p}"));
            document.groups.push(example::group(&format!("g{i}"), "某", &parent, 0, &[]));
        }
        let walks_back = |start: usize| {
            let path = std::iter::successors(parents[start], |&at| parents[at]);
            path.take(parents.len()).any(|at| at == start)
        };
        let expected: Vec<String> = (0..parents.len())
            .filter(|&i| walks_back(i))
            .map(|i| format!("groups[{i}].parent"))
            .collect();
        let problems = validate(document).err().unwrap_or_default();
        prop_assert!(problems.iter().all(|problem| problem.error == ValidationError::ParentCycle));
        let named: Vec<String> = problems.into_iter().map(|problem| problem.path).collect();
        prop_assert_eq!(named, expected);
    }
}

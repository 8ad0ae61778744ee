//! Changes, patches and merges of settings documents.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::model::directory::{Group, Host};
use crate::model::lang::Lang;
use crate::model::menu::{Action, Ask, Button, Device, Icon, Method};
use crate::model::settings::SettingsDocument;

fn host(id: &str, name: &str) -> Host {
    Host::named(id.parse().unwrap(), name)
}

fn office(hosts: &[(&str, &str)]) -> SettingsDocument {
    SettingsDocument {
        hosts: hosts.iter().map(|(id, name)| host(id, name)).collect(),
        ..SettingsDocument::default()
    }
}

fn button(id: &str, label: &str) -> Button {
    Button {
        id: id.parse().unwrap(),
        label: TranslatedText::of(Lang::Ja, label),
        icon: Icon::Bell,
        action: Action::HostSearch,
        method: Method::Room,
        ask: Ask::NOTHING,
        template: None,
        escalation: None,
        missed_visit: false,
    }
}

fn with_menu(labels: &[(&str, &str)]) -> SettingsDocument {
    SettingsDocument {
        devices: vec![Device {
            menu: labels.iter().map(|(id, label)| button(id, label)).collect(),
            ..device()
        }],
        ..SettingsDocument::default()
    }
}

fn device() -> Device {
    let text = r#"{"id":"lobby","name":"1F","menu":[]}"#;
    serde_json::from_str(text).unwrap()
}

fn names(document: &SettingsDocument) -> Vec<&str> {
    let hosts = document.hosts.iter();
    hosts.map(|host| host.name.as_str()).collect()
}

fn paths(changes: &[Change]) -> Vec<String> {
    let path = |change: &Change| change.field.path.join(".");
    changes.iter().map(path).collect()
}

/// Merges without a decision about any conflict.
fn merge_undecided(
    base: &SettingsDocument,
    mine: &SettingsDocument,
    theirs: &SettingsDocument,
) -> Merged {
    merge(base, mine, theirs, |_| None)
}

#[test]
fn a_changed_field_is_listed_with_both_values() {
    let before = office(&[("a", "佐藤")]);
    let mut after = before.clone();
    after.hosts[0].kana = "さとう".into();
    after.site.contact.phone = "100".into();
    let changes = between(&before, &after);
    assert_eq!(paths(&changes), ["contact.phone", "kana"]);
    assert_eq!(changes[0].field.entity, Entity::Site);
    assert_eq!(changes[1].field.entity, Entity::Host("a".parse().unwrap()));
    assert_eq!(changes[1].name.best(Lang::Ja), "佐藤");
    assert_eq!(
        (&changes[1].before, &changes[1].after),
        (&None, &Some(json!("さとう")))
    );
}

#[test]
fn added_and_removed_records_are_listed_whole() {
    let changes = between(&office(&[("a", "佐藤")]), &office(&[("b", "鈴木")]));
    assert_eq!(
        paths(&changes),
        ["", ""],
        "the path of a whole record is empty"
    );
    assert!(changes[0].before.is_none() && changes[1].after.is_none());
    assert_eq!(changes[1].name.best(Lang::Ja), "佐藤");
}

#[test]
fn menu_changes_are_listed_by_button_and_the_order_separately() {
    let before = with_menu(&[("a", "宅配"), ("b", "面接"), ("c", "来訪")]);
    let mut after = with_menu(&[("b", "面接"), ("a", "配達"), ("d", "総務")]);
    after.devices[0].menu[0].action = Action::HostOpen;
    assert_eq!(
        paths(&between(&before, &after)),
        [
            "menu.a.label.ja",
            "menu.b.action",
            "menu.c",
            "menu.d",
            "menu"
        ]
    );
}

#[test]
fn the_inverse_restores_removed_records_at_their_index() {
    let before = office(&[("a", "A"), ("b", "B"), ("c", "C"), ("d", "D")]);
    let mut document = office(&[("a", "A"), ("d", "D")]);
    let patch = Patch::between(&before, &document);
    patch.inverse().apply(&mut document);
    assert_eq!(document, before);
}

#[test]
fn undoing_an_old_step_keeps_newer_changes() {
    let first = office(&[("a", "佐藤")]);
    let mut second = first.clone();
    second.hosts[0].name = "鈴木".into();
    let step = Patch::between(&first, &second);
    let mut now = second.clone();
    now.hosts[0].kana = "すずき".into();
    step.inverse().apply(&mut now);
    assert_eq!(
        (now.hosts[0].name.as_str(), now.hosts[0].kana.as_str()),
        ("佐藤", "すずき")
    );
}

#[test]
fn changes_of_different_fields_are_both_kept() {
    let base = office(&[("a", "佐藤")]);
    let (mut mine, mut theirs) = (base.clone(), base.clone());
    mine.hosts[0].kana = "さとう".into();
    theirs.hosts[0].hidden = true;
    theirs.site.name = "本社".into();
    let merged = merge_undecided(&base, &mine, &theirs);
    assert_eq!(merged.conflicts, []);
    let host = &merged.document.hosts[0];
    assert_eq!((host.kana.as_str(), host.hidden), ("さとう", true));
    assert_eq!(merged.document.site.name, "本社");
}

#[test]
fn a_field_changed_by_both_sides_is_a_conflict_of_its_own() {
    let base = office(&[("a", "佐藤")]);
    let (mut mine, mut theirs) = (base.clone(), base.clone());
    mine.hosts[0].name = "佐藤 花".into();
    mine.hosts[0].kana = "さとう".into();
    theirs.hosts[0].name = "佐藤 太郎".into();
    let merged = merge_undecided(&base, &mine, &theirs);
    let conflict = &merged.conflicts[0];
    assert_eq!(merged.conflicts.len(), 1);
    assert_eq!(conflict.field.path, ["name"]);
    assert_eq!(conflict.theirs, Some(json!("佐藤 太郎")));
    for (side, name) in [(Side::Mine, "佐藤 花"), (Side::Theirs, "佐藤 太郎")] {
        let merged = merge(&base, &mine, &theirs, |_| Some(side));
        assert_eq!(merged.conflicts, []);
        assert_eq!(merged.document.hosts[0].name, name);
        assert_eq!(merged.document.hosts[0].kana, "さとう", "{side:?}");
    }
}

#[test]
fn added_and_removed_records_merge_without_conflict() {
    let base = office(&[("a", "A"), ("b", "B")]);
    let mine = office(&[("b", "B"), ("c", "C")]);
    let theirs = office(&[("a", "A"), ("b", "B"), ("d", "D")]);
    let merged = merge_undecided(&base, &mine, &theirs);
    assert_eq!(merged.conflicts, []);
    assert_eq!(names(&merged.document), ["B", "C", "D"]);
}

#[test]
fn a_record_changed_here_and_removed_there_is_a_conflict() {
    let base = office(&[("a", "A")]);
    let mine = office(&[("a", "A2")]);
    let theirs = office(&[]);
    let merged = merge_undecided(&base, &mine, &theirs);
    assert_eq!(merged.conflicts.len(), 1);
    assert!(merged.conflicts[0].field.path.is_empty() && merged.conflicts[0].theirs.is_none());
    let removed = merge(&base, &mine, &theirs, |_| Some(Side::Theirs));
    assert_eq!(names(&removed.document), [""; 0]);
    let kept = merge(&base, &theirs, &mine, |_| Some(Side::Theirs));
    assert_eq!(names(&kept.document), ["A2"]);
}

#[test]
fn the_same_change_on_both_sides_is_not_a_conflict() {
    let base = office(&[("a", "A")]);
    let changed = office(&[("a", "A2"), ("b", "B")]);
    let merged = merge_undecided(&base, &changed, &changed);
    assert_eq!((merged.document, merged.conflicts), (changed, Vec::new()));
}

#[test]
fn buttons_of_one_menu_are_merged_one_by_one() {
    let base = with_menu(&[("a", "宅配"), ("b", "面接")]);
    let mine = with_menu(&[("b", "面接"), ("a", "宅配"), ("c", "総務")]);
    let mut theirs = with_menu(&[("a", "配達"), ("b", "面接")]);
    theirs.devices[0].menu[1].method = Method::Both;
    let merged = merge_undecided(&base, &mine, &theirs);
    assert_eq!(merged.conflicts, []);
    let menu = &merged.document.devices[0].menu;
    let labels: Vec<&str> = menu
        .iter()
        .map(|button| button.label.best(Lang::Ja))
        .collect();
    assert_eq!(
        labels,
        ["面接", "配達", "総務"],
        "order and new button of `mine`, label of `theirs`"
    );
    assert_eq!(menu[0].method, Method::Both);
}

#[test]
fn an_action_is_merged_as_a_whole() {
    let base = with_menu(&[("a", "宅配")]);
    let (mut mine, mut theirs) = (base.clone(), base.clone());
    let group = |id: &str| Action::Custom {
        group: id.parse().unwrap(),
    };
    mine.devices[0].menu[0].action = group("soumu");
    theirs.devices[0].menu[0].action = Action::GroupSelection {
        below: "dev".parse().ok(),
    };
    let merged = merge_undecided(&base, &mine, &theirs);
    assert_eq!(merged.conflicts[0].field.path, ["menu", "a", "action"]);
    assert_eq!(merged.document.devices[0].menu[0].action, group("soumu"));
}

#[test]
fn patches_of_one_record_combine_into_one() {
    let states = ["佐", "佐藤", "佐藤花"].map(|name| office(&[("a", name)]));
    let first = Patch::between(&states[0], &states[1]);
    let second = Patch::between(&states[1], &states[2]);
    let whole = first.then(&second).unwrap();
    assert_eq!(whole, Patch::between(&states[0], &states[2]));
    let elsewhere = Patch::between(&office(&[]), &office(&[("b", "鈴木")]));
    assert_eq!(first.then(&elsewhere), None);
}

#[test]
fn a_patch_survives_a_json_round_trip() {
    let patch = Patch::between(&office(&[("a", "佐藤")]), &office(&[("b", "鈴木")]));
    let text = serde_json::to_string(&patch).unwrap();
    assert_eq!(serde_json::from_str::<Patch>(&text).unwrap(), patch);
}

prop_compose! {
    fn documents()(
        hosts in prop::collection::btree_map("[a-f]", ("[甲乙丙]{0,2}", any::<bool>()), 0..6),
        groups in prop::collection::btree_map("[a-d]", "[甲乙丙]{0,2}", 0..4),
        site in "[甲乙]{0,1}",
    ) -> SettingsDocument {
        let mut document = SettingsDocument::default();
        document.site.name = site;
        for (id, (name, hidden)) in hosts {
            document.hosts.push(Host { hidden, ..host(&id, &name) });
        }
        for (id, name) in groups {
            let name = TranslatedText::of(Lang::Ja, name);
            document.groups.push(Group::named(id.parse().unwrap(), name));
        }
        document
    }
}

/// Sorts records by id: their order is not compared.
fn sorted(mut document: SettingsDocument) -> SettingsDocument {
    document.hosts.sort_by(|a, b| a.id.cmp(&b.id));
    document.groups.sort_by(|a, b| a.id.cmp(&b.id));
    document
}

proptest! {
    #[test]
    fn a_patch_and_its_inverse_convert_both_ways(a in documents(), b in documents()) {
        let patch = Patch::between(&a, &b);
        prop_assert_eq!(patch.is_empty(), a == b);
        let mut patched = a.clone();
        patch.apply(&mut patched);
        prop_assert_eq!(sorted(patched.clone()), sorted(b));
        patch.inverse().apply(&mut patched);
        prop_assert_eq!(sorted(patched), sorted(a));
    }

    #[test]
    fn one_sided_changes_never_conflict(base in documents(), changed in documents()) {
        let ours = merge_undecided(&base, &changed, &base);
        prop_assert_eq!(ours.conflicts, Vec::new());
        prop_assert_eq!(sorted(ours.document), sorted(changed.clone()));
        let theirs = merge_undecided(&base, &base, &changed);
        prop_assert_eq!(theirs.conflicts, Vec::new());
        prop_assert_eq!(theirs.document, changed);
    }

    #[test]
    fn every_conflict_can_be_decided(base in documents(), mine in documents(), theirs in documents()) {
        for side in [Side::Mine, Side::Theirs] {
            let merged = merge(&base, &mine, &theirs, |_| Some(side));
            prop_assert_eq!(merged.conflicts, Vec::new());
        }
    }
}

#[test]
fn the_steps_of_an_escalation_are_compared_and_merged_as_a_whole() {
    use crate::model::answer_display::AnswerDisplay;
    use crate::model::escalation_step::{EscalationStep, EscalationTarget};

    let step = |after_seconds| EscalationStep {
        after_seconds,
        to: EscalationTarget::Again,
    };
    let base = with_menu(&[("b1", "宅配")]);
    let mut mine = base.clone();
    mine.site.escalation = vec![step(60)];
    mine.devices[0].menu[0].escalation = Some(Vec::new());
    let changes = between(&base, &mine);
    assert_eq!(paths(&changes), ["escalation", "menu.b1.escalation"]);
    assert_eq!(changes[1].before, None);
    assert_eq!(changes[1].after, Some(json!([])));
    let mut theirs = base.clone();
    theirs.site.answers = AnswerDisplay::Noticed;
    theirs.site.escalation = vec![step(30), step(60)];
    theirs.devices[0].menu[0].missed_visit = true;
    let merged = merge_undecided(&base, &mine, &theirs);
    assert_eq!(
        merged.conflicts.len(),
        1,
        "the steps of the site are one conflict"
    );
    assert_eq!(merged.document.site.escalation, [step(60)]);
    assert_eq!(merged.document.site.answers, AnswerDisplay::Noticed);
    let button = &merged.document.devices[0].menu[0];
    assert_eq!(
        (button.escalation.as_deref(), button.missed_visit),
        (Some(&[][..]), true)
    );
    let reverted = merge(&base, &mine, &theirs, |_| Some(Side::Theirs));
    assert_eq!(reverted.document.site.escalation, [step(30), step(60)]);
}

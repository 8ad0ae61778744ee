//! Findings about groups.

use super::super::{Finding, Observations, Repair, Severity, rooms_to_read};
use super::{BOT, complete_office, found};
use crate::model::lang::{Lang, TranslatedText};
use crate::model::settings::SettingsDocument;
use crate::test_office::{account_id, group_id, group_in, room_id, today};

#[test]
fn groups_without_recipients_and_unreachable_groups_are_reported() {
    let without_in_charge = found(
        |document| group_in(document, "soumu").in_charge.clear(),
        |_| {},
    );
    assert_eq!(
        without_in_charge,
        [Finding::NobodyInCharge {
            group: group_id("soumu")
        }]
    );
    let unmentioned = found(
        |document| group_in(document, "eigyo").in_charge.clear(),
        |_| {},
    );
    assert_eq!(
        unmentioned,
        [Finding::NobodyMentioned {
            groups: vec![group_id("eigyo")]
        }]
    );
    let unreachable = found(
        |document| {
            group_in(document, "kaihatsu").hidden = true;
            document.devices[0]
                .menu
                .retain(|button| button.id.as_str() == "groups");
        },
        |_| {},
    );
    let groups = vec![group_id("kaihatsu"), group_id("kaihatsu1")];
    assert_eq!(unreachable, [Finding::UnreachableGroups { groups }]);
}

#[test]
fn a_staff_button_that_mentions_nobody_is_reported_with_the_page_that_mends_it() {
    let found_with = |change: fn(&mut SettingsDocument)| found(change, |_| {});
    let no_group = found_with(|d| group_in(d, "eigyo").room = Some(room_id(10)));
    let expected = Finding::StaffUnmentioned { groups: Vec::new() };
    assert_eq!(no_group, [expected]);
    assert_eq!(no_group[0].severity(), Severity::Risk);
    assert_eq!(no_group[0].repairs(), [Repair::OpenGroups]);

    // A group that nobody can call reports nothing itself.
    let hidden = found_with(|d| {
        let group = group_in(d, "eigyo");
        group.hidden = true;
        group.in_charge.clear();
        d.groups.retain(|group| group.id != group_id("eigyo1"));
        for host in &mut d.hosts {
            host.groups.retain(|group| *group != group_id("eigyo1"));
        }
    });
    let groups = vec![group_id("eigyo")];
    assert_eq!(hidden, [Finding::StaffUnmentioned { groups }]);
    let repairs = hidden[0].repairs();
    assert_eq!(repairs, [Repair::OpenGroup(group_id("eigyo"))]);

    let without_tablets = found_with(|d| {
        group_in(d, "eigyo").room = Some(room_id(10));
        d.devices.clear();
    });
    assert_eq!(without_tablets, [], "there is no button");
}

#[test]
fn the_readers_of_calls_to_groups_without_a_room_are_listed_once_and_are_no_problem() {
    let without_room = |d: &mut SettingsDocument| {
        group_in(d, "soumu").room = Some(room_id(1));
        group_in(d, "eigyo").room = None;
    };
    let with_bot = |seen: &mut Observations| {
        let members = seen.members.get_mut(&room_id(1)).unwrap();
        members.insert(account_id(BOT));
    };
    let noted = found(without_room, with_bot);
    let groups = vec![group_id("eigyo"), group_id("eigyo1")];
    let readers = 5;
    assert_eq!(noted, [Finding::ReadInDefaultRoom { groups, readers }]);
    assert_eq!(noted[0].severity(), Severity::Note);
    assert!(!noted[0].is_problem());
    let pages = ["eigyo", "eigyo1"].map(|id| Repair::OpenGroup(group_id(id)));
    assert_eq!(noted[0].repairs(), pages);

    let unread = |seen: &mut Observations| {
        seen.members.remove(&room_id(1));
    };
    assert_eq!(found(without_room, unread), []);
    let nobody_mentioned = complete_office(|d| {
        without_room(d);
        for id in ["soumu", "eigyo", "eigyo1"] {
            group_in(d, id).in_charge.clear();
        }
    });
    let rooms = rooms_to_read(&nobody_mentioned, today());
    assert_eq!(rooms.last(), Some(&room_id(1)), "{rooms:?}");
}

#[test]
fn groups_that_visitors_in_another_language_cannot_read_are_reported() {
    let with_languages = |languages: &[Lang]| {
        let languages = languages.to_vec();
        let findings = found(
            |document| {
                for group in &mut document.groups {
                    group.name = TranslatedText::of(Lang::Ja, "経理部").and(Lang::En, "Accounting");
                }
                group_in(document, "soumu").name = TranslatedText::of(Lang::Ja, "総務部");
                group_in(document, "eigyo").name =
                    TranslatedText::of(Lang::Ja, "営業部").and(Lang::Ko, "영업부");
                group_in(document, "kaihatsu").name = TranslatedText::of(Lang::Ja, "IT");
                document.site.languages = languages;
            },
            |_| {},
        );
        assert!(findings.iter().all(|finding| !finding.is_problem()));
        let untranslated = |finding: &Finding| match finding {
            Finding::UntranslatedGroups { groups } => Some(groups.clone()),
            _ => None,
        };
        findings.iter().find_map(untranslated).unwrap_or_default()
    };
    assert_eq!(with_languages(&[Lang::Ja]), []);
    assert_eq!(with_languages(&[Lang::Ja, Lang::Ko]), [group_id("soumu")]);
    let both = [group_id("soumu"), group_id("eigyo")];
    assert_eq!(with_languages(&[Lang::Ja, Lang::En, Lang::Ko]), both);
}

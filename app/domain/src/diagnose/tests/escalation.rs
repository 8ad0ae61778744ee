//! Findings about escalation and answers.

use super::*;
use crate::escalation::preset;
use crate::model::answer_display::AnswerDisplay;
use crate::model::escalation_step::EscalationStep;
use crate::routing::Target;
use crate::test_office::{GROUPS_BUTTON, PEOPLE_BUTTON};

pub(super) fn one_step(to: EscalationTarget) -> Vec<EscalationStep> {
    vec![EscalationStep {
        after_seconds: 60,
        to,
    }]
}

#[test]
fn the_preset_has_no_findings_in_a_complete_office() {
    assert_eq!(found(|d| d.site.escalation = preset(), |_| {}), []);
}

#[test]
fn an_office_whose_buttons_have_no_reminders_is_told_so_in_a_note() {
    let without = |change: fn(&mut SettingsDocument)| {
        let office = |d: &mut SettingsDocument| {
            d.site.escalation.clear();
            change(d);
        };
        found(office, |_| {})
    };
    let note = without(|_| {});
    assert_eq!(note, [Finding::NoReminders]);
    assert_eq!(note[0].severity(), Severity::Note);
    assert_eq!(note[0].repairs(), [Repair::OpenEscalation]);
    let one_button = |d: &mut SettingsDocument| {
        d.devices[0].menu[PEOPLE_BUTTON].escalation = Some(one_step(EscalationTarget::Again));
    };
    assert_eq!(without(one_button), [], "one button has reminders");
    let answers_off = |d: &mut SettingsDocument| d.site.answers = AnswerDisplay::Off;
    assert_eq!(without(answers_off), [], "reminders need answers");
    let no_buttons = without(|d| d.devices[0].menu.clear());
    assert!(
        !no_buttons.contains(&Finding::NoReminders),
        "{no_buttons:?}"
    );
}

#[test]
fn a_step_without_recipients_is_reported_with_its_calls() {
    let to = EscalationTarget::Delegates;
    let finding = found(
        |d| {
            d.devices[0].menu[PEOPLE_BUTTON].escalation = Some(one_step(to));
            for host in &mut d.hosts {
                host.delegates = vec![host_id("sato")];
            }
            host_in(d, "sato").delegates = vec![host_id("ito")];
            host_in(d, "tanaka").delegates = Vec::new();
        },
        |_| {},
    );
    let calls = vec![Target::Host(host_id("tanaka"))];
    let device = Some("lobby".parse().unwrap());
    let expected = Finding::StepReachesNobody { to, device, calls };
    assert_eq!(finding, [expected]);
    assert_eq!(finding[0].severity(), Severity::Risk);
    assert_eq!(
        finding[0].repairs(),
        [
            Repair::OpenDevice("lobby".parse().unwrap()),
            Repair::OpenHost(host_id("tanaka"))
        ]
    );
    let of_the_site = found(
        |d| {
            d.site.escalation = one_step(EscalationTarget::InCharge);
            group_in(d, "eigyo").room = Some(room_id(10));
            for button in &mut d.devices[0].menu {
                button.escalation = Some(Vec::new());
            }
        },
        |_| {},
    );
    let to = EscalationTarget::InCharge;
    let calls = vec![Target::Staff];
    let device = None;
    let expected = Finding::StepReachesNobody { to, device, calls };
    let unmentioned = Finding::StaffUnmentioned { groups: Vec::new() };
    assert_eq!(of_the_site, [unmentioned, expected]);
    assert_eq!(
        of_the_site[1].repairs(),
        [Repair::OpenEscalation, Repair::OpenDefaultRoom]
    );
}

#[test]
fn the_recipients_of_steps_must_be_contacts_too() {
    let change = |d: &mut SettingsDocument| {
        d.devices[0].menu[GROUPS_BUTTON].escalation = Some(one_step(EscalationTarget::InCharge));
        for button in &mut d.devices[0].menu {
            button.method = crate::model::menu::Method::Room;
        }
    };
    let finding = found(change, |seen| {
        seen.contacts
            .get_or_insert_default()
            .remove(&account_id(105));
    });
    let host = host_id("ito");
    let request = None;
    assert_eq!(finding, [Finding::NotAContact { host, request }]);
}

#[test]
fn a_host_who_may_only_read_the_room_cannot_answer() {
    let read_only = |seen: &mut Observations| {
        let readers = [101, 103].map(account_id);
        seen.read_only.insert(room_id(10), readers.into());
        seen.read_only.insert(room_id(99), readers.into());
    };
    let finding = found(|_| {}, read_only);
    let room = room_id(10);
    let hosts = vec![host_id("sato")];
    assert_eq!(finding, [Finding::CannotAnswer { room, hosts }]);
    assert_eq!(
        finding[0].repairs(),
        [Repair::OpenRoom(room), Repair::OpenHost(host_id("sato"))]
    );
    let answers_off = |d: &mut SettingsDocument| {
        d.site.answers = AnswerDisplay::Off;
        d.site.escalation.clear();
    };
    let without_answers = found(answers_off, read_only);
    assert_eq!(without_answers, []);
}

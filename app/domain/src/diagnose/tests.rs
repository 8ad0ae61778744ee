//! Findings of the sample office with one thing wrong at a time.

mod escalation;
mod groups;
mod hosts;
mod rooms;
mod tablets;

use super::*;
use crate::model::escalation_step::EscalationTarget;
use crate::model::lang::Lang;
use crate::model::settings::SettingsDocument;
use crate::test_office::{
    account_id, group_id, group_in, host_id, host_in, office, room_id, today,
};

const BOT: u64 = 900;

/// Observations without any problem for the sample office.
fn healthy() -> Observations {
    let staff = [101, 102, 103, 105].map(account_id);
    let names = ["佐藤花子", "鈴木一郎", "田中次郎", "伊藤三郎"];
    let rooms = [1, 10, 20].map(room_id);
    Observations {
        connection: Some(ObservedConnection::Connected(account_id(BOT))),
        rooms: Some(rooms.into_iter().map(|room| (room, true)).collect()),
        members: rooms.into_iter().map(|room| (room, staff.into())).collect(),
        read_only: BTreeMap::new(),
        contacts: Some(staff.into()),
        people: staff.into_iter().zip(names.map(str::to_owned)).collect(),
        requests: Vec::new(),
        unreadable: 0,
        paired: Some(["lobby".parse().unwrap()].into()),
        silent: BTreeSet::new(),
        streams: BTreeMap::new(),
    }
}

/// The sample office in which every host has an account and every group an in-charge host and a room, and
/// calls have a reminder. Sales (営業部) has the default room, so its in-charge host is mentioned when staff are called.
fn complete_office(change: impl FnOnce(&mut SettingsDocument)) -> Settings {
    office(|document| {
        document.site.languages = vec![Lang::Ja];
        document.site.exit_pin = Some("2468".to_owned());
        document.site.alarms.room = Some(room_id(1));
        document.site.escalation = escalation::one_step(EscalationTarget::Again);
        host_in(document, "takahashi").account = Some(account_id(104));
        group_in(document, "eigyo").room = Some(room_id(1));
        for group in &mut document.groups {
            if group.in_charge.is_empty() {
                group.in_charge = vec![host_id("sato")];
            }
        }
        change(document);
    })
}

/// Observations of the complete office without any problem, after a change.
fn observations(change: impl FnOnce(&mut Observations)) -> Observations {
    let mut observed = healthy();
    let takahashi = account_id(104);
    observed.people.insert(takahashi, "髙橋健一".to_owned());
    observed.contacts.get_or_insert_default().insert(takahashi);
    for members in observed.members.values_mut() {
        members.insert(takahashi);
    }
    change(&mut observed);
    observed
}

/// Findings after a change of the complete office, and of the observations of it.
fn found(
    change_office: impl FnOnce(&mut SettingsDocument),
    change_observations: impl FnOnce(&mut Observations),
) -> Vec<Finding> {
    let settings = complete_office(change_office);
    examine(&settings, &observations(change_observations), today())
}

fn request_of(account: u64) -> ObservedRequest {
    ObservedRequest {
        id: 7,
        account: account_id(account),
        name: "誰か".to_owned(),
    }
}

#[test]
fn a_complete_office_has_no_findings() {
    assert_eq!(found(|_| {}, |_| {}), []);
}

#[test]
fn nothing_is_reported_without_observations() {
    assert_eq!(
        examine(&complete_office(|_| {}), &Observations::default(), today()),
        []
    );
}

#[test]
fn a_missing_connection_or_default_room_is_reported() {
    assert_eq!(
        found(
            |_| {},
            |seen| seen.connection = Some(ObservedConnection::None)
        ),
        [Finding::NotConnected]
    );
    assert_eq!(
        found(
            |_| {},
            |seen| seen.connection = Some(ObservedConnection::Refused)
        ),
        [Finding::TokenRefused]
    );
    let no_room = Settings::unvalidated(SettingsDocument::default());
    assert_eq!(
        examine(&no_room, &Observations::default(), today()),
        [Finding::NoDefaultRoom]
    );
}

#[test]
fn unreadable_entries_are_counted() {
    assert_eq!(
        found(|_| {}, |seen| seen.unreadable = 3),
        [Finding::UnreadableEntries { count: 3 }]
    );
}

#[test]
fn an_invalid_draft_is_examined_too() {
    let mut document = complete_office(|_| {}).document().clone();
    group_in(&mut document, "kaihatsu").parent = Some(group_id("kaihatsu1"));
    group_in(&mut document, "soumu").parent = Some(group_id("gone"));
    group_in(&mut document, "eigyo").in_charge = vec![host_id("gone")];
    document.site.default_room = None;
    let found = examine(
        &Settings::unvalidated(document),
        &observations(|_| {}),
        today(),
    );
    assert_eq!(found[0], Finding::NoDefaultRoom);
}

//! Findings about the accounts and absences of hosts.

use super::super::{Finding, Observations, ObservedConnection, Repair, Severity, examine};
use super::{complete_office, found, observations, request_of};
use crate::model::menu::Method;
use crate::model::settings::{Settings, SettingsDocument};
use crate::test_office::{account_id, group, group_id, group_in, host_id, host_in, room_id, today};

#[test]
fn a_directly_notified_host_must_be_a_contact_of_the_bot() {
    let not_a_contact = |seen: &mut Observations| {
        seen.contacts.as_mut().unwrap().remove(&account_id(102));
    };
    let suzuki = |request| Finding::NotAContact {
        host: host_id("suzuki"),
        request,
    };
    assert_eq!(found(|_| {}, not_a_contact), [suzuki(None)]);
    let asked = found(
        |_| {},
        |seen| {
            not_a_contact(seen);
            seen.requests = vec![request_of(102)];
        },
    );
    assert_eq!(
        asked,
        [suzuki(Some(7))],
        "the request is not reported twice"
    );
    assert_eq!(asked[0].repairs()[0], Repair::Accept(7));
    // Room calls do not need a contact.
    let by_room = |document: &mut SettingsDocument| {
        for button in &mut document.devices[0].menu {
            button.method = Method::Room;
        }
    };
    assert_eq!(found(by_room, not_a_contact), []);
}

#[test]
fn an_unknown_account_is_reported_with_the_only_namesake() {
    let wrong = found(
        |document| host_in(document, "suzuki").account = Some(account_id(555)),
        |_| {},
    );
    let expected = Finding::UnknownAccount {
        host: host_id("suzuki"),
        is_direct: true,
        suggestion: Some(account_id(102)),
    };
    assert_eq!(wrong, std::slice::from_ref(&expected));
    let set = Repair::SetAccount(host_id("suzuki"), account_id(102));
    assert_eq!(expected.repairs()[0], set);
    assert_eq!(expected.severity(), Severity::Broken);
}

#[test]
fn an_unknown_account_is_reported_although_a_room_without_mentions_was_not_read() {
    let found = found(
        |document| {
            host_in(document, "suzuki").account = Some(account_id(555));
            document.groups.push(group("kaigi", "会議室", "", 30, &[]));
        },
        |seen| {
            seen.rooms.as_mut().unwrap().insert(room_id(30), true);
        },
    );
    let unknown = Finding::UnknownAccount {
        host: host_id("suzuki"),
        is_direct: true,
        suggestion: Some(account_id(102)),
    };
    let groups = vec![group_id("kaigi")];
    assert_eq!(found, [unknown, Finding::NobodyMentioned { groups }]);
}

#[test]
fn a_host_without_account_is_offered_the_only_namesake() {
    let no_account = |suggestion| Finding::NoAccount {
        host: host_id("takahashi"),
        suggestion,
    };
    // 開発一課 has another in-charge host; 営業一課 gets one, so that calls still notify somebody.
    let change = |document: &mut SettingsDocument| {
        host_in(document, "takahashi").account = None;
        group_in(document, "eigyo1").in_charge = vec![host_id("sato")];
    };
    assert_eq!(found(change, |_| {}), [no_account(Some(account_id(104)))]);
    let two = found(change, |seen| {
        seen.people.insert(account_id(107), "高橋 健一".to_owned());
    });
    assert_eq!(two, [no_account(None)], "two namesakes: no suggestion");
}

#[test]
fn a_host_whose_account_is_the_bots_and_a_shared_account_are_reported() {
    let own = found(
        |_| {},
        |seen| seen.connection = Some(ObservedConnection::Connected(account_id(101))),
    );
    assert_eq!(
        own,
        [Finding::BotIsHost {
            host: host_id("sato")
        }]
    );
    let mut document = complete_office(|_| {}).document().clone();
    host_in(&mut document, "ito").account = Some(account_id(101));
    let shared = examine(
        &Settings::unvalidated(document),
        &observations(|_| {}),
        today(),
    );
    let expected = Finding::SharedAccount {
        account: account_id(101),
        hosts: vec![host_id("sato"), host_id("ito")],
    };
    assert_eq!(shared, [expected]);
}

#[test]
fn an_absence_without_a_present_delegate_is_reported() {
    let absent = |document: &mut SettingsDocument, key: &str| {
        host_in(document, key).absent_until = Some(today());
    };
    let alone = found(|document| absent(document, "suzuki"), |_| {});
    assert_eq!(
        alone,
        [Finding::AbsentWithoutDelegate {
            host: host_id("suzuki")
        }]
    );
    let both = found(
        |document| {
            absent(document, "suzuki");
            absent(document, "ito");
            host_in(document, "suzuki").delegates = vec![host_id("ito")];
            host_in(document, "ito").delegates = vec![host_id("sato")];
        },
        |_| {},
    );
    assert_eq!(
        both,
        [Finding::AbsentWithDelegates {
            host: host_id("suzuki")
        }]
    );
}

#[test]
fn hosts_whom_kana_does_not_find_are_counted() {
    let bare = |count: usize| {
        move |document: &mut SettingsDocument| {
            for host in document.hosts.iter_mut().take(count) {
                host.kana.clear();
            }
        }
    };
    let two = found(bare(2), |_| {});
    assert_eq!(two, [Finding::NoFurigana { count: 2 }]);
    assert_eq!(two[0].severity(), Severity::Risk);
    assert_eq!(two[0].repairs(), [Repair::OpenHostsWithoutFurigana]);
    let hidden = found(
        |document| {
            bare(1)(document);
            document.hosts[0].hidden = true;
        },
        |_| {},
    );
    assert!(
        !hidden
            .iter()
            .any(|finding| matches!(finding, Finding::NoFurigana { .. })),
        "visitors do not look for hidden hosts: {hidden:?}"
    );
}

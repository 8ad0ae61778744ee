//! The routing rules by the examples of their source, then our decisions.

use super::{Destination, Resolution, RouteRequest, Target, TraceStep, resolve};
use crate::model::menu::Method::{self, Both, Direct, Room};
use crate::model::settings::{Settings, SettingsDocument};
use crate::test_office::{
    DEFAULT_ROOM, KAIHATSU_ROOM, SOUMU_ROOM, account_id, group_id, group_in, host_id, host_in,
    office, room_id, today,
};

fn call(settings: &Settings, target: Target, method: Method) -> Resolution {
    let today = today();
    resolve(
        settings,
        &RouteRequest {
            target,
            method,
            today,
        },
    )
}

fn call_host(settings: &Settings, host: &str, method: Method) -> Resolution {
    call(settings, Target::Host(host_id(host)), method)
}

fn call_group(settings: &Settings, group: &str, method: Method) -> Resolution {
    call(settings, Target::Group(group_id(group)), method)
}

/// Deliveries in short: `@101` is a private chat, `#10 sato ito` a room with its mentions. In the sample office the
/// rooms are 1 (default room), 10 (総務) and 20 (開発部), and the accounts 101 (sato), 102 (suzuki), 103 (tanaka), 105
/// (ito).
fn sent(resolution: &Resolution) -> Vec<String> {
    let in_short = |delivery: &super::Delivery| {
        let to = match delivery.to {
            Destination::Account(account) => format!("@{account}"),
            Destination::Room(room) => format!("#{room}"),
        };
        let mentions = delivery.mentions.iter().map(ToString::to_string);
        [to].into_iter()
            .chain(mentions)
            .collect::<Vec<_>>()
            .join(" ")
    };
    resolution.deliveries.iter().map(in_short).collect()
}

fn unchanged() -> Settings {
    office(|_| {})
}

fn absent(document: &mut SettingsDocument, host: &str, until: &str, delegates: &[&str]) {
    let host = host_in(document, host);
    host.absent_until = until.parse().ok();
    host.delegates = delegates.iter().map(|key| host_id(key)).collect();
}

// Rules of the seed: where a call by each method goes.

#[test]
fn a_direct_call_to_a_host_notifies_only_the_host() {
    let resolution = call_host(&unchanged(), "sato", Direct);
    assert_eq!(sent(&resolution), ["@101"]);
    let host = host_id("sato");
    assert_eq!(resolution.trace, [TraceStep::DirectToHost { host }]);
}

#[test]
fn a_direct_call_to_a_group_notifies_the_in_charge_hosts_in_order() {
    let resolution = call_group(&unchanged(), "soumu", Direct);
    assert_eq!(sent(&resolution), ["@101", "@105"]);
    let (group, hosts) = (group_id("soumu"), vec![host_id("sato"), host_id("ito")]);
    assert_eq!(
        resolution.trace,
        [TraceStep::DirectToInCharge { group, hosts }]
    );
}

#[test]
fn 総務_is_called_in_its_own_room() {
    let resolution = call_group(&unchanged(), "soumu", Room);
    assert_eq!(sent(&resolution), [format!("#{SOUMU_ROOM} sato ito")]);
    let (group, room) = (group_id("soumu"), room_id(SOUMU_ROOM));
    let hosts = vec![host_id("sato"), host_id("ito")];
    assert_eq!(
        resolution.trace,
        [
            TraceStep::OwnRoom { group, room },
            TraceStep::Mentions { room, hosts }
        ]
    );
}

#[test]
fn 開発一課_is_called_in_the_room_of_開発部() {
    let resolution = call_group(&unchanged(), "kaihatsu1", Room);
    assert_eq!(sent(&resolution), [format!("#{KAIHATSU_ROOM} suzuki")]);
    let (group, ancestor) = (group_id("kaihatsu1"), group_id("kaihatsu"));
    let room = room_id(KAIHATSU_ROOM);
    assert!(resolution.trace.contains(&TraceStep::AncestorRoom {
        group,
        ancestor,
        room
    }));
}

#[test]
fn 営業一課_is_called_in_the_default_room() {
    let resolution = call_group(&unchanged(), "eigyo1", Room);
    assert_eq!(sent(&resolution), [format!("#{DEFAULT_ROOM}")]);
    let room = room_id(DEFAULT_ROOM);
    assert!(resolution.trace.contains(&TraceStep::DefaultRoom { room }));
}

#[test]
fn the_room_of_the_nearest_ancestor_is_used() {
    let settings = office(|d| group_in(d, "kaihatsu").parent = Some(group_id("soumu")));
    let resolution = call_group(&settings, "kaihatsu1", Room);
    assert_eq!(sent(&resolution), [format!("#{KAIHATSU_ROOM} suzuki")]);
}

#[test]
fn a_room_call_to_a_host_goes_to_the_room_of_the_group() {
    let resolution = call_host(&unchanged(), "sato", Room);
    assert_eq!(sent(&resolution), [format!("#{SOUMU_ROOM} sato")]);
    let (host, group) = (host_id("sato"), group_id("soumu"));
    assert_eq!(resolution.trace[0], TraceStep::FirstGroup { host, group });
}

#[test]
fn a_host_of_several_groups_is_called_in_the_room_of_the_first() {
    let resolution = call_host(&unchanged(), "tanaka", Room);
    assert_eq!(
        sent(&resolution),
        [format!("#{DEFAULT_ROOM} tanaka")],
        "営業一課 is the first group"
    );
    let settings = office(|d| host_in(d, "tanaka").groups.reverse());
    assert_eq!(
        sent(&call_host(&settings, "tanaka", Room)),
        [format!("#{SOUMU_ROOM} tanaka")]
    );
}

#[test]
fn method_both_is_the_union_with_private_chats_first() {
    assert_eq!(
        sent(&call_host(&unchanged(), "sato", Both)),
        ["@101", "#10 sato"]
    );
    assert_eq!(
        sent(&call_group(&unchanged(), "soumu", Both)),
        ["@101", "@105", "#10 sato ito"]
    );
}

// Our decisions.

#[test]
fn a_host_without_account_is_called_in_the_room_and_in_charge_hosts_are_mentioned() {
    for method in Method::ALL {
        let resolution = call_host(&unchanged(), "takahashi", method);
        assert_eq!(sent(&resolution), ["#20 suzuki"], "{method:?}");
        let host = host_id("takahashi");
        assert_eq!(resolution.trace[0], TraceStep::HostWithoutAccount { host });
        let group = group_id("kaihatsu1");
        assert_eq!(resolution.trace[1], TraceStep::InChargeMentioned { group });
    }
}

#[test]
fn in_charge_hosts_of_the_nearest_ancestor_are_mentioned() {
    let settings = office(|d| {
        group_in(d, "kaihatsu1").in_charge = vec![host_id("takahashi")];
        group_in(d, "kaihatsu").in_charge = vec![host_id("ito")];
    });
    let resolution = call_host(&settings, "takahashi", Direct);
    assert_eq!(sent(&resolution), ["#20 ito"]);
    let group = group_id("kaihatsu");
    assert_eq!(resolution.trace[1], TraceStep::InChargeMentioned { group });
    let nobody = office(|d| group_in(d, "kaihatsu1").in_charge.clear());
    let resolution = call_host(&nobody, "takahashi", Direct);
    assert_eq!(sent(&resolution), ["#20"]);
    let (room, hosts) = (room_id(KAIHATSU_ROOM), Vec::new());
    assert_eq!(
        resolution.trace.last(),
        Some(&TraceStep::Mentions { room, hosts })
    );
}

#[test]
fn a_call_for_staff_goes_to_the_default_room_and_mentions_its_in_charge_hosts() {
    for method in Method::ALL {
        let resolution = call(&unchanged(), Target::Staff, method);
        assert_eq!(sent(&resolution), ["#1"]);
        let room = room_id(DEFAULT_ROOM);
        assert_eq!(resolution.trace[0], TraceStep::StaffRoom { room });
    }
    let shared = office(|d| {
        group_in(d, "soumu").room = Some(room_id(DEFAULT_ROOM));
        absent(d, "sato", "2026-11-23", &["tanaka", "ito"]);
    });
    let resolution = call(&shared, Target::Staff, Room);
    assert_eq!(sent(&resolution), ["#1 sato ito tanaka"]);
}

#[test]
fn an_in_charge_host_without_account_is_skipped() {
    let resolution = call_group(&unchanged(), "kaihatsu1", Direct);
    assert_eq!(sent(&resolution), ["@102"]);
    let (group, host) = (group_id("kaihatsu1"), host_id("takahashi"));
    assert_eq!(
        resolution.trace[0],
        TraceStep::InChargeWithoutAccount { group, host }
    );
}

#[test]
fn a_direct_call_to_a_group_without_in_charge_hosts_goes_to_the_room() {
    for group in ["eigyo", "eigyo1"] {
        for method in [Direct, Both] {
            let resolution = call_group(&unchanged(), group, method);
            assert_eq!(sent(&resolution), ["#1"], "{group} {method:?}");
            let group = group_id(group);
            assert!(
                resolution
                    .trace
                    .contains(&TraceStep::NobodyInCharge { group })
            );
        }
    }
}

#[test]
fn a_host_without_groups_is_called_in_the_default_room() {
    let resolution = call_host(&unchanged(), "ito", Room);
    assert_eq!(sent(&resolution), ["#1 ito"]);
    let host = host_id("ito");
    assert_eq!(resolution.trace[0], TraceStep::HostWithoutGroups { host });
}

#[test]
fn delegates_of_an_absent_host_are_notified() {
    let settings = office(|d| absent(d, "sato", "2026-11-23", &["ito", "takahashi", "suzuki"]));
    let resolution = call_host(&settings, "sato", Both);
    assert_eq!(
        sent(&resolution),
        ["@101", "@105", "@102", "#10 sato ito suzuki"]
    );
    let (host, delegates) = (host_id("sato"), vec![host_id("ito"), host_id("suzuki")]);
    assert_eq!(
        resolution.trace[1],
        TraceStep::AbsentSoDelegates { host, delegates }
    );
}

#[test]
fn an_absent_host_without_delegates_is_notified_with_a_trace_step() {
    let settings = office(|d| absent(d, "sato", "2026-11-23", &["takahashi"]));
    let resolution = call_host(&settings, "sato", Both);
    assert_eq!(sent(&resolution), ["@101", "#10 sato"]);
    let (host, delegates) = (host_id("sato"), Vec::new());
    assert_eq!(
        resolution.trace[1],
        TraceStep::AbsentSoDelegates { host, delegates }
    );
}

#[test]
fn an_absence_ends_after_its_last_day() {
    let settings = office(|d| absent(d, "sato", "2026-11-22", &["ito"]));
    assert_eq!(
        sent(&call_host(&settings, "sato", Both)),
        ["@101", "#10 sato"]
    );
}

#[test]
fn delegates_of_delegates_are_not_notified() {
    let settings = office(|d| {
        absent(d, "sato", "2026-12-31", &["ito"]);
        absent(d, "ito", "2026-12-31", &["suzuki"]);
    });
    let resolution = call_host(&settings, "sato", Direct);
    assert_eq!(sent(&resolution), ["@101", "@105"]);
    let host = host_id("ito");
    assert_eq!(resolution.trace[2], TraceStep::DelegateAbsent { host });
}

#[test]
fn delegates_of_an_absent_host_without_account_are_mentioned() {
    let settings = office(|d| absent(d, "takahashi", "2026-12-31", &["suzuki", "ito"]));
    assert_eq!(
        sent(&call_host(&settings, "takahashi", Direct)),
        ["#20 suzuki ito"]
    );
}

#[test]
fn delegates_of_in_charge_hosts_come_after_them_and_once() {
    let settings = office(|d| absent(d, "sato", "2026-12-31", &["ito", "tanaka"]));
    let resolution = call_group(&settings, "soumu", Both);
    assert_eq!(
        sent(&resolution),
        ["@101", "@105", "@103", "#10 sato ito tanaka"]
    );
}

#[test]
fn a_group_that_tablets_do_not_offer_is_routed() {
    type DocumentEdit = fn(&mut SettingsDocument);
    let changes: [(&str, DocumentEdit); 3] = [
        ("hidden", |d| group_in(d, "kaihatsu1").hidden = true),
        ("below a hidden group", |d| {
            group_in(d, "kaihatsu").hidden = true;
        }),
        ("not callable", |d| {
            group_in(d, "kaihatsu1").not_callable = true;
        }),
    ];
    for (case, change) in changes {
        let settings = office(change);
        let note = TraceStep::NotOfferedOnTablets {
            group: group_id("kaihatsu1"),
        };
        let by_group = call_group(&settings, "kaihatsu1", Room);
        let by_host = call_host(&settings, "suzuki", Room);
        assert_eq!(sent(&by_group), ["#20 suzuki"], "{case}");
        assert_eq!(sent(&by_host), ["#20 suzuki"], "{case}");
        assert_eq!(by_group.trace[0], note, "{case}");
        assert_eq!(by_host.trace[1], note, "{case}");
    }
}

#[test]
fn an_unknown_target_is_called_in_the_default_room() {
    for method in Method::ALL {
        for resolution in [
            call_host(&unchanged(), "gone", method),
            call_group(&unchanged(), "gone", method),
        ] {
            assert_eq!(sent(&resolution), ["#1"]);
            let room = room_id(DEFAULT_ROOM);
            let hosts = Vec::new();
            assert_eq!(
                resolution.trace,
                [
                    TraceStep::UnknownTarget,
                    TraceStep::DefaultRoom { room },
                    TraceStep::Mentions { room, hosts }
                ]
            );
        }
    }
}

#[test]
fn without_a_default_room_there_may_be_no_destination() {
    let settings = office(|d| {
        d.devices.clear();
        d.site.default_room = None;
    });
    let resolution = call_group(&settings, "eigyo1", Both);
    assert_eq!(sent(&resolution), [""; 0]);
    assert_eq!(resolution.trace.last(), Some(&TraceStep::NoDefaultRoom));
    assert_eq!(sent(&call_host(&settings, "tanaka", Both)), ["@103"]);
    let staff = call(&settings, Target::Staff, Room);
    assert_eq!(sent(&staff), [""; 0]);
    assert_eq!(staff.trace, [TraceStep::NoDefaultRoom]);
}

#[test]
fn resolve_terminates_on_a_cycle_of_parents() {
    let mut document = crate::test_office::document();
    group_in(&mut document, "eigyo").parent = Some(group_id("eigyo1"));
    let settings = Settings::unvalidated(document);
    assert_eq!(sent(&call_group(&settings, "eigyo1", Room)), ["#1"]);
}

#[test]
fn two_hosts_with_one_account_are_notified_once() {
    let mut document = crate::test_office::document();
    host_in(&mut document, "ito").account = Some(account_id(101));
    let settings = Settings::unvalidated(document);
    assert_eq!(
        sent(&call_group(&settings, "soumu", Both)),
        ["@101", "#10 sato"]
    );
}

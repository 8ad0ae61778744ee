//! The routing table, line by line: the seed's rules by its own examples, then our decisions.

use super::{Destination, Resolution, RouteRequest, Target, TraceStep, resolve};
use crate::example::{
    DEFAULT, KAIHATSU, SOUMU, account_id, group_id, group_in, host_id, host_in, office, room_id,
    today,
};
use crate::model::menu::Method::{self, Both, Direct, Room};
use crate::model::settings::{Settings, SettingsDocument};

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

/// Deliveries in short: `@101` is a private chat, `#10 sato ito` a room with its mentions.
fn sent(resolution: &Resolution) -> Vec<String> {
    let word = |delivery: &super::Delivery| {
        let to = match delivery.to {
            Destination::Account(account) => format!("@{account}"),
            Destination::Room(room) => format!("#{room}"),
        };
        delivery
            .mentions
            .iter()
            .fold(to, |line, host| format!("{line} {host}"))
    };
    resolution.deliveries.iter().map(word).collect()
}

fn as_is() -> Settings {
    office(|_| {})
}

fn absent(document: &mut SettingsDocument, host: &str, until: &str, delegates: &[&str]) {
    let host = host_in(document, host);
    host.absent_until = until.parse().ok();
    host.delegates = delegates.iter().map(|key| host_id(key)).collect();
}

// The seed.

#[test]
fn a_host_called_directly_is_told_in_their_private_chat_and_nobody_else_is() {
    let resolution = call_host(&as_is(), "sato", Direct);
    assert_eq!(sent(&resolution), ["@101"]);
    let host = host_id("sato");
    assert_eq!(resolution.trace, [TraceStep::DirectToHost { host }]);
}

#[test]
fn a_group_called_directly_means_those_in_charge_in_their_order() {
    let resolution = call_group(&as_is(), "soumu", Direct);
    assert_eq!(sent(&resolution), ["@101", "@105"]);
    let (group, hosts) = (group_id("soumu"), vec![host_id("sato"), host_id("ito")]);
    assert_eq!(
        resolution.trace,
        [TraceStep::DirectToInCharge { group, hosts }]
    );
}

#[test]
fn 総務_is_called_in_its_own_room() {
    let resolution = call_group(&as_is(), "soumu", Room);
    assert_eq!(sent(&resolution), [format!("#{SOUMU} sato ito")]);
    let (group, room) = (group_id("soumu"), room_id(SOUMU));
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
    let resolution = call_group(&as_is(), "kaihatsu1", Room);
    assert_eq!(sent(&resolution), [format!("#{KAIHATSU} suzuki")]);
    let (group, ancestor) = (group_id("kaihatsu1"), group_id("kaihatsu"));
    let room = room_id(KAIHATSU);
    assert!(resolution.trace.contains(&TraceStep::AncestorRoom {
        group,
        ancestor,
        room
    }));
}

#[test]
fn 営業一課_is_called_in_the_default_room() {
    let resolution = call_group(&as_is(), "eigyo1", Room);
    assert_eq!(sent(&resolution), [format!("#{DEFAULT}")]);
    let room = room_id(DEFAULT);
    assert!(resolution.trace.contains(&TraceStep::DefaultRoom { room }));
}

#[test]
fn the_nearest_ancestor_with_a_room_wins() {
    let settings = office(|d| group_in(d, "kaihatsu").parent = Some(group_id("soumu")));
    let resolution = call_group(&settings, "kaihatsu1", Room);
    assert_eq!(sent(&resolution), [format!("#{KAIHATSU} suzuki")]);
}

#[test]
fn a_host_called_by_room_is_called_in_the_room_of_their_group() {
    let resolution = call_host(&as_is(), "sato", Room);
    assert_eq!(sent(&resolution), [format!("#{SOUMU} sato")]);
    let (host, group) = (host_id("sato"), group_id("soumu"));
    assert_eq!(resolution.trace[0], TraceStep::FirstGroup { host, group });
}

#[test]
fn a_host_of_several_groups_is_called_through_the_first_one() {
    let resolution = call_host(&as_is(), "tanaka", Room);
    assert_eq!(
        sent(&resolution),
        [format!("#{DEFAULT} tanaka")],
        "営業一課 comes first"
    );
    let settings = office(|d| host_in(d, "tanaka").groups.reverse());
    assert_eq!(
        sent(&call_host(&settings, "tanaka", Room)),
        [format!("#{SOUMU} tanaka")]
    );
}

#[test]
fn both_methods_make_the_union_with_private_chats_first() {
    assert_eq!(
        sent(&call_host(&as_is(), "sato", Both)),
        ["@101", "#10 sato"]
    );
    assert_eq!(
        sent(&call_group(&as_is(), "soumu", Both)),
        ["@101", "@105", "#10 sato ito"]
    );
}

// Our decisions where the seed is silent.

#[test]
fn a_host_without_account_takes_the_room_route_and_those_in_charge_are_mentioned() {
    for method in Method::ALL {
        let resolution = call_host(&as_is(), "takahashi", method);
        assert_eq!(sent(&resolution), ["#20 suzuki"], "{method:?}");
        let host = host_id("takahashi");
        assert_eq!(resolution.trace[0], TraceStep::HostWithoutAccount { host });
        let group = group_id("kaihatsu1");
        assert_eq!(resolution.trace[1], TraceStep::InChargeMentioned { group });
    }
}

#[test]
fn a_group_with_nobody_to_mention_leaves_that_to_the_group_above() {
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
    let (room, hosts) = (room_id(KAIHATSU), Vec::new());
    assert_eq!(
        resolution.trace.last(),
        Some(&TraceStep::Mentions { room, hosts })
    );
}

#[test]
fn staff_are_called_in_the_default_room_and_its_people_are_mentioned() {
    for method in Method::ALL {
        let resolution = call(&as_is(), Target::Staff, method);
        assert_eq!(sent(&resolution), ["#1"]);
        let room = room_id(DEFAULT);
        assert_eq!(resolution.trace[0], TraceStep::StaffRoom { room });
    }
    let shared = office(|d| {
        group_in(d, "soumu").room = Some(room_id(DEFAULT));
        absent(d, "sato", "2026-11-23", &["tanaka", "ito"]);
    });
    let resolution = call(&shared, Target::Staff, Room);
    assert_eq!(sent(&resolution), ["#1 sato ito tanaka"]);
}

#[test]
fn an_in_charge_host_without_account_is_passed_over() {
    let resolution = call_group(&as_is(), "kaihatsu1", Direct);
    assert_eq!(sent(&resolution), ["@102"]);
    let (group, host) = (group_id("kaihatsu1"), host_id("takahashi"));
    assert_eq!(
        resolution.trace[0],
        TraceStep::InChargeWithoutAccount { group, host }
    );
}

#[test]
fn a_group_without_usable_in_charge_hosts_called_directly_takes_the_room_route() {
    for group in ["eigyo", "eigyo1"] {
        for method in [Direct, Both] {
            let resolution = call_group(&as_is(), group, method);
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
    let resolution = call_host(&as_is(), "ito", Room);
    assert_eq!(sent(&resolution), ["#1 ito"]);
    let host = host_id("ito");
    assert_eq!(resolution.trace[0], TraceStep::HostWithoutGroups { host });
}

#[test]
fn delegates_of_an_absent_host_are_told_too() {
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
fn an_absent_host_for_whom_nobody_stands_in_is_still_told_and_the_trace_says_so() {
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
fn an_absence_ends_with_its_last_day() {
    let settings = office(|d| absent(d, "sato", "2026-11-22", &["ito"]));
    assert_eq!(
        sent(&call_host(&settings, "sato", Both)),
        ["@101", "#10 sato"]
    );
}

#[test]
fn delegates_of_delegates_are_not_told() {
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
fn delegates_of_absent_in_charge_hosts_come_after_those_in_charge_and_once() {
    let settings = office(|d| absent(d, "sato", "2026-12-31", &["ito", "tanaka"]));
    let resolution = call_group(&settings, "soumu", Both);
    assert_eq!(
        sent(&resolution),
        ["@101", "@105", "@103", "#10 sato ito tanaka"]
    );
}

#[test]
fn a_group_that_tablets_do_not_offer_still_routes() {
    type DocumentEdit = fn(&mut SettingsDocument);
    let changes: [(&str, DocumentEdit); 3] = [
        ("hidden", |d| group_in(d, "kaihatsu1").hidden = true),
        ("below a hidden one", |d| {
            group_in(d, "kaihatsu").hidden = true;
        }),
        ("not callable", |d| {
            group_in(d, "kaihatsu1").not_callable = true;
        }),
    ];
    for (why, change) in changes {
        let settings = office(change);
        let note = TraceStep::NotOfferedOnTablets {
            group: group_id("kaihatsu1"),
        };
        let by_group = call_group(&settings, "kaihatsu1", Room);
        let by_host = call_host(&settings, "suzuki", Room);
        assert_eq!(sent(&by_group), ["#20 suzuki"], "{why}");
        assert_eq!(sent(&by_host), ["#20 suzuki"], "{why}");
        assert_eq!(by_group.trace[0], note, "{why}");
        assert_eq!(by_host.trace[1], note, "{why}");
    }
}

#[test]
fn an_unknown_target_is_announced_in_the_default_room() {
    for method in Method::ALL {
        for resolution in [
            call_host(&as_is(), "gone", method),
            call_group(&as_is(), "gone", method),
        ] {
            assert_eq!(sent(&resolution), ["#1"]);
            let room = room_id(DEFAULT);
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
fn without_a_default_room_there_may_be_nowhere_to_go() {
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
fn resolving_ends_on_a_cycle_of_parents() {
    let mut document = crate::example::document();
    group_in(&mut document, "eigyo").parent = Some(group_id("eigyo1"));
    let settings = Settings::unvalidated(document);
    assert_eq!(sent(&call_group(&settings, "eigyo1", Room)), ["#1"]);
}

#[test]
fn two_hosts_who_share_an_account_are_told_once() {
    let mut document = crate::example::document();
    host_in(&mut document, "ito").account = Some(account_id(101));
    let settings = Settings::unvalidated(document);
    assert_eq!(
        sent(&call_group(&settings, "soumu", Both)),
        ["@101", "#10 sato"]
    );
}

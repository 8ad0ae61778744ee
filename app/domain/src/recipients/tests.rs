//! Notified recipients, case by case.

use super::{Notified, Recipients};
use crate::model::delivery::{DeliveryState, RejectReason};
use crate::model::id::MessageId;
use crate::model::menu::Method::{self, Both, Direct, Room};
use crate::model::settings::SettingsDocument;
use crate::routing::{RouteRequest, Target, resolve};
use crate::test_office::{group_in, host_id, host_in, office, room_id, today};

fn delivered() -> DeliveryState {
    DeliveryState::Delivered {
        message: MessageId::try_from("1".to_owned()).unwrap(),
        room: room_id(1),
        at: 1,
    }
}

fn rejected() -> DeliveryState {
    DeliveryState::Rejected {
        reason: RejectReason::NoSuchRoom,
    }
}

/// States in short: `d`elivered, `r`ejected, `w`aiting.
fn states(short: &str) -> Vec<DeliveryState> {
    let state = |short: char| match short {
        'd' => delivered(),
        'r' => rejected(),
        _ => DeliveryState::Waiting,
    };
    short.chars().map(state).collect()
}

/// Notified recipients in short: kind and names, then the absent host after a `/`.
fn short(notified: &Notified) -> String {
    let names = match &notified.whom {
        super::NotifiedParty::Host(host) => format!(" {host}"),
        super::NotifiedParty::Delegates(hosts) => {
            hosts.iter().map(|host| format!(" {host}")).collect()
        }
        super::NotifiedParty::Group(group) => format!(" {group}"),
        super::NotifiedParty::Nobody
        | super::NotifiedParty::Staff
        | super::NotifiedParty::FallbackRoom => String::new(),
    };
    let absent = notified.absent.iter().map(|host| format!(" / {host}"));
    format!("{}{names}{}", notified.kind(), absent.collect::<String>())
}

type Change = fn(&mut SettingsDocument);

/// Recipients of a call to `host:…`, `group:…` or `staff`.
fn recipients(target: &str, method: Method, change: Change) -> Recipients {
    let settings = office(change);
    let target = match target.split_once(':') {
        Some(("host", key)) => Target::Host(host_id(key)),
        Some((_, key)) => Target::Group(key.parse().unwrap()),
        None => Target::Staff,
    };
    let request = RouteRequest {
        target,
        method,
        today: today(),
    };
    let resolution = resolve(&settings, &request);
    let to = resolution.deliveries.iter().map(|delivery| delivery.to);
    Recipients::of(&request.target, to, &resolution.trace)
}

fn sato_absent(d: &mut SettingsDocument, delegates: &[&str]) {
    let host = host_in(d, "sato");
    host.absent_until = Some(today());
    host.delegates = delegates.iter().map(|key| host_id(key)).collect();
}

const UNCHANGED: Change = |_| {};
const WITH_DELEGATE: Change = |d| sato_absent(d, &["ito"]);
const WITHOUT_DELEGATE: Change = |d| sato_absent(d, &[]);
const ALL_ABSENT: Change = |d| {
    sato_absent(d, &["ito"]);
    host_in(d, "ito").absent_until = Some(today());
};
const NOBODY_IN_CHARGE: Change = |d| {
    for group in &mut d.groups {
        group.in_charge.clear();
    }
};

#[test]
fn only_notified_recipients_are_named() {
    let cases: [(&str, Method, Change, &str, &str); 29] = [
        ("host:sato", Direct, UNCHANGED, "d", "host sato"),
        ("host:sato", Room, UNCHANGED, "d", "host sato"),
        ("host:sato", Both, UNCHANGED, "rd", "host sato"),
        ("host:sato", Both, UNCHANGED, "ww", "nobody"),
        ("host:sato", Direct, UNCHANGED, "r", "nobody"),
        // Absent.
        (
            "host:sato",
            Direct,
            WITH_DELEGATE,
            "dd",
            "delegates ito / sato",
        ),
        (
            "host:sato",
            Direct,
            WITH_DELEGATE,
            "rd",
            "delegates ito / sato",
        ),
        (
            "host:sato",
            Direct,
            WITH_DELEGATE,
            "dr",
            "absent-host sato / sato",
        ),
        ("host:sato", Direct, WITH_DELEGATE, "ww", "nobody / sato"),
        (
            "host:sato",
            Room,
            WITH_DELEGATE,
            "d",
            "delegates ito / sato",
        ),
        (
            "host:sato",
            Direct,
            WITHOUT_DELEGATE,
            "d",
            "absent-host sato / sato",
        ),
        (
            "host:sato",
            Room,
            WITHOUT_DELEGATE,
            "d",
            "absent-host sato / sato",
        ),
        (
            "host:sato",
            Direct,
            ALL_ABSENT,
            "dd",
            "absent-host sato / sato",
        ),
        (
            "host:sato",
            Direct,
            ALL_ABSENT,
            "rd",
            "absent-delegates ito / sato",
        ),
        // Without account: in-charge hosts of Development Section 1 (開発一課) are mentioned in its parent's room.
        ("host:takahashi", Direct, UNCHANGED, "d", "group kaihatsu1"),
        ("host:takahashi", Room, UNCHANGED, "d", "group kaihatsu1"),
        (
            "host:takahashi",
            Direct,
            NOBODY_IN_CHARGE,
            "d",
            "group-room kaihatsu",
        ),
        (
            "host:takahashi",
            Direct,
            |d| {
                NOBODY_IN_CHARGE(d);
                host_in(d, "takahashi").groups.clear();
            },
            "d",
            "staff-room",
        ),
        (
            "host:takahashi",
            Direct,
            |d| host_in(d, "takahashi").absent_until = Some(today()),
            "d",
            "group kaihatsu1 / takahashi",
        ),
        // Groups.
        ("group:soumu", Direct, UNCHANGED, "wd", "group soumu"),
        ("group:soumu", Direct, UNCHANGED, "rr", "nobody"),
        (
            "group:soumu",
            Direct,
            WITH_DELEGATE,
            "dr",
            "group-room soumu",
        ),
        (
            "group:soumu",
            Room,
            NOBODY_IN_CHARGE,
            "d",
            "group-room soumu",
        ),
        (
            "group:kaihatsu1",
            Room,
            NOBODY_IN_CHARGE,
            "d",
            "group-room kaihatsu",
        ),
        (
            "group:eigyo1",
            Room,
            NOBODY_IN_CHARGE,
            "d",
            "group-room eigyo1",
        ),
        ("group:gone", Room, UNCHANGED, "d", "group-room gone"),
        // Staff.
        ("staff", Room, UNCHANGED, "d", "staff-room"),
        (
            "staff",
            Room,
            |d| group_in(d, "soumu").room = Some(room_id(1)),
            "d",
            "staff",
        ),
        ("staff", Room, UNCHANGED, "w", "nobody"),
    ];
    for (target, method, change, delivered, expected) in cases {
        let notified = recipients(target, method, change).notified(&states(delivered), None);
        assert_eq!(
            short(&notified),
            expected,
            "{target} {method:?} {delivered}"
        );
    }
}

#[test]
fn the_fallback_counts_only_when_nothing_else_was_delivered() {
    let sato = recipients("host:sato", Both, UNCHANGED);
    let notified = |delivered: &str, fallback: &DeliveryState| {
        short(&sato.notified(&states(delivered), Some(fallback)))
    };
    assert_eq!(notified("rr", &delivered()), "fallback-room");
    assert_eq!(notified("rr", &DeliveryState::Waiting), "nobody");
    assert_eq!(notified("rd", &delivered()), "host sato");
    assert_eq!(
        notified("rw", &delivered()),
        "staff-room",
        "the other delivery may still succeed"
    );
}

#[test]
fn intended_recipients_are_known_before_the_call() {
    for (target, change, expected) in [
        ("host:sato", UNCHANGED, "host sato"),
        ("host:sato", WITH_DELEGATE, "delegates ito / sato"),
        ("host:sato", WITHOUT_DELEGATE, "absent-host sato / sato"),
        ("host:takahashi", UNCHANGED, "group kaihatsu1"),
        ("group:soumu", UNCHANGED, "group soumu"),
    ] {
        let intended = recipients(target, Direct, change).intended();
        assert_eq!(short(&intended), expected, "{target}");
    }
}

#[test]
fn forgotten_recipients_leave_only_the_fact_of_delivery() {
    let mut forgotten = recipients("host:sato", Direct, UNCHANGED);
    forgotten.forget_deliveries();
    let notified = |delivered| short(&forgotten.notified(&states(delivered), None));
    assert_eq!(notified("d"), "staff-room");
    assert_eq!(notified("w"), "nobody");
}

#[test]
fn recipients_survive_a_json_round_trip() {
    let recipients_of_call = recipients("host:sato", Both, WITH_DELEGATE);
    let text = serde_json::to_string(&recipients_of_call).unwrap();
    assert_eq!(
        serde_json::from_str::<Recipients>(&text).unwrap(),
        recipients_of_call
    );
}

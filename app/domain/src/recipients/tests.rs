//! Names that a screen may show, case by case.

use super::{Notified, Recipients};
use crate::example::{group_in, host_id, host_in, office, room_id, today};
use crate::model::delivery::{DeliveryState, RejectReason};
use crate::model::id::MessageId;
use crate::model::menu::Method::{self, Both, Direct, Room};
use crate::model::settings::SettingsDocument;
use crate::routing::{RouteRequest, Target, resolve};

fn delivered() -> DeliveryState {
    DeliveryState::Delivered {
        message: MessageId::try_from("1".to_owned()).unwrap(),
        room: room_id(1),
        at: 1,
    }
}

fn refused() -> DeliveryState {
    DeliveryState::Rejected {
        reason: RejectReason::NoSuchRoom,
    }
}

/// States in short: `d`elivered, `r`efused, `w`aiting.
fn states(short: &str) -> Vec<DeliveryState> {
    let state = |short: char| match short {
        'd' => delivered(),
        'r' => refused(),
        _ => DeliveryState::Waiting,
    };
    short.chars().map(state).collect()
}

/// Who is told in short: its kind and names, and who is absent after a `/`.
fn short(told: &Notified) -> String {
    let who = match &told.whom {
        super::NotifiedParty::Host(host) => format!(" {host}"),
        super::NotifiedParty::Delegates(hosts) => {
            hosts.iter().map(|host| format!(" {host}")).collect()
        }
        super::NotifiedParty::Group(group) => format!(" {group}"),
        super::NotifiedParty::Nobody
        | super::NotifiedParty::Staff
        | super::NotifiedParty::FallbackRoom => String::new(),
    };
    let absent = told.absent.iter().map(|host| format!(" / {host}"));
    format!("{}{who}{}", told.kind(), absent.collect::<String>())
}

type Change = fn(&mut SettingsDocument);

fn recipients(target: &str, method: Method, change: Change) -> Recipients {
    let settings = office(change);
    let target = match target.split_once(':') {
        Some(("host", key)) => Target::Host(host_id(key)),
        Some((_, key)) => Target::Group(key.parse().unwrap()),
        None => Target::Staff,
    };
    let tap = RouteRequest {
        target,
        method,
        today: today(),
    };
    let resolution = resolve(&settings, &tap);
    let to = resolution.deliveries.iter().map(|delivery| delivery.to);
    Recipients::of(&tap.target, to, &resolution.trace)
}

fn sato_absent(d: &mut SettingsDocument, delegates: &[&str]) {
    let host = host_in(d, "sato");
    host.absent_until = Some(today());
    host.delegates = delegates.iter().map(|key| host_id(key)).collect();
}

const AS_IS: Change = |_| {};
const WITH_DELEGATE: Change = |d| sato_absent(d, &["ito"]);
const ALONE: Change = |d| sato_absent(d, &[]);
const ALL_ABSENT: Change = |d| {
    sato_absent(d, &["ito"]);
    host_in(d, "ito").absent_until = Some(today());
};
const SILENT: Change = |d| {
    for group in &mut d.groups {
        group.in_charge.clear();
    }
};

#[test]
fn a_screen_names_those_who_were_told_and_nobody_else() {
    let cases: [(&str, Method, Change, &str, &str); 29] = [
        ("host:sato", Direct, AS_IS, "d", "host sato"),
        ("host:sato", Room, AS_IS, "d", "host sato"),
        ("host:sato", Both, AS_IS, "rd", "host sato"),
        ("host:sato", Both, AS_IS, "ww", "nobody"),
        ("host:sato", Direct, AS_IS, "r", "nobody"),
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
        ("host:sato", Direct, ALONE, "d", "absent-host sato / sato"),
        ("host:sato", Room, ALONE, "d", "absent-host sato / sato"),
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
        // Without account: those in charge of 開発一課 are mentioned in the room of 開発部.
        ("host:takahashi", Direct, AS_IS, "d", "group kaihatsu1"),
        ("host:takahashi", Room, AS_IS, "d", "group kaihatsu1"),
        ("host:takahashi", Direct, SILENT, "d", "group-room kaihatsu"),
        (
            "host:takahashi",
            Direct,
            |d| {
                SILENT(d);
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
        ("group:soumu", Direct, AS_IS, "wd", "group soumu"),
        ("group:soumu", Direct, AS_IS, "rr", "nobody"),
        (
            "group:soumu",
            Direct,
            WITH_DELEGATE,
            "dr",
            "group-room soumu",
        ),
        ("group:soumu", Room, SILENT, "d", "group-room soumu"),
        ("group:kaihatsu1", Room, SILENT, "d", "group-room kaihatsu"),
        ("group:eigyo1", Room, SILENT, "d", "staff-room"),
        ("group:gone", Room, AS_IS, "d", "staff-room"),
        // Staff.
        ("staff", Room, AS_IS, "d", "staff-room"),
        (
            "staff",
            Room,
            |d| group_in(d, "soumu").room = Some(room_id(1)),
            "d",
            "staff",
        ),
        ("staff", Room, AS_IS, "w", "nobody"),
    ];
    for (target, method, change, stand, expected) in cases {
        let told = recipients(target, method, change).notified(&states(stand), None);
        assert_eq!(short(&told), expected, "{target} {method:?} {stand}");
    }
}

#[test]
fn the_fallback_counts_only_when_nothing_else_has_arrived() {
    let sato = recipients("host:sato", Both, AS_IS);
    let told = |stand: &str, fallback: &DeliveryState| {
        short(&sato.notified(&states(stand), Some(fallback)))
    };
    assert_eq!(told("rr", &delivered()), "fallback-room");
    assert_eq!(told("rr", &DeliveryState::Waiting), "nobody");
    assert_eq!(told("rd", &delivered()), "host sato");
    assert_eq!(
        told("rw", &delivered()),
        "staff-room",
        "the room may still be told, so nothing is said to have been in vain"
    );
}

#[test]
fn what_a_call_means_to_tell_is_known_before_it_is_made() {
    for (target, change, expected) in [
        ("host:sato", AS_IS, "host sato"),
        ("host:sato", WITH_DELEGATE, "delegates ito / sato"),
        ("host:sato", ALONE, "absent-host sato / sato"),
        ("host:takahashi", AS_IS, "group kaihatsu1"),
        ("group:soumu", AS_IS, "group soumu"),
    ] {
        let intended = recipients(target, Direct, change).intended();
        assert_eq!(short(&intended), expected, "{target}");
    }
}

#[test]
fn of_another_wording_nothing_is_known_but_that_it_arrived() {
    let mut other = recipients("host:sato", Direct, AS_IS);
    other.forget();
    assert_eq!(short(&other.notified(&states("d"), None)), "staff-room");
    assert_eq!(short(&other.notified(&states("w"), None)), "nobody");
}

#[test]
fn recipients_survive_a_reload() {
    let kept = recipients("host:sato", Both, WITH_DELEGATE);
    let text = serde_json::to_string(&kept).unwrap();
    assert_eq!(serde_json::from_str::<Recipients>(&text).unwrap(), kept);
}

//! Sample office for tests, with the groups of the examples in [`crate::routing`]: General Affairs (総務) with its own
//! room, Development Section 1 (開発部 › 開発一課) under a parent with a room, and Sales Section 1 (営業部 › 営業一課)
//! without any room.

use proptest::prelude::ProptestConfig;

use crate::model::answer_display::AnswerDisplay;
use crate::model::date::Date;
use crate::model::directory::{Group, Host};
use crate::model::id::{AccountId, ButtonId, DeviceId, GroupId, HostId, RoomId};
use crate::model::lang::{Lang, TranslatedText};
use crate::model::menu::{Action, Ask, Button, Device, Icon, Method};
use crate::model::settings::{Settings, SettingsDocument, Site};
use crate::validate::validate;

/// The default room.
pub(crate) const DEFAULT_ROOM: u64 = 1;
/// Own room of General Affairs (総務).
pub(crate) const SOUMU_ROOM: u64 = 10;
/// Own room of Development (開発部).
pub(crate) const KAIHATSU_ROOM: u64 = 20;
/// Index in the tablet's menu of the button 部署, by which visitors choose a group.
pub(crate) const GROUPS_BUTTON: usize = 0;
/// Index of the button 宅配, which calls General Affairs (総務).
pub(crate) const COURIER_BUTTON: usize = 1;
/// Index of the button 担当者, by which visitors search for a host.
pub(crate) const PEOPLE_BUTTON: usize = 2;

/// Test configuration with at least `min` cases; `make soak` asks for more by `PROPTEST_CASES`.
pub(crate) fn cases(min: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig {
        cases: default.cases.max(min),
        ..default
    }
}

pub(crate) fn host_id(key: &str) -> HostId {
    key.parse().unwrap()
}

pub(crate) fn group_id(key: &str) -> GroupId {
    key.parse().unwrap()
}

pub(crate) fn room_id(number: u64) -> RoomId {
    RoomId::try_from(number).unwrap()
}

pub(crate) fn account_id(number: u64) -> AccountId {
    AccountId::try_from(number).unwrap()
}

/// Date of the tests; nobody is absent on it.
pub(crate) fn today() -> Date {
    "2026-11-23".parse().unwrap()
}

pub(crate) fn host(key: &str, name: &str, kana: &str, account: u64, groups: &[&str]) -> Host {
    let mut host = Host::named(host_id(key), name);
    host.kana = kana.to_owned();
    host.account = AccountId::try_from(account).ok();
    host.groups = groups.iter().map(|key| group_id(key)).collect();
    host
}

pub(crate) fn group(key: &str, name: &str, parent: &str, room: u64, in_charge: &[&str]) -> Group {
    let mut group = Group::named(group_id(key), TranslatedText::of(Lang::Ja, name));
    group.parent = parent.parse().ok();
    group.room = RoomId::try_from(room).ok();
    group.in_charge = in_charge.iter().map(|key| host_id(key)).collect();
    group
}

pub(crate) fn button(key: &str, label: &str, action: Action, method: Method) -> Button {
    Button {
        id: key.parse::<ButtonId>().unwrap(),
        label: TranslatedText::of(Lang::Ja, label),
        icon: Icon::Bell,
        action,
        method,
        ask: Ask::default(),
        template: None,
        escalation: None,
        missed_visit: false,
    }
}

/// The sample office. In its helpers 0 means "no account" and "no room", an empty parent "no parent".
pub(crate) fn document() -> SettingsDocument {
    let courier = Action::Custom {
        group: group_id("soumu"),
    };
    SettingsDocument {
        site: Site {
            name: "見本商事".to_owned(),
            default_room: Some(room_id(DEFAULT_ROOM)),
            answers: AnswerDisplay::Words,
            ..Site::default()
        },
        hosts: vec![
            host("sato", "佐藤 花子", "さとう はなこ", 101, &["soumu"]),
            host(
                "suzuki",
                "鈴木 一郎",
                "すずき いちろう",
                102,
                &["kaihatsu1"],
            ),
            host(
                "tanaka",
                "田中 次郎",
                "たなか じろう",
                103,
                &["eigyo1", "soumu"],
            ),
            host(
                "takahashi",
                "髙橋 健一",
                "たかはし けんいち",
                0,
                &["kaihatsu1"],
            ),
            host("ito", "伊藤 三郎", "いとう さぶろう", 105, &[]),
        ],
        groups: vec![
            group("soumu", "総務", "", SOUMU_ROOM, &["sato", "ito"]),
            group("kaihatsu", "開発部", "", KAIHATSU_ROOM, &[]),
            group(
                "kaihatsu1",
                "開発一課",
                "kaihatsu",
                0,
                &["takahashi", "suzuki"],
            ),
            group("eigyo", "営業部", "", 0, &[]),
            group("eigyo1", "営業一課", "eigyo", 0, &["takahashi"]),
        ],
        devices: vec![Device {
            place: "正面玄関".to_owned(),
            menu: vec![
                button(
                    "groups",
                    "部署",
                    Action::GroupSelection { below: None },
                    Method::Room,
                ),
                button("courier", "宅配", courier, Method::Both),
                button("people", "担当者", Action::HostSearch, Method::Direct),
            ],
            ..Device::named("lobby".parse::<DeviceId>().unwrap(), "1階ロビー")
        }],
        ..SettingsDocument::default()
    }
}

/// The sample office after a change, validated.
pub(crate) fn office(change: impl FnOnce(&mut SettingsDocument)) -> Settings {
    let mut document = document();
    change(&mut document);
    validate(document).expect("the changed office is valid")
}

/// Mutable host of a document.
pub(crate) fn host_in<'a>(document: &'a mut SettingsDocument, key: &str) -> &'a mut Host {
    let mut hosts = document.hosts.iter_mut();
    hosts.find(|host| host.id.as_str() == key).unwrap()
}

/// Mutable group of a document.
pub(crate) fn group_in<'a>(document: &'a mut SettingsDocument, key: &str) -> &'a mut Group {
    let mut groups = document.groups.iter_mut();
    groups.find(|group| group.id.as_str() == key).unwrap()
}

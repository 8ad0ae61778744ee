//! A small office for tests: the seed's 総務 with a room of its own, 開発部 › 開発一課 under a parent
//! with a room, and 営業部 › 営業一課 with none anywhere.

use proptest::prelude::ProptestConfig;

use crate::model::date::Date;
use crate::model::directory::{Group, Host};
use crate::model::id::{AccountId, ButtonId, DeviceId, GroupId, HostId, RoomId};
use crate::model::lang::{Lang, LocalText};
use crate::model::menu::{Action, Ask, Button, Device, Icon, Method};
use crate::model::settings::{Settings, SettingsDocument, Site};
use crate::validate::validate;

/// The default room ("acallルーム").
pub(crate) const DEFAULT: u64 = 1;
/// 総務's own room.
pub(crate) const SOUMU: u64 = 10;
/// 開発部's own room.
pub(crate) const KAIHATSU: u64 = 20;

/// At least so many cases of a property; `PROPTEST_CASES` asks for more (`make soak` does).
pub(crate) fn cases(least: u32) -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: usual.cases.max(least),
        ..usual
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

/// The day on which nobody of the office is absent.
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
    let mut group = Group::named(group_id(key), LocalText::of(Lang::Ja, name));
    group.parent = parent.parse().ok();
    group.room = RoomId::try_from(room).ok();
    group.in_charge = in_charge.iter().map(|key| host_id(key)).collect();
    group
}

pub(crate) fn button(key: &str, label: &str, action: Action, method: Method) -> Button {
    Button {
        id: key.parse::<ButtonId>().unwrap(),
        label: LocalText::of(Lang::Ja, label),
        icon: Icon::Bell,
        action,
        method,
        ask: Ask::default(),
        template: None,
    }
}

/// 0 stands for "no account" and "no room", an empty parent for "top of a tree".
pub(crate) fn document() -> SettingsDocument {
    let courier = Action::Custom {
        group: group_id("soumu"),
    };
    SettingsDocument {
        site: Site {
            name: "見本商事".to_owned(),
            default_room: Some(room_id(DEFAULT)),
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
            group("soumu", "総務", "", SOUMU, &["sato", "ito"]),
            group("kaihatsu", "開発部", "", KAIHATSU, &[]),
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

/// The sample office after some changes, checked.
pub(crate) fn office(change: impl FnOnce(&mut SettingsDocument)) -> Settings {
    let mut document = document();
    change(&mut document);
    validate(document).expect("the example stays sound")
}

/// One host of a document, to be changed.
pub(crate) fn host_in<'a>(document: &'a mut SettingsDocument, key: &str) -> &'a mut Host {
    let mut hosts = document.hosts.iter_mut();
    hosts.find(|host| host.id.as_str() == key).unwrap()
}

/// One group of a document, to be changed.
pub(crate) fn group_in<'a>(document: &'a mut SettingsDocument, key: &str) -> &'a mut Group {
    let mut groups = document.groups.iter_mut();
    groups.find(|group| group.id.as_str() == key).unwrap()
}

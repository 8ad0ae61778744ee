//! The simulator's sample office as a settings document.
//!
//! General Affairs (総務) and Development (開発部) have a room. The sections below Development (開発一課, 開発二課), Sales
//! (営業部) and the section below it (営業一課) have none.

use chatwork_sim::{Office, Staff};
use yobirin_domain::model::directory::{Group, Host};
use yobirin_domain::model::id::{AccountId, GroupId, HostId, RoomId};
use yobirin_domain::model::lang::{Lang, TranslatedText};
use yobirin_domain::model::menu::{Action, Ask, Button, Device, Icon, Method, Need};
use yobirin_domain::model::settings::{Contact, SettingsDocument};

/// Groups: id, name, parent, room.
const GROUPS: [(&str, &str, Option<&str>, Option<u64>); 6] = [
    ("soumu", "総務", None, Some(Office::SAMPLE_SOUMU_ROOM)),
    (
        "kaihatsu",
        "開発部",
        None,
        Some(Office::SAMPLE_KAIHATSU_ROOM),
    ),
    ("kaihatsu1", "開発一課", Some("kaihatsu"), None),
    ("kaihatsu2", "開発二課", Some("kaihatsu"), None),
    ("eigyo", "営業部", None, None),
    ("eigyo1", "営業一課", Some("eigyo"), None),
];

/// Device id of the sample office's tablet.
pub const TABLET: &str = "lobby";

/// The sample office with all employees who have a group, the first employee of each group in charge of it, and one tablet
/// with every action.
#[must_use]
pub fn sample() -> SettingsDocument {
    let mut document = SettingsDocument::default();
    document.site.name = "株式会社よびりん".to_owned();
    document.site.default_room = Some(room(Office::SAMPLE_DEFAULT_ROOM));
    document.site.contact = Contact {
        name: "総務".to_owned(),
        phone: "内線 100".to_owned(),
        ..Contact::default()
    };
    document.groups = GROUPS.iter().map(group).collect();
    document.hosts = Office::sample_staff().iter().filter_map(host).collect();
    for group in &mut document.groups {
        let name = group.name.best(Lang::Ja).to_owned();
        let first_member = Office::sample_staff()
            .iter()
            .find(|staff| staff.department == name);
        group.in_charge = first_member.map(host_id).into_iter().collect();
    }
    document.devices = vec![tablet()];
    document
}

/// An employee of this department.
#[must_use]
pub fn someone_of(department: &str) -> &'static Staff {
    let found = Office::sample_staff()
        .iter()
        .find(|staff| staff.department == department);
    found.unwrap_or_else(|| panic!("nobody works in {department}"))
}

/// A button of a document's first tablet.
#[must_use]
pub fn button_of<'a>(document: &'a SettingsDocument, id: &str) -> &'a Button {
    let mut menu = document.devices[0].menu.iter();
    let found = menu.find(|button| button.id.as_str() == id);
    found.unwrap_or_else(|| panic!("there is no button {id}"))
}

/// Host id of an employee.
#[must_use]
pub fn host_id(staff: &Staff) -> HostId {
    parse_id(&format!("h{}", staff.account_id))
}

fn host(staff: &Staff) -> Option<Host> {
    let (id, ..) = GROUPS
        .iter()
        .find(|(_, name, ..)| *name == staff.department)?;
    let mut host = Host::named(host_id(staff), staff.name);
    staff.kana.clone_into(&mut host.kana);
    host.account = Some(AccountId::try_from(staff.account_id).expect("the sample's ids are sound"));
    host.groups = vec![parse_id(id)];
    Some(host)
}

fn group((id, name, parent, room_id): &(&str, &str, Option<&str>, Option<u64>)) -> Group {
    let mut group = Group::named(parse_id(id), TranslatedText::of(Lang::Ja, *name));
    group.parent = parent.map(parse_id);
    group.room = room_id.map(room);
    group
}

/// A tablet with a button for every action and method that the tests need.
fn tablet() -> Device {
    let named = Ask {
        name: Need::Required,
        company: Need::Optional,
        ..Ask::NOTHING
    };
    let custom = |group: &str| Action::Custom {
        group: parse_id::<GroupId>(group),
    };
    let all_groups = Action::GroupSelection { below: None };
    let menu = vec![
        button(
            "groups",
            "部署を選ぶ",
            Icon::Building,
            all_groups,
            Method::Room,
            named,
        ),
        button(
            "search",
            "担当者を検索",
            Icon::Search,
            Action::HostSearch,
            Method::Direct,
            named,
        ),
        button(
            "open",
            "担当者を一覧から選ぶ",
            Icon::People,
            Action::HostOpen,
            Method::Room,
            named,
        ),
        button(
            "closed",
            "担当者の名前を入力",
            Icon::Person,
            Action::HostClosed,
            Method::Both,
            named,
        ),
        button(
            "parcel",
            "宅配",
            Icon::Parcel,
            custom("soumu"),
            Method::Room,
            Ask::NOTHING,
        ),
        button(
            "sales",
            "営業のご相談",
            Icon::Bell,
            custom("eigyo1"),
            Method::Direct,
            named,
        ),
    ];
    Device {
        place: "1階".to_owned(),
        menu,
        ..Device::named(parse_id(TABLET), "1F 受付")
    }
}

fn button(id: &str, label: &str, icon: Icon, action: Action, method: Method, ask: Ask) -> Button {
    let label = TranslatedText::of(Lang::Ja, label);
    Button {
        id: parse_id(id),
        label,
        icon,
        action,
        method,
        ask,
        template: None,
        escalation: None,
        missed_visit: false,
    }
}

fn parse_id<K: std::str::FromStr>(text: &str) -> K {
    text.parse()
        .unwrap_or_else(|_| panic!("{text} is no valid id"))
}

fn room(id: u64) -> RoomId {
    RoomId::try_from(id).expect("the sample's ids are sound")
}

//! Settings of the demo: the sample office of the simulated Chatwork, with two tablets.

use chatwork_sim::{Office, Staff};
use thiserror::Error;
use yobirin_domain::escalation;
use yobirin_domain::model::answer_display::AnswerDisplay;
use yobirin_domain::model::directory::{Group, Host};
use yobirin_domain::model::id::{
    AccountId, ButtonId, DeviceId, GroupId, HostId, InvalidChatworkId, InvalidId, RoomId,
};
use yobirin_domain::model::lang::{Lang, TranslatedText};
use yobirin_domain::model::menu::{Action, Ask, Button, Device, Icon, Method, Need};
use yobirin_domain::model::settings::{Contact, DOCUMENT_VERSION, SettingsDocument, Site};

/// Invalid entry in the tables below.
#[derive(Debug, Error)]
pub enum InvalidEntry {
    /// An id of the settings.
    #[error(transparent)]
    Key(#[from] InvalidId),
    /// An id of Chatwork.
    #[error(transparent)]
    Id(#[from] InvalidChatworkId),
}

/// Department: key, names in the order of [`Lang::ALL`], key of its parent, own room.
type Department = (
    &'static str,
    [&'static str; 5],
    Option<&'static str>,
    Option<u64>,
);

const DEPARTMENTS: [Department; 7] = [
    (
        "soumu",
        ["総務", "General Affairs", "总务", "총무", "Hành chính"],
        None,
        Some(Office::SAMPLE_SOUMU_ROOM),
    ),
    (
        "kaihatsu",
        ["開発部", "Development", "开发部", "개발부", "Phát triển"],
        None,
        Some(Office::SAMPLE_KAIHATSU_ROOM),
    ),
    (
        "kaihatsu-1",
        [
            "開発一課",
            "Development 1",
            "开发一科",
            "개발1과",
            "Phát triển 1",
        ],
        Some("kaihatsu"),
        None,
    ),
    (
        "kaihatsu-2",
        [
            "開発二課",
            "Development 2",
            "开发二科",
            "개발2과",
            "Phát triển 2",
        ],
        Some("kaihatsu"),
        None,
    ),
    (
        "eigyou",
        ["営業部", "Sales", "营业部", "영업부", "Kinh doanh"],
        None,
        None,
    ),
    (
        "eigyou-1",
        ["営業一課", "Sales 1", "营业一科", "영업1과", "Kinh doanh 1"],
        Some("eigyou"),
        None,
    ),
    (
        "jinji",
        ["人事", "Human Resources", "人事", "인사", "Nhân sự"],
        None,
        None,
    ),
];

/// Returns the settings document of the sample office.
pub fn settings() -> Result<SettingsDocument, InvalidEntry> {
    let hosts = Office::sample_staff()
        .iter()
        .map(host)
        .collect::<Result<Vec<_>, _>>()?;
    let groups = DEPARTMENTS
        .iter()
        .enumerate()
        .map(|(order, department)| group(order, department, &hosts));
    let mut groups = groups.collect::<Result<Vec<_>, _>>()?;
    groups.push(reception_staff(&groups)?);
    Ok(SettingsDocument {
        version: DOCUMENT_VERSION,
        site: Site {
            name: "株式会社よびりん商事".to_owned(),
            names: TranslatedText::of(Lang::En, "Yobirin Trading").and(Lang::Ko, "요비린상사"),
            languages: Lang::ALL.to_vec(),
            default_room: Some(Office::SAMPLE_DEFAULT_ROOM.try_into()?),
            contact: Contact {
                name: "総務".to_owned(),
                names: texts(DEPARTMENTS[0].1),
                phone: "内線 100".to_owned(),
                phones: TranslatedText::of(Lang::En, "ext. 100")
                    .and(Lang::Zh, "内线 100")
                    .and(Lang::Ko, "내선 100")
                    .and(Lang::Vi, "số nội bộ 100"),
            },
            answers: AnswerDisplay::Words,
            escalation: escalation::preset(),
            ..Site::default()
        },
        groups,
        hosts,
        devices: vec![
            device("lobby-1f", "受付タブレット", "1F ロビー", lobby_menu()?)?,
            device(
                "entrance-2f",
                "2F 入口",
                "2F エレベーター前",
                entrance_menu()?,
            )?,
        ],
    })
}

/// Names in Latin letters that the romaji of the reading would not give, by name.
const LATIN_NAMES: [(&str, &str); 2] = [
    ("Nguyễn Văn Minh", "Nguyen Van Minh"),
    ("マイケル・ブラウン", "Michael Brown"),
];

fn host(staff: &Staff) -> Result<Host, InvalidEntry> {
    let id: HostId = format!("h{}", staff.account_id).parse()?;
    let department = DEPARTMENTS
        .iter()
        .find(|(_, names, ..)| names[0] == staff.department);
    let groups = department.iter().map(|(key, ..)| key.parse::<GroupId>());
    let latin_name = LATIN_NAMES.iter().find(|(name, _)| *name == staff.name);
    Ok(Host {
        latin_name: latin_name.map_or(String::new(), |(_, latin)| (*latin).to_owned()),
        kana: staff.kana.to_owned(),
        account: Some(AccountId::try_from(staff.account_id)?),
        groups: groups.collect::<Result<_, _>>()?,
        ..Host::named(id, staff.name)
    })
}

/// Creates the group of a department. The first two members are the hosts in charge.
fn group(order: usize, department: &Department, hosts: &[Host]) -> Result<Group, InvalidEntry> {
    let (key, names, parent, room) = department;
    let id: GroupId = key.parse()?;
    let members = hosts.iter().filter(|host| host.groups.first() == Some(&id));
    Ok(Group {
        parent: parent.map(str::parse).transpose()?,
        room: room.map(RoomId::try_from).transpose()?,
        in_charge: members.take(2).map(|host| host.id.clone()).collect(),
        order: i32::try_from(order).unwrap_or_default(),
        ..Group::named(id, texts(*names))
    })
}

/// Creates the group that answers calls for staff, which go to the default room: General Affairs. Tablets do not offer
/// it as a department.
fn reception_staff(departments: &[Group]) -> Result<Group, InvalidEntry> {
    let names = [
        "受付当番",
        "Reception staff",
        "前台值班",
        "안내 데스크 담당",
        "Trực lễ tân",
    ];
    let general_affairs = departments.first();
    Ok(Group {
        room: Some(Office::SAMPLE_DEFAULT_ROOM.try_into()?),
        in_charge: general_affairs.map_or_else(Vec::new, |group| group.in_charge.clone()),
        hidden: true,
        order: i32::try_from(departments.len()).unwrap_or_default(),
        ..Group::named("reception-staff".parse()?, texts(names))
    })
}

fn device(key: &str, name: &str, place: &str, menu: Vec<Button>) -> Result<Device, InvalidEntry> {
    Ok(Device {
        place: place.to_owned(),
        menu,
        ..Device::named(key.parse::<DeviceId>()?, name)
    })
}

/// Menu of the tablet in the lobby: every kind of button once.
fn lobby_menu() -> Result<Vec<Button>, InvalidEntry> {
    let courier = Action::Custom {
        group: "soumu".parse()?,
    };
    let interview = Action::Custom {
        group: "jinji".parse()?,
    };
    let reception = Action::Custom {
        group: "soumu".parse()?,
    };
    let named = Ask {
        company: Need::Optional,
        name: Need::Required,
        ..Ask::NOTHING
    };
    Ok(vec![
        button(
            "person",
            [
                "担当者を探す",
                "Find a person",
                "查找负责人",
                "담당자 찾기",
                "Tìm người",
            ],
            Icon::Search,
            Action::HostSearch,
            Method::Both,
            named,
        )?,
        button(
            "department",
            [
                "部署を選ぶ",
                "Choose a department",
                "选择部门",
                "부서 선택",
                "Chọn phòng ban",
            ],
            Icon::Building,
            Action::GroupSelection { below: None },
            Method::Room,
            Ask::default(),
        )?,
        button(
            "courier",
            ["宅配・お届け物", "Delivery", "快递", "택배", "Giao hàng"],
            Icon::Parcel,
            courier,
            Method::Room,
            Ask::NOTHING,
        )?,
        button(
            "interview",
            ["面接", "Interview", "面试", "면접", "Phỏng vấn"],
            Icon::Interview,
            interview,
            Method::Direct,
            named,
        )?,
        button(
            "name",
            [
                "名前を入力して呼ぶ",
                "Call by name",
                "输入姓名呼叫",
                "이름으로 호출",
                "Gọi bằng tên",
            ],
            Icon::Person,
            Action::HostClosed,
            Method::Direct,
            named,
        )?,
        button(
            "reception",
            ["総合受付", "Reception", "总台", "안내 데스크", "Lễ tân"],
            Icon::Bell,
            reception,
            Method::Room,
            Ask::default(),
        )?,
    ])
}

/// Menu of a tablet that calls only the development department.
fn entrance_menu() -> Result<Vec<Button>, InvalidEntry> {
    let below = Some("kaihatsu".parse()?);
    Ok(vec![
        button(
            "dev-team",
            [
                "開発部の課を選ぶ",
                "Development teams",
                "开发部门",
                "개발부",
                "Nhóm phát triển",
            ],
            Icon::People,
            Action::GroupSelection { below },
            Method::Room,
            Ask::default(),
        )?,
        button(
            "dev-person",
            [
                "担当者を選ぶ",
                "Choose a person",
                "选择负责人",
                "담당자 선택",
                "Chọn người",
            ],
            Icon::Person,
            Action::HostOpen,
            Method::Both,
            Ask::default(),
        )?,
    ])
}

fn button(
    key: &str,
    label: [&str; 5],
    icon: Icon,
    action: Action,
    method: Method,
    ask: Ask,
) -> Result<Button, InvalidEntry> {
    let id: ButtonId = key.parse()?;
    Ok(Button {
        id,
        label: texts(label),
        icon,
        action,
        method,
        ask,
        template: None,
        escalation: None,
        missed_visit: false,
    })
}

fn texts(texts: [&str; 5]) -> TranslatedText {
    Lang::ALL
        .into_iter()
        .zip(texts)
        .fold(TranslatedText::default(), |all, (lang, text)| {
            all.and(lang, text)
        })
}

#[cfg(test)]
mod tests {
    use yobirin_domain::search::Index;

    use super::*;

    #[test]
    fn a_visitor_finds_colleagues_from_abroad_by_their_names_in_latin_letters() {
        let document = settings().unwrap();
        let index = Index::of_all(document.hosts.iter());
        for (query, name) in [
            ("michael brown", "マイケル・ブラウン"),
            ("brown", "マイケル・ブラウン"),
            ("nguyen", "Nguyễn Văn Minh"),
            ("minh", "Nguyễn Văn Minh"),
        ] {
            let found = index.find(query, 2);
            let [hit] = &found[..] else {
                panic!("{query} finds one host: {found:?}");
            };
            let host = document.hosts.iter().find(|host| host.id == hit.host);
            assert_eq!(host.unwrap().name, name);
        }
    }

    #[test]
    fn the_sample_office_is_valid_and_complete() {
        let document = settings().unwrap();
        assert!(
            document
                .hosts
                .iter()
                .all(|host| host.groups.len() == 1 && !host.kana.is_empty())
        );
        assert!(
            document
                .groups
                .iter()
                .all(|group| group.in_charge.len() == 2)
        );
        yobirin_domain::validate::validate(document).unwrap();
    }
}

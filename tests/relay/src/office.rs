//! Settings of a small office, based on the simulator's sample office.

use chatwork_sim::Office;
use yobirin_domain::model::answer_display::AnswerDisplay;
use yobirin_domain::model::directory::{Group, Host};
use yobirin_domain::model::id::{AccountId, RoomId};
use yobirin_domain::model::lang::{Lang, TranslatedText};
use yobirin_domain::model::menu::{Action, Ask, Button, Device, Icon, Method};
use yobirin_domain::model::settings::{SettingsDocument, Site};

/// Account of the host who can be called: 佐藤 花子 of the sample office.
pub const HOST: u64 = 3_128_407;
/// Device id of the tablet in the lobby.
pub const LOBBY: &str = "lobby";
/// Device id of a second tablet.
pub const SIDE_DOOR: &str = "side-door";

/// Settings with two hosts, two groups with a room each, and two tablets. The bot can write to the first host, who is in
/// charge of the first group; the second host is no contact of the bot.
#[must_use]
pub fn settings() -> SettingsDocument {
    SettingsDocument {
        site: Site {
            name: "試験室".to_owned(),
            default_room: Some(room(Office::SAMPLE_DEFAULT_ROOM)),
            // Off, because many tests count the requests to Chatwork, which polls for answers would add to.
            // `settings_with_answers` has it on.
            answers: AnswerDisplay::Off,
            ..Site::default()
        },
        hosts: vec![
            host("hanako", "佐藤 花子", HOST),
            host("mao", "辻 真央", Office::SAMPLE_NON_CONTACTS[0]),
        ],
        groups: vec![
            Group {
                in_charge: vec!["hanako".parse().unwrap()],
                ..group("soumu", "総務", Office::SAMPLE_SOUMU_ROOM)
            },
            group("kaihatsu", "開発部", Office::SAMPLE_KAIHATSU_ROOM),
        ],
        devices: vec![device(LOBBY), device(SIDE_DOOR)],
        ..SettingsDocument::default()
    }
}

fn room(id: u64) -> RoomId {
    id.try_into().unwrap()
}

fn host(id: &str, name: &str, account: u64) -> Host {
    Host {
        account: Some(AccountId::try_from(account).unwrap()),
        groups: vec!["soumu".parse().unwrap()],
        ..Host::named(id.parse().unwrap(), name)
    }
}

fn group(id: &str, name: &str, room_id: u64) -> Group {
    Group {
        room: Some(room(room_id)),
        ..Group::named(id.parse().unwrap(), TranslatedText::of(Lang::Ja, name))
    }
}

fn device(id: &str) -> Device {
    let button = Button {
        id: format!("{id}-reception").parse().unwrap(),
        label: TranslatedText::of(Lang::Ja, "総合受付"),
        icon: Icon::Bell,
        action: Action::Custom {
            group: "soumu".parse().unwrap(),
        },
        method: Method::Room,
        ask: Ask::NOTHING,
        template: None,
        escalation: None,
        missed_visit: false,
    };
    Device {
        menu: vec![button],
        ..Device::named(id.parse().unwrap(), id)
    }
}

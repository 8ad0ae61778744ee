//! What a tablet offers: devices, the buttons of their menus, and what each button does.

use serde::{Deserialize, Serialize};

use crate::model::hours::DeviceHours;
use crate::model::id::{ButtonId, DeviceId, GroupId};
use crate::model::lang::LocalText;

/// A tablet in the lobby (デバイス). Its pairing and state are the relay's, under the same id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Device {
    /// Key within the document.
    pub id: DeviceId,
    /// Name, as notifications show it.
    pub name: String,
    /// Where it stands, for admins.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Buttons in the order of the menu.
    #[serde(default)]
    pub menu: Vec<Button>,
    /// When it receives visitors; as the site does unless it says otherwise.
    #[serde(default, skip_serializing_if = "DeviceHours::is_as_site")]
    pub opening_hours: DeviceHours,
    /// How its screen looks before a visitor chooses otherwise.
    #[serde(default, skip_serializing_if = "Access::is_usual")]
    pub access: Access,
}

impl Device {
    /// A tablet with an empty menu, and everything else as usual.
    #[must_use]
    pub fn named(id: DeviceId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            place: String::new(),
            menu: Vec::new(),
            opening_hours: DeviceHours::AsSite,
            access: Access::default(),
        }
    }
}

/// How a tablet's screen looks when a visit begins; the visitor can change it for the visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Access {
    /// Size of the text.
    pub text_size: TextSize,
    /// Black on white, with borders, for those who see little contrast.
    pub high_contrast: bool,
    /// Controls in the lower half, for those who sit and for children.
    pub low_reach: bool,
}

impl Access {
    /// True when nothing is out of the ordinary; such a device writes nothing.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// How large the text of a tablet is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TextSize {
    /// As designed.
    #[default]
    Usual,
    /// Larger.
    Large,
    /// Largest.
    Largest,
}

impl TextSize {
    /// Every size, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Usual, Self::Large, Self::Largest];
}

/// One entry of a device's menu (メニュー).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Button {
    /// Key, unique within the document.
    pub id: ButtonId,
    /// Label per language.
    pub label: LocalText,
    /// Picture beside the label.
    #[serde(default)]
    pub icon: Icon,
    /// What pressing it leads to.
    pub action: Action,
    /// How the notification travels (ダイレクト／ルーム).
    pub method: Method,
    /// What the visitor is asked before the call.
    #[serde(default)]
    pub ask: Ask,
    /// Message template; the default one when absent. See `message` for its placeholders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
}

/// Pictures a button can carry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Icon {
    /// A reception bell.
    #[default]
    Bell,
    /// One person.
    Person,
    /// Several people.
    People,
    /// A magnifying glass.
    Search,
    /// A parcel.
    Parcel,
    /// An interview: a person with papers.
    Interview,
    /// An office building.
    Building,
    /// Help.
    Help,
}

impl Icon {
    /// Every picture, in the order they are offered.
    pub const ALL: [Self; 8] = [
        Self::Bell,
        Self::Person,
        Self::People,
        Self::Search,
        Self::Parcel,
        Self::Interview,
        Self::Building,
        Self::Help,
    ];
}

/// What a button leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Action {
    /// グループ選択: the visitor picks a group, of the whole forest or below one group.
    GroupSelection {
        /// Start below this group; the whole forest when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        below: Option<GroupId>,
    },
    /// カスタム通知: one tap calls one group (courier, interview, …).
    Custom {
        /// The group that is called.
        group: GroupId,
    },
    /// 担当者選択（オープン型）: the visitor browses groups and picks a name.
    HostOpen,
    /// 担当者選択（クローズ型）: names are never listed; the visitor types one.
    HostClosed,
    /// 担当者検索: results as the visitor types.
    HostSearch,
}

/// How a notification travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// ダイレクト: the bot's private chat with a person.
    Direct,
    /// ルーム: a group's room.
    Room,
    /// Both; each destination once.
    Both,
}

impl Method {
    /// Every method, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Direct, Self::Room, Self::Both];

    /// True when the method reaches people in their private chats.
    #[must_use]
    pub fn is_direct(self) -> bool {
        matches!(self, Self::Direct | Self::Both)
    }

    /// True when the method reaches a room.
    #[must_use]
    pub fn is_room(self) -> bool {
        matches!(self, Self::Room | Self::Both)
    }
}

/// What the visitor is asked before the call. Answers are kept only inside the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ask {
    /// Company.
    pub company: Need,
    /// Name.
    pub name: Need,
    /// Number of people.
    pub people: Need,
    /// Purpose of the visit.
    pub purpose: Need,
}

impl Default for Ask {
    fn default() -> Self {
        Self {
            company: Need::Optional,
            name: Need::Optional,
            people: Need::Off,
            purpose: Need::Off,
        }
    }
}

impl Ask {
    /// Asks nothing: one tap calls.
    pub const NOTHING: Self = Self {
        company: Need::Off,
        name: Need::Off,
        people: Need::Off,
        purpose: Need::Off,
    };

    /// True when the visitor is not asked anything.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::NOTHING
    }
}

/// Whether a question is put to the visitor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Not asked.
    #[default]
    Off,
    /// Asked, may stay empty.
    Optional,
    /// Asked, must be answered.
    Required,
}

//! Tablets (devices), the buttons of their menus, and the action of each button.

use serde::{Deserialize, Serialize};

use crate::model::escalation_step::EscalationStep;
use crate::model::hours::DeviceHours;
use crate::model::id::{ButtonId, DeviceId, GroupId};
use crate::model::lang::TranslatedText;

/// Device (デバイス): the place of a tablet, such as the lobby, with its menu. The relay keeps the pairing of the tablet
/// under the same id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Device {
    /// Id within the document.
    pub id: DeviceId,
    /// Name shown in notifications.
    pub name: String,
    /// Location of the tablet, for admins.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Buttons in display order.
    #[serde(default)]
    pub menu: Vec<Button>,
    /// Opening hours; the site's by default.
    #[serde(default, skip_serializing_if = "DeviceHours::is_as_site")]
    pub opening_hours: DeviceHours,
    /// Accessibility settings at the start of a visit.
    #[serde(default, skip_serializing_if = "Accessibility::is_usual")]
    pub access: Accessibility,
}

impl Device {
    /// Creates a device with an empty menu and default settings.
    #[must_use]
    pub fn named(id: DeviceId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            place: String::new(),
            menu: Vec::new(),
            opening_hours: DeviceHours::AsSite,
            access: Accessibility::default(),
        }
    }
}

/// Accessibility settings at the start of a visit; the visitor can change them for the visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Accessibility {
    /// Text size.
    pub text_size: TextSize,
    /// Black on white with borders, for visitors with low vision.
    pub high_contrast: bool,
    /// Controls in the lower half of the screen, for wheelchair users and children.
    pub low_reach: bool,
}

impl Accessibility {
    /// True for the default settings, which the JSON form leaves out.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// Text size of a tablet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TextSize {
    /// Default size.
    #[default]
    Usual,
    /// Larger.
    Large,
    /// Largest.
    Largest,
}

impl TextSize {
    /// All sizes in display order.
    pub const ALL: [Self; 3] = [Self::Usual, Self::Large, Self::Largest];
}

/// One entry of a device's menu (メニュー).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Button {
    /// Id, unique within the document.
    pub id: ButtonId,
    /// Label per language.
    pub label: TranslatedText,
    /// Icon beside the label.
    #[serde(default)]
    pub icon: Icon,
    /// Action when the button is pressed.
    pub action: Action,
    /// Notification method (ダイレクト／ルーム).
    pub method: Method,
    /// Questions to the visitor before the call.
    #[serde(default)]
    pub ask: Ask,
    /// Message template; the default one when absent. Placeholders: [`crate::message::PLACEHOLDERS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// The button's own steps of escalation; the site's when absent. An empty list is no escalation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation: Option<Vec<EscalationStep>>,
    /// True when a call that nobody answered becomes a task in Chatwork: see [`crate::missed_visit`].
    #[serde(default, skip_serializing_if = "is_false")]
    pub missed_visit: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // signature of serde's skip_serializing_if
fn is_false(flag: &bool) -> bool {
    !flag
}

/// Picture on a button, one of a fixed set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Icon {
    /// Reception bell.
    #[default]
    Bell,
    /// One person.
    Person,
    /// Several people.
    People,
    /// Magnifying glass.
    Search,
    /// Parcel.
    Parcel,
    /// Person with papers, for interviews.
    Interview,
    /// Office building.
    Building,
    /// Question mark.
    Help,
}

impl Icon {
    /// All icons in display order.
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

/// Action that a press on a button begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Group selection (グループ選択): the visitor picks a group, from the whole forest or below one group.
    GroupSelection {
        /// Offer only groups below this one; the whole forest when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        below: Option<GroupId>,
    },
    /// Custom call (カスタム通知): one tap calls one group (courier, interview, …).
    Custom {
        /// The called group.
        group: GroupId,
    },
    /// Open host selection (担当者選択（オープン型）): the visitor browses groups and picks a name.
    HostOpen,
    /// Closed host selection (担当者選択（クローズ型）): names are never listed; the visitor types one.
    HostClosed,
    /// Host search (担当者検索): results appear while the visitor types.
    HostSearch,
}

/// Notification method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Direct (ダイレクト): the bot's private chat with a person.
    Direct,
    /// Room (ルーム): a group's room.
    Room,
    /// Both, each destination once.
    Both,
}

impl Method {
    /// All methods in display order.
    pub const ALL: [Self; 3] = [Self::Direct, Self::Room, Self::Both];

    /// True when the method sends to private chats.
    #[must_use]
    pub fn is_direct(self) -> bool {
        matches!(self, Self::Direct | Self::Both)
    }

    /// True when the method sends to a room.
    #[must_use]
    pub fn is_room(self) -> bool {
        matches!(self, Self::Room | Self::Both)
    }
}

/// Questions to the visitor before the call. The answers are a [`crate::model::call::Visitor`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ask {
    /// Company.
    pub company: Need,
    /// Name.
    pub name: Need,
    /// Number of people.
    pub people: Need,
    /// Purpose of the visit, in the visitor's words.
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
    /// No questions: one tap makes the call.
    pub const NOTHING: Self = Self {
        company: Need::Off,
        name: Need::Off,
        people: Need::Off,
        purpose: Need::Off,
    };

    /// True when there are no questions.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::NOTHING
    }
}

/// Requirement of a question: not asked, optional or required.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Not asked.
    #[default]
    Off,
    /// Asked; may stay empty.
    Optional,
    /// Asked; must be answered.
    Required,
}

//! The settings document: its JSON form, its version, and the trusted `Settings` made from it.
//!
//! A `SettingsDocument` is what people edit and may be wrong; a `Settings` has passed `check` and
//! every id in it leads somewhere.

mod index;
mod json;

use serde::{Deserialize, Serialize};

pub use index::Settings;
pub use json::Unreadable;

use crate::directory::{Group, Host};
use crate::id::RoomId;
use crate::lang::Lang;
use crate::menu::Device;

/// Version of the JSON form that this code writes. Older ones are upgraded when read.
pub const VERSION: u32 = 1;

/// Everything an office sets up, as one JSON document. Kept by the relay, edited by admins, read by
/// tablets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SettingsDocument {
    /// Version of the JSON form; see [`VERSION`].
    pub version: u32,
    /// The office.
    pub site: Site,
    /// People who can be called.
    #[serde(default)]
    pub hosts: Vec<Host>,
    /// Departments.
    #[serde(default)]
    pub groups: Vec<Group>,
    /// Tablets and their menus.
    #[serde(default)]
    pub devices: Vec<Device>,
}

impl Default for SettingsDocument {
    /// An office with nothing in it yet: sound, and every tablet that could call is missing.
    fn default() -> Self {
        Self {
            version: VERSION,
            site: Site::default(),
            hosts: Vec::new(),
            groups: Vec::new(),
            devices: Vec::new(),
        }
    }
}

/// The office itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Name, as the tablet greets with it.
    #[serde(default)]
    pub name: String,
    /// IANA time zone, such as `Asia/Tokyo`.
    pub time_zone: String,
    /// Languages offered to visitors; the first is the office's own, in which notifications are
    /// written.
    pub languages: Vec<Lang>,
    /// The room that gets what no other room claims (the seed's "acallルーム").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_room: Option<RoomId>,
    /// Whom a visitor can reach when Chatwork cannot be.
    #[serde(default)]
    pub contact: Contact,
    /// Accent colour, `#rrggbb`.
    pub accent: String,
    /// Logo as a `data:image/…` URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            name: String::new(),
            time_zone: "Asia/Tokyo".to_owned(),
            languages: vec![Lang::Ja, Lang::En],
            default_room: None,
            contact: Contact::default(),
            accent: "#0b6bcb".to_owned(),
            logo: None,
        }
    }
}

impl Site {
    /// The office's own language: the one notifications are written in.
    #[must_use]
    pub fn own_language(&self) -> Lang {
        self.languages.first().copied().unwrap_or(Lang::Ja)
    }
}

/// Whom to ask when something fails, as shown to visitors.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Who answers, such as `総務`.
    #[serde(default)]
    pub name: String,
    /// Telephone number as dialled from the lobby.
    #[serde(default)]
    pub phone: String,
}

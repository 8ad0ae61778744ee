//! The settings document: its JSON form, its version, and the trusted `Settings` made from it.
//!
//! A `SettingsDocument` is what people edit and may be wrong; a `Settings` has passed `validate` and
//! every id in it leads somewhere.

mod index;
mod json;
#[cfg(test)]
mod properties;

use serde::{Deserialize, Serialize};

pub use index::Settings;
pub use json::ParseSettingsError;

use crate::model::date::Date;
use crate::model::directory::{Group, Host};
use crate::model::hours::Week;
use crate::model::id::RoomId;
use crate::model::lang::Lang;
use crate::model::menu::Device;

/// Version of the JSON form that this code writes. Older ones are upgraded when read.
pub const VERSION: u32 = 1;

/// Everything an office sets up, as one JSON document. Kept by the relay, edited by admins, read by
/// tablets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
    /// Logo as a `data:image/…` URL: part of the document, so that a tablet without network shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    /// When visitors are received; at all times when absent. A tablet can have hours of its own:
    /// ask [`crate::model::hours::Hours::of`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening_hours: Option<Week>,
    /// Days on which nobody is received whatever the week says, such as holidays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed_days: Vec<Date>,
    /// What staff type to leave the kiosk, 4 to 8 digits; nothing is asked for when absent. It keeps
    /// visitors out of a tablet's other apps and guards nothing else: tablets can read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit_pin: Option<String>,
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
            opening_hours: None,
            closed_days: Vec::new(),
            exit_pin: None,
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

/// Effect of pressing スタッフを呼ぶ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StaffHelp {
    /// Call staff in the default room.
    Ring,
    /// Only show a telephone number.
    Phone,
    /// Neither.
    #[default]
    Nothing,
}

impl StaffHelp {
    /// A stable name, for tests and styles.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Ring => "ring",
            Self::Phone => "phone",
            Self::Nothing => "nothing",
        }
    }
}

impl Site {
    /// What スタッフを呼ぶ does: it rings the default room while the office receives visitors.
    #[must_use]
    pub fn staff_help(&self, receives: bool) -> StaffHelp {
        if receives && self.default_room.is_some() {
            StaffHelp::Ring
        } else if self.contact.phone.trim().is_empty() {
            StaffHelp::Nothing
        } else {
            StaffHelp::Phone
        }
    }
}

/// Whom to ask when something fails, as shown to visitors.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contact {
    /// Who answers, such as `総務`.
    #[serde(default)]
    pub name: String,
    /// Telephone number as dialled from the lobby.
    #[serde(default)]
    pub phone: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_are_rung_while_there_is_a_room_and_somebody_receives() {
        let site = |room: bool, phone: &str| Site {
            default_room: room.then(|| RoomId::try_from(1).unwrap()),
            contact: Contact {
                name: String::new(),
                phone: phone.to_owned(),
            },
            ..Site::default()
        };
        for (receives, room, phone, expected) in [
            (true, true, "", StaffHelp::Ring),
            (true, true, "100", StaffHelp::Ring),
            (true, false, "100", StaffHelp::Phone),
            (true, false, " ", StaffHelp::Nothing),
            (false, true, "100", StaffHelp::Phone),
            (false, true, "", StaffHelp::Nothing),
        ] {
            let help = site(room, phone).staff_help(receives);
            assert_eq!(help, expected, "{receives} {room} {phone:?}");
        }
    }
}

//! The settings document, its JSON form and version, and [`Settings`], the indexed document.
//!
//! Admins edit a [`SettingsDocument`], which may be invalid. A [`Settings`] comes from
//! [`crate::validate::validate`], which makes sure that every id it refers to exists, or from
//! [`Settings::unvalidated`].

mod index;
mod json;
#[cfg(test)]
mod properties;

use serde::{Deserialize, Serialize};

pub use index::Settings;
pub use json::ParseSettingsError;

use crate::model::alarm_settings::AlarmSettings;
use crate::model::answer_display::AnswerDisplay;
use crate::model::closed_days::{ClosedDays, closed_on};
use crate::model::date::Date;
use crate::model::directory::{Group, Host};
use crate::model::escalation_step::EscalationStep;
use crate::model::hours::Week;
use crate::model::id::RoomId;
use crate::model::lang::{Lang, TranslatedText};
use crate::model::menu::Device;
use crate::model::purpose_notice::PurposeNotice;
use crate::model::retention::Retention;

/// Version of the JSON form that this code writes. Older versions are upgraded when read.
pub const DOCUMENT_VERSION: u32 = 1;

/// All settings of an office, as one JSON document. Stored by the relay, edited by admins, read by tablets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SettingsDocument {
    /// Version of the JSON form; see [`DOCUMENT_VERSION`].
    pub version: u32,
    /// The office.
    pub site: Site,
    /// Employees who can be called.
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
    /// An empty office. It is valid: without devices no default room is required.
    fn default() -> Self {
        Self {
            version: DOCUMENT_VERSION,
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
    /// Name shown on the tablet's start screen.
    #[serde(default)]
    pub name: String,
    /// Names in other languages; `name` is shown in the languages without one.
    #[serde(default, skip_serializing_if = "TranslatedText::is_empty")]
    pub names: TranslatedText,
    /// IANA time zone, such as `Asia/Tokyo`.
    pub time_zone: String,
    /// Languages offered to visitors. The first is the office's own, used for notifications.
    pub languages: Vec<Lang>,
    /// Room for calls without another destination; see [`crate::routing`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_room: Option<RoomId>,
    /// Contact shown to visitors when a call fails.
    #[serde(default)]
    pub contact: Contact,
    /// Accent colour, `#rrggbb`.
    pub accent: String,
    /// Logo as a `data:image/…` URL, inside the document so that offline tablets can show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    /// Opening hours; always open when absent. A device can have its own: see
    /// [`crate::model::hours::Hours::of`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening_hours: Option<Week>,
    /// Closed days, such as holidays, without overlap; they override the week.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed_days: Vec<ClosedDays>,
    /// PIN to leave the kiosk, 4 to 8 digits. When absent, no PIN is asked for. It only keeps visitors out of
    /// the tablet's other apps: every tablet can read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit_pin: Option<String>,
    /// Display of the answers of hosts on tablets.
    #[serde(default, skip_serializing_if = "AnswerDisplay::is_usual")]
    pub answers: AnswerDisplay,
    /// Steps of escalation, in order; none by default. A button may have its own: see
    /// [`crate::escalation::steps_of`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub escalation: Vec<EscalationStep>,
    /// Notice above the first field that asks for personal data.
    #[serde(default, skip_serializing_if = "PurposeNotice::is_usual")]
    pub purpose_notice: PurposeNotice,
    /// Retention of the words of visitors and hosts.
    #[serde(default, skip_serializing_if = "Retention::is_usual")]
    pub retention: Retention,
    /// Alarms of incidents.
    #[serde(default, skip_serializing_if = "AlarmSettings::is_usual")]
    pub alarms: AlarmSettings,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            name: String::new(),
            names: TranslatedText::default(),
            time_zone: "Asia/Tokyo".to_owned(),
            languages: vec![Lang::Ja, Lang::En],
            default_room: None,
            contact: Contact::default(),
            accent: "#0b6bcb".to_owned(),
            logo: None,
            opening_hours: None,
            closed_days: Vec::new(),
            exit_pin: None,
            answers: AnswerDisplay::default(),
            escalation: Vec::new(),
            purpose_notice: PurposeNotice::default(),
            retention: Retention::default(),
            alarms: AlarmSettings::default(),
        }
    }
}

impl Site {
    /// Name for visitors in a language (see [`TranslatedText::or_own`]).
    #[must_use]
    pub fn shown_name(&self, lang: Lang) -> &str {
        self.names.or_own(lang, self.office_language(), &self.name)
    }

    /// Name of the contact for visitors in a language (see [`TranslatedText::or_own`]).
    #[must_use]
    pub fn contact_name(&self, lang: Lang) -> &str {
        let Contact { name, names, .. } = &self.contact;
        names.or_own(lang, self.office_language(), name).trim()
    }

    /// Telephone number of the contact for visitors in a language; empty when there is none in the main language.
    #[must_use]
    pub fn contact_phone(&self, lang: Lang) -> &str {
        let Contact { phone, phones, .. } = &self.contact;
        match phone.trim() {
            "" => "",
            own => phones.or_own(lang, self.office_language(), own).trim(),
        }
    }

    /// Name of the closed days that include a day, for visitors who read the office's own language; `None` in other
    /// languages, because the name is not translated, and without a name.
    #[must_use]
    pub fn closed_days_name(&self, day: Date, lang: Lang) -> Option<&str> {
        let name = closed_on(&self.closed_days, day)?.name.as_str();
        (lang == self.office_language() && !name.is_empty()).then_some(name)
    }

    /// The office's own language, used for notifications.
    #[must_use]
    pub fn office_language(&self) -> Lang {
        self.languages.first().copied().unwrap_or(Lang::Ja)
    }
}

/// Effect of the button “call staff” (スタッフを呼ぶ).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StaffHelp {
    /// Call staff in the default room.
    Ring,
    /// Show a telephone number only.
    Phone,
    /// Neither room nor telephone number is available.
    #[default]
    Nothing,
}

impl StaffHelp {
    /// Stable name for tests and CSS.
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
    /// Effect of “call staff” on a tablet. It calls the default room only while the tablet is open.
    #[must_use]
    pub fn staff_help(&self, is_open: bool) -> StaffHelp {
        if is_open && self.default_room.is_some() {
            StaffHelp::Ring
        } else if self.contact.phone.trim().is_empty() {
            StaffHelp::Nothing
        } else {
            StaffHelp::Phone
        }
    }
}

/// Contact shown to visitors when a call fails.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contact {
    /// Name of the contact, such as `総務`.
    #[serde(default)]
    pub name: String,
    /// Names in other languages; `name` is shown in the languages without one.
    #[serde(default, skip_serializing_if = "TranslatedText::is_empty")]
    pub names: TranslatedText,
    /// Telephone number, as dialled from the lobby; may have words, such as `内線 100`.
    #[serde(default)]
    pub phone: String,
    /// Telephone numbers in other languages, for their words; `phone` is shown in the languages without one.
    #[serde(default, skip_serializing_if = "TranslatedText::is_empty")]
    pub phones: TranslatedText,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site_with(contact: Contact) -> Site {
        Site {
            contact,
            ..Site::default()
        }
    }

    #[test]
    fn the_contact_has_name_and_telephone_number_in_every_language() {
        let contact = Contact {
            name: "総務".to_owned(),
            names: TranslatedText::of(Lang::En, "General Affairs").and(Lang::Ko, "총무"),
            phone: " 内線 100 ".to_owned(),
            phones: TranslatedText::of(Lang::En, "ext. 100"),
        };
        let site = site_with(contact.clone());
        for (lang, name, phone) in [
            (Lang::Ja, "総務", "内線 100"),
            (Lang::En, "General Affairs", "ext. 100"),
            (Lang::Zh, "General Affairs", "ext. 100"),
            (Lang::Ko, "총무", "ext. 100"),
        ] {
            let shown = (site.contact_name(lang), site.contact_phone(lang));
            assert_eq!(shown, (name, phone), "{lang:?}");
        }
        let without = site_with(Contact {
            phone: " ".to_owned(),
            ..contact
        });
        assert_eq!(without.contact_phone(Lang::En), "");
    }

    #[test]
    fn a_contact_of_an_older_document_has_one_language() {
        let contact: Contact = serde_json::from_str(r#"{"name":"総務","phone":"100"}"#).unwrap();
        assert_eq!(
            serde_json::to_string(&contact).unwrap(),
            r#"{"name":"総務","phone":"100"}"#
        );
        assert_eq!(site_with(contact).contact_name(Lang::En), "総務");
    }

    #[test]
    fn closed_days_have_a_name_for_visitors_who_read_the_offices_language() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let new_year = ClosedDays {
            first: day("2026-12-29"),
            last: day("2027-01-03"),
            name: "年末年始".to_owned(),
        };
        let site = Site {
            closed_days: vec![day("2026-11-23").into(), new_year],
            ..Site::default()
        };
        let name = |date: &str, lang| site.closed_days_name(day(date), lang);
        assert_eq!(name("2026-12-31", Lang::Ja), Some("年末年始"));
        assert_eq!(name("2026-12-31", Lang::En), None);
        assert_eq!(name("2026-11-23", Lang::Ja), None);
        assert_eq!(name("2027-01-04", Lang::Ja), None);
    }

    #[test]
    fn the_office_has_a_name_in_every_language() {
        let site = Site {
            name: "株式会社よびりん商事".to_owned(),
            names: TranslatedText::of(Lang::En, "Yobirin Trading").and(Lang::Ko, "요비린상사"),
            ..Site::default()
        };
        for (lang, name) in [
            (Lang::Ja, "株式会社よびりん商事"),
            (Lang::En, "Yobirin Trading"),
            (Lang::Zh, "Yobirin Trading"),
            (Lang::Ko, "요비린상사"),
        ] {
            assert_eq!(site.shown_name(lang), name, "{lang:?}");
        }
        let plain = Site {
            names: TranslatedText::default(),
            ..site
        };
        assert_eq!(plain.shown_name(Lang::En), "株式会社よびりん商事");
    }

    #[test]
    fn a_korean_office_with_english_names_shows_its_korean_ones_to_korean_visitors() {
        let site = Site {
            name: "요비린상사".to_owned(),
            names: TranslatedText::of(Lang::En, "Yobirin Trading"),
            languages: vec![Lang::Ko, Lang::En, Lang::Ja],
            contact: Contact {
                name: "총무".to_owned(),
                names: TranslatedText::of(Lang::En, "General Affairs"),
                phone: "내선 100".to_owned(),
                phones: TranslatedText::of(Lang::En, "ext. 100"),
            },
            ..Site::default()
        };
        let english = ("Yobirin Trading", "General Affairs", "ext. 100");
        for (lang, shown) in [
            (Lang::Ko, ("요비린상사", "총무", "내선 100")),
            (Lang::En, english),
            (Lang::Ja, english),
        ] {
            let (name, phone) = (site.contact_name(lang), site.contact_phone(lang));
            assert_eq!((site.shown_name(lang), name, phone), shown, "{lang:?}");
        }
    }

    #[test]
    fn staff_help_rings_the_default_room_during_opening_hours() {
        let site = |room: bool, phone: &str| Site {
            default_room: room.then(|| RoomId::try_from(1).unwrap()),
            contact: Contact {
                phone: phone.to_owned(),
                ..Contact::default()
            },
            ..Site::default()
        };
        for (is_open, room, phone, expected) in [
            (true, true, "", StaffHelp::Ring),
            (true, true, "100", StaffHelp::Ring),
            (true, false, "100", StaffHelp::Phone),
            (true, false, " ", StaffHelp::Nothing),
            (false, true, "100", StaffHelp::Phone),
            (false, true, "", StaffHelp::Nothing),
        ] {
            let help = site(room, phone).staff_help(is_open);
            assert_eq!(help, expected, "open: {is_open}, room: {room}, {phone:?}");
        }
    }
}

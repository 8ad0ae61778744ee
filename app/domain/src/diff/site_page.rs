//! Pages of set-up on which the fields of the site are edited.

/// Page of set-up that edits fields of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SitePage {
    /// Office: name, contact, opening hours, appearance, exit PIN.
    Office,
    /// Chatwork: the default room.
    Chatwork,
    /// Answers and reminders.
    Answers,
    /// Notice above the first field that asks for personal data.
    PurposeNotice,
    /// Alarms of incidents.
    Alarms,
    /// Retention of the words of visitors and hosts.
    Retention,
}

impl SitePage {
    /// Page that edits the field with this path in the JSON form of the site; for the whole site the office's.
    #[must_use]
    pub fn of(path: &[String]) -> Self {
        match path.first().map(String::as_str) {
            Some("default_room") => Self::Chatwork,
            Some("answers" | "escalation") => Self::Answers,
            Some("purpose_notice") => Self::PurposeNotice,
            Some("alarms") => Self::Alarms,
            Some("retention") => Self::Retention,
            _ => Self::Office,
        }
    }

    /// True for a page whose fields are all in one field of the site, which has the name of the page.
    #[must_use]
    pub fn is_one_field(self) -> bool {
        matches!(self, Self::PurposeNotice | Self::Alarms | Self::Retention)
    }
}

//! Counts of changed entries, which sum up a saved version in one line.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Change, Entity, SitePage, between};
use crate::model::settings::SettingsDocument;

/// Numbers of changed, added and removed entries between two documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeCounts {
    /// Changed fields of the page of the office, such as its name or its opening hours.
    pub office_fields: u32,
    /// Changed fields of the Chatwork page.
    pub chatwork_fields: u32,
    /// Changed fields of the page of answers and reminders.
    pub answer_fields: u32,
    /// Changed fields of the page of the purpose notice.
    pub purpose_notice_fields: u32,
    /// Changed fields of the page of alarms.
    pub alarm_fields: u32,
    /// Changed fields of the page of retention.
    pub retention_fields: u32,
    /// Hosts.
    pub hosts: u32,
    /// Groups.
    pub groups: u32,
    /// Devices, apart from their menus.
    pub devices: u32,
    /// Buttons in menus of devices that both documents have.
    pub buttons: u32,
}

impl ChangeCounts {
    /// Counts the entries that differ between two documents.
    #[must_use]
    pub fn between(before: &SettingsDocument, after: &SettingsDocument) -> Self {
        Self::of(&between(before, after))
    }

    /// Counts the entries of a list of changes, each once however many of its fields changed.
    #[must_use]
    pub fn of(changes: &[Change]) -> Self {
        let mut counts = Self::default();
        let mut counted = BTreeSet::new();
        for change in changes {
            let (entity, path) = (&change.field.entity, change.field.path.as_slice());
            // The part of the entity that is counted by itself, if any.
            let (part, count) = match (entity, path) {
                (Entity::Site, path) => (path.first(), counts.fields_of(SitePage::of(path))),
                (Entity::Host(_), _) => (None, &mut counts.hosts),
                (Entity::Group(_), _) => (None, &mut counts.groups),
                (Entity::Device(_), [menu, button, ..]) if menu == "menu" => {
                    (Some(button), &mut counts.buttons)
                }
                (Entity::Device(_), _) => (None, &mut counts.devices),
            };
            if counted.insert((entity, part)) {
                *count = count.saturating_add(1);
            }
        }
        counts
    }

    /// Number of changed fields of a page.
    fn fields_of(&mut self, page: SitePage) -> &mut u32 {
        match page {
            SitePage::Office => &mut self.office_fields,
            SitePage::Chatwork => &mut self.chatwork_fields,
            SitePage::Answers => &mut self.answer_fields,
            SitePage::PurposeNotice => &mut self.purpose_notice_fields,
            SitePage::Alarms => &mut self.alarm_fields,
            SitePage::Retention => &mut self.retention_fields,
        }
    }

    /// True when nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::escalation::preset;
    use crate::model::answer_display::AnswerDisplay;
    use crate::model::lang::Lang;
    use crate::test_office;

    #[test]
    fn each_entry_counts_once_however_many_of_its_fields_changed() {
        let before = test_office::document();
        let mut after = before.clone();
        for host in &mut after.hosts[..2] {
            host.kana = "かな".to_owned();
            host.visitor_message = "3階へどうぞ".to_owned();
        }
        after.hosts.pop();
        after.site.name = "本社".to_owned();
        after.site.contact.name = "総務".to_owned();
        after.site.contact.phone = "内線 9".to_owned();
        let counts = ChangeCounts::between(&before, &after);
        let expected = ChangeCounts {
            office_fields: 2,
            hosts: 3,
            ..ChangeCounts::default()
        };
        assert_eq!(counts, expected);
    }

    #[test]
    fn the_menu_is_counted_by_entry_and_apart_from_its_device() {
        let before = test_office::document();
        let mut after = before.clone();
        let device = &mut after.devices[0];
        let button = &mut device.menu[0];
        button.label.set(Lang::Ja, "宅配の方");
        button.label.set(Lang::En, "Parcels");
        let menu = ChangeCounts::between(&before, &after);
        assert_eq!((menu.buttons, menu.devices), (1, 0));
        after.devices[0].place = "2階".to_owned();
        let both = ChangeCounts::between(&before, &after);
        assert_eq!((both.buttons, both.devices), (1, 1));
        after.devices.clear();
        let removed = ChangeCounts::between(&before, &after);
        assert_eq!(
            (removed.buttons, removed.devices),
            (0, u32::try_from(before.devices.len()).unwrap_or(0))
        );
    }

    #[test]
    fn fields_of_the_site_are_counted_by_the_page_that_edits_them() {
        let before = test_office::document();
        let mut after = before.clone();
        let site = &mut after.site;
        site.default_room = None;
        site.answers = AnswerDisplay::Off;
        site.escalation = preset();
        site.purpose_notice.is_shown = false;
        site.alarms.backup_days = Some(7);
        site.retention.visitors = 1;
        site.exit_pin = Some("2468".to_owned());
        let expected = ChangeCounts {
            office_fields: 1,
            chatwork_fields: 1,
            answer_fields: 2,
            purpose_notice_fields: 1,
            alarm_fields: 1,
            retention_fields: 1,
            ..ChangeCounts::default()
        };
        assert_eq!(ChangeCounts::between(&before, &after), expected);
    }

    #[test]
    fn equal_documents_differ_in_nothing() {
        let document = test_office::document();
        assert!(ChangeCounts::between(&document, &document).is_empty());
    }
}

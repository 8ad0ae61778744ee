//! Cells with names, by the saved settings: of devices, buttons, targets and destinations.

use yobirin_domain::model::id::{ButtonId, DeviceId, RoomId};
use yobirin_domain::routing::{Destination, Target};

use super::HistoryCsv;

/// Name of a room; `None` for rooms that the bot does not see.
pub(crate) type RoomNames<'a> = &'a dyn Fn(RoomId) -> Option<String>;

impl<T> HistoryCsv<'_, T> {
    /// The device's name; its id once it is deleted.
    pub(super) fn device(&self, id: &DeviceId) -> String {
        let mut devices = self.settings.devices.iter();
        let device = devices.find(|device| device.id == *id);
        device.map_or_else(|| id.to_string(), |device| device.name.clone())
    }

    /// The button's label; its id once it is deleted. Every tablet has a button for staff, which is in no menu.
    pub(super) fn button(&self, id: &ButtonId, target: &Target) -> String {
        let devices = self.settings.devices.iter();
        let mut buttons = devices.flat_map(|device| &device.menu);
        if let Some(button) = buttons.find(|button| button.id == *id) {
            return button.label.best(self.words.language()).to_owned();
        }
        match target {
            Target::Staff => self.words.route_trace.staff_button.to_owned(),
            Target::Host(_) | Target::Group(_) => id.to_string(),
        }
    }

    /// Name of a call's target; the id of a host or group once it is deleted.
    pub(super) fn target(&self, target: &Target) -> String {
        match target {
            Target::Host(id) => {
                let host = self.settings.hosts.iter().find(|host| host.id == *id);
                host.map_or_else(|| id.to_string(), |host| host.name.clone())
            }
            Target::Group(id) => {
                let group = self.settings.groups.iter().find(|group| group.id == *id);
                let lang = self.words.language();
                group.map_or_else(|| id.to_string(), |group| group.name.best(lang).to_owned())
            }
            Target::Staff => self.words.route_trace.staff.to_owned(),
        }
    }

    /// Room by its name, else its number, or private chat by the host's name; by the account's number when no host has it.
    pub(super) fn destination(&self, to: Destination) -> String {
        let texts = &self.words.history_csv;
        match to {
            Destination::Room(room) => {
                let name = self.room_name.and_then(|name_of| name_of(room));
                format!("{} {}", texts.room, name.unwrap_or(room.to_string()))
            }
            Destination::Account(account) => {
                let mut hosts = self.settings.hosts.iter();
                let host = hosts.find(|host| host.account == Some(account));
                let name = host.map_or_else(|| account.to_string(), |host| host.name.clone());
                format!("{} {name}", texts.direct)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use yobirin_domain::model::settings::SettingsDocument;

    use super::*;
    use crate::i18n::setup::SetupLang;

    #[test]
    fn a_room_has_its_name_and_one_that_the_bot_does_not_see_its_number() {
        let settings = SettingsDocument::default();
        let room = |id: u64| RoomId::try_from(id).unwrap();
        let room_name = |asked: RoomId| (asked == room(7)).then(|| "総務ルーム".to_owned());
        let csv = HistoryCsv::new(&settings, SetupLang::Ja.words(), |_| String::new(), 0)
            .with_room_names(&room_name);
        let cell = |id| csv.destination(Destination::Room(room(id)));
        assert_eq!([cell(7), cell(8)], ["ルーム 総務ルーム", "ルーム 8"]);
    }
}

//! Entries of the settings that a form is bound to, found by their ids.

use yobirin_domain::model::directory::{Group, Host};
use yobirin_domain::model::id::{ButtonId, DeviceId, GroupId, HostId};
use yobirin_domain::model::menu::{Button, Device};
use yobirin_domain::model::settings::{SettingsDocument, Site};

/// Id of an entry of the settings. All functions return `None` once the entry is deleted.
pub(crate) trait EntryId: Send + Sync + 'static {
    /// Type of the entry.
    type Entry;

    /// The entry.
    fn find<'a>(&self, document: &'a SettingsDocument) -> Option<&'a Self::Entry>;

    /// The entry, to be changed.
    fn find_mut<'a>(&self, document: &'a mut SettingsDocument) -> Option<&'a mut Self::Entry>;

    /// Path of the entry as validation names it, such as `hosts[3]`.
    fn path(&self, document: &SettingsDocument) -> Option<String>;
}

/// Id of the site, of which there is one.
pub(super) struct TheSite;

impl EntryId for TheSite {
    type Entry = Site;

    fn find<'a>(&self, document: &'a SettingsDocument) -> Option<&'a Site> {
        Some(&document.site)
    }

    fn find_mut<'a>(&self, document: &'a mut SettingsDocument) -> Option<&'a mut Site> {
        Some(&mut document.site)
    }

    fn path(&self, _document: &SettingsDocument) -> Option<String> {
        Some("site".to_owned())
    }
}

impl EntryId for HostId {
    type Entry = Host;

    fn find<'a>(&self, document: &'a SettingsDocument) -> Option<&'a Host> {
        document.hosts.iter().find(|host| host.id == *self)
    }

    fn find_mut<'a>(&self, document: &'a mut SettingsDocument) -> Option<&'a mut Host> {
        document.hosts.iter_mut().find(|host| host.id == *self)
    }

    fn path(&self, document: &SettingsDocument) -> Option<String> {
        let index = document.hosts.iter().position(|host| host.id == *self)?;
        Some(format!("hosts[{index}]"))
    }
}

impl EntryId for GroupId {
    type Entry = Group;

    fn find<'a>(&self, document: &'a SettingsDocument) -> Option<&'a Group> {
        document.groups.iter().find(|group| group.id == *self)
    }

    fn find_mut<'a>(&self, document: &'a mut SettingsDocument) -> Option<&'a mut Group> {
        document.groups.iter_mut().find(|group| group.id == *self)
    }

    fn path(&self, document: &SettingsDocument) -> Option<String> {
        let index = document.groups.iter().position(|group| group.id == *self)?;
        Some(format!("groups[{index}]"))
    }
}

impl EntryId for DeviceId {
    type Entry = Device;

    fn find<'a>(&self, document: &'a SettingsDocument) -> Option<&'a Device> {
        document.devices.iter().find(|device| device.id == *self)
    }

    fn find_mut<'a>(&self, document: &'a mut SettingsDocument) -> Option<&'a mut Device> {
        let mut devices = document.devices.iter_mut();
        devices.find(|device| device.id == *self)
    }

    fn path(&self, document: &SettingsDocument) -> Option<String> {
        let mut devices = document.devices.iter();
        let index = devices.position(|device| device.id == *self)?;
        Some(format!("devices[{index}]"))
    }
}

impl EntryId for ButtonId {
    type Entry = Button;

    fn find<'a>(&self, document: &'a SettingsDocument) -> Option<&'a Button> {
        let mut buttons = document.devices.iter().flat_map(|device| &device.menu);
        buttons.find(|button| button.id == *self)
    }

    fn find_mut<'a>(&self, document: &'a mut SettingsDocument) -> Option<&'a mut Button> {
        let devices = document.devices.iter_mut();
        let mut buttons = devices.flat_map(|device| &mut device.menu);
        buttons.find(|button| button.id == *self)
    }

    fn path(&self, document: &SettingsDocument) -> Option<String> {
        let mut devices = document.devices.iter().enumerate();
        devices.find_map(|(device_index, device)| {
            let mut buttons = device.menu.iter();
            let index = buttons.position(|button| button.id == *self)?;
            Some(format!("devices[{device_index}].menu[{index}]"))
        })
    }
}

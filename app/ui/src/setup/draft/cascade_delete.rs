//! Deletes a host or a group with all references to it.

use yobirin_domain::model::id::{ButtonId, DeviceId, GroupId, HostId};
use yobirin_domain::model::menu::{Action, Button};
use yobirin_domain::model::settings::SettingsDocument;

use super::group_tree;

/// References to a host.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::setup) struct HostUses {
    /// Groups the host is in charge of.
    pub(in crate::setup) in_charge: Vec<GroupId>,
    /// Hosts that have the host as delegate.
    pub(in crate::setup) delegate_of: Vec<HostId>,
}

/// References to a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::setup) struct GroupUses {
    /// Groups directly below the group. They move up to its parent.
    pub(in crate::setup) children: Vec<GroupId>,
    /// Members.
    pub(in crate::setup) members: Vec<HostId>,
    /// Buttons that call the group. They need another group before the settings can be saved.
    pub(in crate::setup) callers: Vec<(DeviceId, ButtonId)>,
    /// Buttons that show the group's subtree. They will show the subtree of its parent.
    pub(in crate::setup) selections: Vec<(DeviceId, ButtonId)>,
}

/// References to a host.
pub(in crate::setup) fn host_uses(document: &SettingsDocument, id: &HostId) -> HostUses {
    let groups = document.groups.iter();
    let hosts = document.hosts.iter();
    HostUses {
        in_charge: groups
            .filter(|group| group.in_charge.contains(id))
            .map(|group| group.id.clone())
            .collect(),
        delegate_of: hosts
            .filter(|host| host.delegates.contains(id))
            .map(|host| host.id.clone())
            .collect(),
    }
}

/// Deletes a host and all references to it.
pub(in crate::setup) fn remove_host(document: &mut SettingsDocument, id: &HostId) {
    document.hosts.retain(|host| host.id != *id);
    for host in &mut document.hosts {
        host.delegates.retain(|delegate| delegate != id);
    }
    for group in &mut document.groups {
        group.in_charge.retain(|host| host != id);
    }
}

/// References to a group.
pub(in crate::setup) fn group_uses(document: &SettingsDocument, id: &GroupId) -> GroupUses {
    let buttons_with = |is_wanted: fn(&Action, &GroupId) -> bool| {
        let devices = document.devices.iter();
        devices
            .flat_map(|device| device.menu.iter().map(move |button| (device, button)))
            .filter(|(_, button)| is_wanted(&button.action, id))
            .map(|(device, button)| (device.id.clone(), button.id.clone()))
            .collect()
    };
    GroupUses {
        children: group_tree::children(&document.groups, Some(id))
            .into_iter()
            .map(|group| group.id.clone())
            .collect(),
        members: document
            .hosts
            .iter()
            .filter(|host| host.groups.contains(id))
            .map(|host| host.id.clone())
            .collect(),
        callers: buttons_with(
            |action, id| matches!(action, Action::Custom { group } if group == id),
        ),
        selections: buttons_with(
            |action, id| matches!(action, Action::GroupSelection { below: Some(group) } if group == id),
        ),
    }
}

/// Deletes a group. Its children move up to its parent, its members leave it. A button that calls
/// it keeps the reference, so that validation demands another group before saving.
pub(in crate::setup) fn remove_group(document: &mut SettingsDocument, id: &GroupId) {
    let parent = document
        .groups
        .iter()
        .find(|group| group.id == *id)
        .and_then(|group| group.parent.clone());
    for child in group_uses(document, id).children {
        group_tree::move_below(document, &child, parent.clone());
    }
    document.groups.retain(|group| group.id != *id);
    for host in &mut document.hosts {
        host.groups.retain(|group| group != id);
    }
    for device in &mut document.devices {
        for button in &mut device.menu {
            select_from_parent(button, id, parent.as_ref());
        }
    }
}

/// Makes a button that shows the subtree of the group show that of `parent`, or all groups without one.
fn select_from_parent(button: &mut Button, id: &GroupId, parent: Option<&GroupId>) {
    if let Action::GroupSelection { below } = &mut button.action
        && below.as_ref() == Some(id)
    {
        *below = parent.cloned();
    }
}

#[cfg(test)]
mod tests {
    use yobirin_domain::model::directory::{Group, Host};
    use yobirin_domain::model::lang::TranslatedText;
    use yobirin_domain::model::menu::{Ask, Device, Icon, Method};

    use super::*;

    fn button(id: &str, action: Action) -> Button {
        Button {
            id: id.parse().unwrap(),
            label: TranslatedText::default(),
            icon: Icon::Bell,
            action,
            method: Method::Room,
            ask: Ask::NOTHING,
            template: None,
            escalation: None,
            missed_visit: false,
        }
    }

    /// Group `dev` with its child `one`. Satō is a member of both, in charge of `dev`, and the delegate of Suzuki. One
    /// button calls `dev`, one shows its subtree.
    fn office() -> SettingsDocument {
        let (dev, one) = (
            "dev".parse::<GroupId>().unwrap(),
            "one".parse::<GroupId>().unwrap(),
        );
        let (sato, suzuki) = ("sato".parse::<HostId>().unwrap(), "suzuki".parse().unwrap());
        let mut document = SettingsDocument::default();
        let mut top = Group::named(dev.clone(), TranslatedText::default());
        top.in_charge = vec![sato];
        let mut below = Group::named(one.clone(), TranslatedText::default());
        below.parent = Some(dev.clone());
        let mut first = Host::named("sato".parse().unwrap(), "佐藤");
        first.groups = vec![dev.clone(), one.clone()];
        let mut second = Host::named(suzuki, "鈴木");
        second.delegates = vec!["sato".parse().unwrap()];
        document.groups = vec![top, below];
        document.hosts = vec![first, second];
        document.devices = vec![Device {
            menu: vec![
                button("call", Action::Custom { group: dev.clone() }),
                button("pick", Action::GroupSelection { below: Some(dev) }),
            ],
            ..Device::named("lobby".parse().unwrap(), "1F")
        }];
        document
    }

    #[test]
    fn a_deleted_host_has_no_references() {
        let mut office = office();
        let sato = "sato".parse().unwrap();
        let uses = host_uses(&office, &sato);
        assert_eq!((uses.in_charge.len(), uses.delegate_of.len()), (1, 1));
        remove_host(&mut office, &sato);
        assert_eq!(host_uses(&office, &sato), HostUses::default());
        assert_eq!(office.hosts.len(), 1);
    }

    #[test]
    fn children_of_a_deleted_group_move_up() {
        let mut office = office();
        let dev = "dev".parse().unwrap();
        let uses = group_uses(&office, &dev);
        assert_eq!((uses.children.len(), uses.members.len()), (1, 1));
        assert_eq!((uses.callers.len(), uses.selections.len()), (1, 1));
        remove_group(&mut office, &dev);
        assert_eq!(office.groups[0].parent, None);
        assert_eq!(office.hosts[0].groups, ["one".parse().unwrap()]);
        let uses = group_uses(&office, &dev);
        assert_eq!(
            uses.selections,
            [],
            "a button that showed the subtree of the deleted group shows all groups"
        );
        assert_eq!(
            uses.callers.len(),
            1,
            "a button that calls the deleted group is counted"
        );
    }
}

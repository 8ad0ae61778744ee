//! Findings of a diagnosis that the page of a group shows at its room.

use super::Finding;
use crate::model::directory::{Group, Host};
use crate::model::id::{HostId, RoomId};

impl Finding {
    /// Returns what the finding says about this room and about the hosts of this group: its members and in-charge
    /// hosts. `None` when the finding is about something else.
    #[must_use]
    pub fn in_room_of_group(&self, room: RoomId, group: &Group, hosts: &[Host]) -> Option<Self> {
        let is_of_group = |id: &&HostId| {
            let is_member = |host: &Host| host.id == **id && host.groups.contains(&group.id);
            group.in_charge.contains(id) || hosts.iter().any(is_member)
        };
        let hosts_of_group = |hosts: &[HostId]| -> Option<Vec<HostId>> {
            let hosts: Vec<HostId> = hosts.iter().filter(is_of_group).cloned().collect();
            (!hosts.is_empty()).then_some(hosts)
        };
        match self {
            Self::BotCannotPost { room: of_finding } if *of_finding == room => Some(self.clone()),
            Self::NotInRoom {
                room: of_finding,
                hosts,
            } if *of_finding == room => Some(Self::NotInRoom {
                room,
                hosts: hosts_of_group(hosts)?,
            }),
            Self::CannotAnswer {
                room: of_finding,
                hosts,
            } if *of_finding == room => Some(Self::CannotAnswer {
                room,
                hosts: hosts_of_group(hosts)?,
            }),
            _ => None,
        }
    }
}

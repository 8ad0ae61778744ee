//! Findings of a diagnosis that the page of a group shows at its room.

use super::Finding;
use crate::model::directory::{Group, Host};
use crate::model::id::{HostId, RoomId};

impl Finding {
    /// The finding as far as it is about members of this room and about the hosts of this group, who belong to it or are in
    /// charge of it; `None` when it is about others.
    #[must_use]
    pub fn in_room_of_group(&self, room: RoomId, group: &Group, hosts: &[Host]) -> Option<Self> {
        let of_group = |id: &&HostId| {
            let belongs = |host: &Host| host.id == **id && host.groups.contains(&group.id);
            group.in_charge.contains(id) || hosts.iter().any(belongs)
        };
        let narrowed = |hosts: &[HostId]| -> Option<Vec<HostId>> {
            let hosts: Vec<HostId> = hosts.iter().filter(of_group).cloned().collect();
            (!hosts.is_empty()).then_some(hosts)
        };
        match self {
            Self::BotCannotPost { room: found } if *found == room => Some(self.clone()),
            Self::NotInRoom { room: found, hosts } if *found == room => Some(Self::NotInRoom {
                room,
                hosts: narrowed(hosts)?,
            }),
            Self::CannotAnswer { room: found, hosts } if *found == room => {
                Some(Self::CannotAnswer {
                    room,
                    hosts: narrowed(hosts)?,
                })
            }
            _ => None,
        }
    }
}

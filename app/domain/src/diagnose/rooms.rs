//! Findings about rooms: membership of the bot and of mentioned hosts.

use std::collections::{BTreeMap, BTreeSet};

use super::{Examination, Finding};
use crate::model::id::{GroupId, HostId, RoomId};

impl Examination<'_> {
    pub(super) fn check_rooms(&self, found: &mut Vec<Finding>) {
        let Some(observed_rooms) = &self.observed.rooms else {
            return;
        };
        let default_room = self.settings.site().default_room;
        let mut owners: BTreeMap<RoomId, Vec<GroupId>> = BTreeMap::new();
        for group in self.settings.groups() {
            if let Some(room) = group.room {
                owners.entry(room).or_default().push(group.id.clone());
            }
        }
        if let Some(room) = default_room {
            owners.entry(room).or_default();
        }
        // A room of a group and the default room are reported below.
        if let Some(room) = self.settings.site().alarms.room
            && !observed_rooms.contains_key(&room)
            && !owners.contains_key(&room)
        {
            found.push(Finding::UnavailableAlarmRoom { room });
        }
        for (room, groups) in owners {
            let is_default = default_room == Some(room);
            match observed_rooms.get(&room) {
                None => found.push(Finding::UnavailableRoom {
                    room,
                    is_default,
                    groups,
                    is_used: is_default || self.possible_calls.rooms.contains(&room),
                }),
                Some(false) => found.push(Finding::NotAGroupChat {
                    room,
                    is_default,
                    groups,
                }),
                Some(true) => self.check_members(room, found),
            }
        }
    }

    fn check_members(&self, room: RoomId, found: &mut Vec<Finding>) {
        let (Some(members), Some(mentioned)) = (
            self.observed.members.get(&room),
            self.possible_calls.mentions.get(&room),
        ) else {
            return;
        };
        let is_missing = |host: &&HostId| {
            let account = self.settings.host(host).and_then(|host| host.account);
            // An unknown account is a finding of its own.
            let is_outside = |account| !members.contains(&account) && !self.is_unknown(account);
            account.is_some_and(is_outside)
        };
        let missing: BTreeSet<&HostId> = mentioned.iter().filter(is_missing).collect();
        if !missing.is_empty() {
            found.push(Finding::NotInRoom {
                room,
                hosts: missing.into_iter().cloned().collect(),
            });
        }
    }
}

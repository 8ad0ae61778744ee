//! Rooms coming, going, and changing their members.

use super::{Chat, Event, Unfit, World};
use crate::office::{Member, Role, Room};
use crate::{AccountId, RoomId};

/// Rooms made while the simulator runs count up from here, clear of the sample office.
const FIRST_NEW_ROOM: RoomId = 350_000_017;

impl World {
    pub(crate) fn chats(&self) -> impl Iterator<Item = &Chat> {
        self.chats.values()
    }

    pub(crate) fn chats_of(&self, account: AccountId) -> impl Iterator<Item = &Chat> {
        self.chats()
            .filter(move |chat| chat.room.role_of(account).is_some())
    }

    /// Makes a group room.
    pub(crate) fn create_room(
        &mut self,
        name: &str,
        description: &str,
        members: Vec<Member>,
    ) -> Result<RoomId, Unfit> {
        for member in &members {
            self.known(member.account_id)?;
        }
        let id = self.fresh_room();
        let mut room = Room::group(id, name, members);
        description.clone_into(&mut room.description);
        self.add_room(room);
        Ok(id)
    }

    /// Dissolves a room with all that was said in it.
    pub(crate) fn dissolve(&mut self, room: RoomId) -> Result<(), Unfit> {
        self.chats.remove(&room).ok_or(Unfit::Room(room))?;
        self.contacts.retain(|_, direct| *direct != room);
        self.tell(Event::Changed);
        Ok(())
    }

    /// Replaces all members.
    pub(crate) fn set_members(&mut self, room: RoomId, members: Vec<Member>) -> Result<(), Unfit> {
        for member in &members {
            self.known(member.account_id)?;
        }
        self.chats
            .get_mut(&room)
            .ok_or(Unfit::Room(room))?
            .room
            .members = members;
        self.tell(Event::Changed);
        Ok(())
    }

    /// Brings somebody in, or changes what they may do.
    pub(crate) fn set_member(
        &mut self,
        room: RoomId,
        account: AccountId,
        role: Role,
    ) -> Result<(), Unfit> {
        let chat = self.chat(room).ok_or(Unfit::Room(room))?;
        let mut members = chat.room.members.clone();
        match members
            .iter_mut()
            .find(|member| member.account_id == account)
        {
            Some(member) => member.role = role,
            None => members.push(Member::new(account, role)),
        }
        self.set_members(room, members)
    }

    /// Takes somebody out.
    pub(crate) fn remove_member(&mut self, room: RoomId, account: AccountId) -> Result<(), Unfit> {
        let chat = self.chat(room).ok_or(Unfit::Room(room))?;
        let mut members = chat.room.members.clone();
        members.retain(|member| member.account_id != account);
        if members.len() == chat.room.members.len() {
            return Err(Unfit::NotInRoom { account, room });
        }
        self.set_members(room, members)
    }

    pub(super) fn add_room(&mut self, room: Room) {
        self.chats.insert(room.room_id, Chat::new(room));
        self.tell(Event::Changed);
    }

    pub(super) fn fresh_room(&self) -> RoomId {
        let last = self.chats.keys().next_back().map_or(0, |last| last + 1);
        last.max(FIRST_NEW_ROOM)
    }
}

//! Creating and deleting rooms, and changing their members.

use super::{Chat, ChatworkState, CounterLag, Event, StateError};
use crate::office::{Member, Role, Room};
use crate::{AccountId, RoomId};

/// First id of rooms created while the simulator runs, above those of the sample office.
const FIRST_NEW_ROOM: RoomId = 350_000_017;

impl ChatworkState {
    pub(crate) fn chats(&self) -> impl Iterator<Item = &Chat> {
        self.chats.values()
    }

    pub(crate) fn chats_of(&self, account: AccountId) -> impl Iterator<Item = &Chat> {
        self.chats()
            .filter(move |chat| chat.room.role_of(account).is_some())
    }

    /// Creates a group room.
    pub(crate) fn create_room(
        &mut self,
        name: &str,
        description: &str,
        members: Vec<Member>,
    ) -> Result<RoomId, StateError> {
        for member in &members {
            self.check_account(member.account_id)?;
        }
        let id = self.next_room_id();
        let mut room = Room::group(id, name, members);
        description.clone_into(&mut room.description);
        self.add_room(room);
        Ok(id)
    }

    /// Deletes a room with its messages and tasks. Contacts whose direct chat it is are contacts no longer.
    pub(crate) fn delete_room(&mut self, room: RoomId) -> Result<(), StateError> {
        self.chats
            .remove(&room)
            .ok_or(StateError::NoSuchRoom(room))?;
        self.contacts.retain(|_, direct_room| *direct_room != room);
        self.tasks.retain(|_, task| task.room_id != room);
        self.publish(Event::Changed);
        Ok(())
    }

    /// Replaces all members.
    pub(crate) fn set_members(
        &mut self,
        room: RoomId,
        members: Vec<Member>,
    ) -> Result<(), StateError> {
        for member in &members {
            self.check_account(member.account_id)?;
        }
        self.chats
            .get_mut(&room)
            .ok_or(StateError::NoSuchRoom(room))?
            .room
            .members = members;
        self.publish(Event::Changed);
        Ok(())
    }

    /// Adds a member, or changes the member's role.
    pub(crate) fn set_member(
        &mut self,
        room: RoomId,
        account: AccountId,
        role: Role,
    ) -> Result<(), StateError> {
        let chat = self.chat(room).ok_or(StateError::NoSuchRoom(room))?;
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

    /// Removes a member.
    pub(crate) fn remove_member(
        &mut self,
        room: RoomId,
        account: AccountId,
    ) -> Result<(), StateError> {
        let chat = self.chat(room).ok_or(StateError::NoSuchRoom(room))?;
        let mut members = chat.room.members.clone();
        members.retain(|member| member.account_id != account);
        if members.len() == chat.room.members.len() {
            return Err(StateError::NotInRoom { account, room });
        }
        self.set_members(room, members)
    }

    /// Sets the lag of the counters in `GET /rooms` (messages, unread messages, time of the last update): of one room,
    /// or of all present and future rooms.
    pub(crate) fn set_counter_lag(
        &mut self,
        room: Option<RoomId>,
        lag: CounterLag,
    ) -> Result<(), StateError> {
        let now = self.options.clock.now();
        if let Some(room) = room {
            let chat = self
                .chats
                .get_mut(&room)
                .ok_or(StateError::NoSuchRoom(room))?;
            chat.set_counter_lag(lag, now);
            return Ok(());
        }
        self.options.counter_lag = lag;
        for chat in self.chats.values_mut() {
            chat.set_counter_lag(lag, now);
        }
        Ok(())
    }

    pub(super) fn add_room(&mut self, room: Room) {
        let mut chat = Chat::new(room);
        chat.set_counter_lag(self.options.counter_lag, self.options.clock.now());
        self.chats.insert(chat.room.room_id, chat);
        self.publish(Event::Changed);
    }

    pub(super) fn next_room_id(&self) -> RoomId {
        let after_last = self.chats.keys().next_back().map_or(0, |last| last + 1);
        after_last.max(FIRST_NEW_ROOM)
    }
}

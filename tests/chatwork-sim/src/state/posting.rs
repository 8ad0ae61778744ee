//! Writing messages and reading them, as a member may.

use super::{Chat, Event, MESSAGE_STEP, Message, Unfit, World};
use crate::office::Role;
use crate::{AccountId, MessageId, RoomId};

/// Why a message was not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotPosted {
    /// The room is unknown, or the account may not write there.
    Refused,
    /// Too many posts in the room.
    RoomLimit,
}

/// Why there is nothing to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotRead {
    /// The room is unknown, or the account is not in it.
    Refused,
    /// The room has no such message.
    NoMessage,
}

impl World {
    /// Posts as a client of the API does: only as a member who may write, and under the limit.
    pub(crate) fn post(
        &mut self,
        room: RoomId,
        author: AccountId,
        body: String,
        self_unread: bool,
    ) -> Result<MessageId, NotPosted> {
        match self
            .chats
            .get(&room)
            .and_then(|chat| chat.room.role_of(author))
        {
            Some(Role::Admin | Role::Member) => {}
            Some(Role::Readonly) | None => return Err(NotPosted::Refused),
        }
        let now = self.options.clock.now();
        let posts = self.posts.entry((author, room)).or_default();
        if !posts.admit(now, &self.options.limits) {
            return Err(NotPosted::RoomLimit);
        }
        let message = self.store(room, author, body, self_unread);
        message
            .map(|message| message.message_id)
            .ok_or(NotPosted::Refused)
    }

    /// Lets somebody write by hand, who knows no limits.
    pub(crate) fn say(
        &mut self,
        room: RoomId,
        author: AccountId,
        body: String,
    ) -> Result<Message, Unfit> {
        self.known(author)?;
        if body.is_empty() {
            return Err(Unfit::EmptyBody);
        }
        let chat = self.chat(room).ok_or(Unfit::Room(room))?;
        if chat.room.role_of(author).is_none() {
            return Err(Unfit::NotInRoom {
                account: author,
                room,
            });
        }
        self.store(room, author, body, false)
            .ok_or(Unfit::Room(room))
    }

    fn store(
        &mut self,
        room: RoomId,
        author: AccountId,
        body: String,
        self_unread: bool,
    ) -> Option<Message> {
        let id = self.next_message;
        let time = self.options.clock.now().as_secs();
        let chat = self.chats.get_mut(&room)?;
        let members = chat.room.members.iter().map(|member| member.account_id);
        let message = Message::new(id, room, author, body, time, members);
        chat.store(message.clone(), self_unread);
        self.next_message += MESSAGE_STEP;
        self.tell(Event::Message(message.clone()));
        Some(message)
    }

    /// The latest messages of a room; see [`Chat::fetch`].
    pub(crate) fn fetch(
        &mut self,
        room: RoomId,
        reader: AccountId,
        force: bool,
    ) -> Result<&[Message], NotRead> {
        let chat = self
            .chats
            .get_mut(&room)
            .filter(|chat| chat.room.role_of(reader).is_some());
        Ok(chat.ok_or(NotRead::Refused)?.fetch(reader, force))
    }

    /// One message of a room.
    pub(crate) fn message(
        &self,
        room: RoomId,
        reader: AccountId,
        message: MessageId,
    ) -> Result<&Message, NotRead> {
        let chat = self.chat_of(room, reader).ok_or(NotRead::Refused)?;
        chat.message(message).ok_or(NotRead::NoMessage)
    }

    /// A room, whoever looks.
    pub(crate) fn chat(&self, room: RoomId) -> Option<&Chat> {
        self.chats.get(&room)
    }

    /// A room that the account is in.
    pub(crate) fn chat_of(&self, room: RoomId, account: AccountId) -> Option<&Chat> {
        self.chat(room)
            .filter(|chat| chat.room.role_of(account).is_some())
    }
}

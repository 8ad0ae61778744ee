//! Posting and reading messages, with the permissions of a member.

use super::{Chat, ChatworkState, Event, MESSAGE_STEP, Message, StateError};
use crate::office::Role;
use crate::{AccountId, MessageId, RoomId};

/// Why a message was not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PostError {
    /// The room is unknown, or the account may not write there.
    Forbidden,
    /// Too many posts in the room.
    RoomLimit,
}

/// Why a message cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReadError {
    /// The room is unknown, or the account is not in it.
    Forbidden,
    /// The room has no such message.
    MessageNotFound,
}

impl ChatworkState {
    /// Posts as an API client does: as a member with write permission and within the rate limit.
    pub(crate) fn post(
        &mut self,
        room: RoomId,
        author: AccountId,
        body: String,
        self_unread: bool,
    ) -> Result<MessageId, PostError> {
        match self
            .chats
            .get(&room)
            .and_then(|chat| chat.room.role_of(author))
        {
            Some(Role::Admin | Role::Member) => {}
            Some(Role::Readonly) | None => return Err(PostError::Forbidden),
        }
        let now = self.options.clock.now();
        let posts = self.posts.entry((author, room)).or_default();
        if !posts.admit(now, &self.options.limits) {
            return Err(PostError::RoomLimit);
        }
        let message = self.store(room, author, body, self_unread);
        message
            .map(|message| message.message_id)
            .ok_or(PostError::Forbidden)
    }

    /// Posts as a person using Chatwork does: no rate limit applies.
    pub(crate) fn post_as(
        &mut self,
        room: RoomId,
        author: AccountId,
        body: String,
    ) -> Result<Message, StateError> {
        self.check_account(author)?;
        if body.is_empty() {
            return Err(StateError::EmptyBody);
        }
        let chat = self.chat(room).ok_or(StateError::Room(room))?;
        if chat.room.role_of(author).is_none() {
            return Err(StateError::NotInRoom {
                account: author,
                room,
            });
        }
        self.store(room, author, body, false)
            .ok_or(StateError::Room(room))
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
        self.publish(Event::Message(message.clone()));
        Some(message)
    }

    /// The latest messages of a room; see [`Chat::fetch`].
    pub(crate) fn fetch(
        &mut self,
        room: RoomId,
        reader: AccountId,
        force: bool,
    ) -> Result<&[Message], ReadError> {
        let chat = self
            .chats
            .get_mut(&room)
            .filter(|chat| chat.room.role_of(reader).is_some());
        Ok(chat.ok_or(ReadError::Forbidden)?.fetch(reader, force))
    }

    /// One message of a room.
    pub(crate) fn message(
        &self,
        room: RoomId,
        reader: AccountId,
        message: MessageId,
    ) -> Result<&Message, ReadError> {
        let chat = self.chat_of(room, reader).ok_or(ReadError::Forbidden)?;
        chat.message(message).ok_or(ReadError::MessageNotFound)
    }

    /// A room, without permission check.
    pub(crate) fn chat(&self, room: RoomId) -> Option<&Chat> {
        self.chats.get(&room)
    }

    /// A room of which the account is a member.
    pub(crate) fn chat_of(&self, room: RoomId, account: AccountId) -> Option<&Chat> {
        self.chat(room)
            .filter(|chat| chat.room.role_of(account).is_some())
    }
}

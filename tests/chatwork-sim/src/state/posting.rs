//! Posting and reading messages, with the permissions of a member.

use super::{Chat, ChatworkState, Event, MESSAGE_STEP, Message, MessagePage, StateError};
use crate::office::Role;
use crate::{AccountId, MessageId, RoomId, WebhookEvent};

/// Reason for which a message was not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PostError {
    /// The room is unknown, or the account may not write there.
    Forbidden,
    /// Too many posts in the room.
    RoomLimit,
}

/// Reason for which a message cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReadError {
    /// The room is unknown, or the account is not in it.
    Forbidden,
    /// The room has no such message.
    MessageNotFound,
    /// The office's plan hides the message.
    Hidden,
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
        self.admit_post(room, author)?;
        let message = self.store(room, author, body, self_unread);
        message
            .map(|message| message.message_id)
            .ok_or(PostError::Forbidden)
    }

    /// Counts a post of a message or task against the limit per room, if the account may post there.
    pub(super) fn admit_post(&mut self, room: RoomId, author: AccountId) -> Result<(), PostError> {
        if !self.may_write(room, author) {
            return Err(PostError::Forbidden);
        }
        let now = self.options.clock.now();
        let posts = self.posts.entry((author, room)).or_default();
        if posts.admit(now, &self.options.limits) {
            Ok(())
        } else {
            Err(PostError::RoomLimit)
        }
    }

    pub(super) fn may_write(&self, room: RoomId, account: AccountId) -> bool {
        let role = self.chat(room).and_then(|chat| chat.room.role_of(account));
        matches!(role, Some(Role::Admin | Role::Member))
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
        let chat = self.chat(room).ok_or(StateError::NoSuchRoom(room))?;
        if chat.room.role_of(author).is_none() {
            return Err(StateError::NotInRoom {
                account: author,
                room,
            });
        }
        self.store(room, author, body, false)
            .ok_or(StateError::NoSuchRoom(room))
    }

    /// Replies to a message as Chatwork's reply button does: the tag, the name of the message's author, and
    /// the words on the next line.
    pub(crate) fn reply_as(
        &mut self,
        room: RoomId,
        author: AccountId,
        to: MessageId,
        words: &str,
    ) -> Result<Message, StateError> {
        let chat = self.chat(room).ok_or(StateError::NoSuchRoom(room))?;
        let to_account = chat
            .message(to)
            .ok_or(StateError::NoSuchMessage(to))?
            .account_id;
        let name = self.name_of(to_account);
        let body = format!("[rp aid={to_account} to={room}-{to}]{name}さん\n{words}");
        self.post_as(room, author, body)
    }

    /// Posts words to an account as Chatwork's To button does.
    pub(crate) fn mention_as(
        &mut self,
        room: RoomId,
        author: AccountId,
        to: AccountId,
        words: &str,
    ) -> Result<Message, StateError> {
        let name = self.name_of(to);
        self.post_as(room, author, format!("[To:{to}]{name}さん\n{words}"))
    }

    fn name_of(&self, account: AccountId) -> &str {
        self.account(account)
            .map(|account| account.name.as_str())
            .unwrap_or_default()
    }

    pub(super) fn store(
        &mut self,
        room: RoomId,
        author: AccountId,
        body: String,
        self_unread: bool,
    ) -> Option<Message> {
        let id = self.next_message;
        let now = self.options.clock.now();
        let chat = self.chats.get_mut(&room)?;
        let members = chat.member_ids();
        let message = Message::new(id, room, author, body, now.as_secs(), &members);
        chat.store(message.clone(), self_unread, now);
        self.next_message += MESSAGE_STEP;
        self.publish(Event::Message(message.clone()));
        self.call_webhooks(WebhookEvent::MessageCreated, &message);
        self.call_webhooks(WebhookEvent::MentionToMe, &message);
        Some(message)
    }

    /// The latest messages of a room; see [`Chat::fetch`].
    pub(crate) fn fetch(
        &mut self,
        room: RoomId,
        reader: AccountId,
        force: bool,
    ) -> Result<MessagePage, ReadError> {
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
        let message = chat.message(message).ok_or(ReadError::MessageNotFound)?;
        if chat.is_hidden(message.message_id) {
            return Err(ReadError::Hidden);
        }
        Ok(message)
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

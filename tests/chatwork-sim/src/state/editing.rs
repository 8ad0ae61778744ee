//! Editing, deleting and hiding messages.

use super::{ChatworkState, Event, Message, ReadError, StateError};
use crate::{AccountId, MessageId, RoomId, WebhookEvent};

/// Reason for which the API does not change a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EditError {
    /// The message cannot be read.
    Read(ReadError),
    /// The account may not write in the room, or somebody else wrote the message, or it is deleted.
    Forbidden,
}

impl ChatworkState {
    /// Edits a message as an API client does: the account's own one, in a room where it may write.
    pub(crate) fn edit(
        &mut self,
        room: RoomId,
        account: AccountId,
        message: MessageId,
        body: String,
    ) -> Result<(), EditError> {
        self.check_own(room, account, message)?;
        self.set_body(room, message, body)
            .map(|_| ())
            .ok_or(EditError::Read(ReadError::MessageNotFound))
    }

    /// Deletes a message as an API client does; its body becomes [`Message::DELETED`].
    pub(crate) fn delete(
        &mut self,
        room: RoomId,
        account: AccountId,
        message: MessageId,
    ) -> Result<(), EditError> {
        self.edit(room, account, message, Message::DELETED.to_owned())
    }

    fn check_own(
        &self,
        room: RoomId,
        account: AccountId,
        message: MessageId,
    ) -> Result<(), EditError> {
        let found = self
            .message(room, account, message)
            .map_err(EditError::Read)?;
        if found.account_id != account || found.is_deleted() || !self.may_write(room, account) {
            return Err(EditError::Forbidden);
        }
        Ok(())
    }

    /// Edits a message as its author using Chatwork does.
    pub(crate) fn edit_as(
        &mut self,
        room: RoomId,
        author: AccountId,
        message: MessageId,
        body: String,
    ) -> Result<Message, StateError> {
        self.check_account(author)?;
        if body.is_empty() {
            return Err(StateError::EmptyBody);
        }
        let chat = self.chat(room).ok_or(StateError::NoSuchRoom(room))?;
        let found = chat
            .message(message)
            .ok_or(StateError::NoSuchMessage(message))?;
        if found.account_id != author {
            return Err(StateError::NotAuthor {
                account: author,
                message,
            });
        }
        if found.is_deleted() {
            return Err(StateError::Deleted(message));
        }
        self.set_body(room, message, body)
            .ok_or(StateError::NoSuchMessage(message))
    }

    /// Deletes a message as its author using Chatwork does.
    pub(crate) fn delete_as(
        &mut self,
        room: RoomId,
        author: AccountId,
        message: MessageId,
    ) -> Result<Message, StateError> {
        self.edit_as(room, author, message, Message::DELETED.to_owned())
    }

    /// Hides a message from the API as the free plan does, or shows it again.
    pub(crate) fn set_hidden(
        &mut self,
        room: RoomId,
        message: MessageId,
        hidden: bool,
    ) -> Result<(), StateError> {
        let chat = self
            .chats
            .get_mut(&room)
            .ok_or(StateError::NoSuchRoom(room))?;
        if chat.message(message).is_none() {
            return Err(StateError::NoSuchMessage(message));
        }
        chat.set_hidden(message, hidden);
        Ok(())
    }

    /// Replaces the body of a message. Nobody is notified; a deletion calls no webhook.
    fn set_body(&mut self, room: RoomId, message: MessageId, body: String) -> Option<Message> {
        let now = self.options.clock.now();
        let moves = self.options.edits_move_last_update;
        let chat = self.chats.get_mut(&room)?;
        let message = chat.edit(message, body, now, moves)?.clone();
        self.publish(Event::Edited(message.clone()));
        if !message.is_deleted() {
            self.call_webhooks(WebhookEvent::MessageUpdated, &message);
        }
        Some(message)
    }
}

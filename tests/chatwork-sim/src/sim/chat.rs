//! Actions of people in Chatwork (reply, edit, delete, work on tasks), and settings of what the API shows of them.

use super::Sim;
use crate::{
    AccountId, CounterLag, Message, MessageId, RoomId, StateError, Task, TaskId, TaskStatus,
};

impl Sim {
    /// Replies to a message as the reply button of Chatwork does: `[rp aid=… to=…]`, the name of the
    /// message's author, and `words` on the next line.
    ///
    /// # Errors
    /// As [`Sim::post_as`], or if the room has no message `to`.
    pub fn reply_as(
        &self,
        room: RoomId,
        author: AccountId,
        to: MessageId,
        words: &str,
    ) -> Result<Message, StateError> {
        self.shared.state().reply_as(room, author, to, words)
    }

    /// Posts `words` to an account as the To button of Chatwork does: `[To:…]`, its name, and the words on
    /// the next line.
    ///
    /// # Errors
    /// As [`Sim::post_as`].
    pub fn mention_as(
        &self,
        room: RoomId,
        author: AccountId,
        to: AccountId,
        words: &str,
    ) -> Result<Message, StateError> {
        self.shared.state().mention_as(room, author, to, words)
    }

    /// Replaces the body of a message as its author.
    ///
    /// # Errors
    /// Returns an error if the room has no such message, somebody else wrote it, it is deleted, or `body` is
    /// empty.
    pub fn edit_as(
        &self,
        room: RoomId,
        author: AccountId,
        message: MessageId,
        body: &str,
    ) -> Result<Message, StateError> {
        self.shared
            .state()
            .edit_as(room, author, message, body.to_owned())
    }

    /// Deletes a message as its author: its body becomes [`Message::DELETED`], and it stays in the room.
    ///
    /// # Errors
    /// As [`Sim::edit_as`].
    pub fn delete_as(
        &self,
        room: RoomId,
        author: AccountId,
        message: MessageId,
    ) -> Result<Message, StateError> {
        self.shared.state().delete_as(room, author, message)
    }

    /// Hides a message from the API as the free plan does, or shows it again. Lists leave a hidden message
    /// out, and one that is asked for is 404, both with `chatwork-message-limitation: true`; a list without
    /// any other message is 204.
    ///
    /// # Errors
    /// Returns an error if the room or the message is unknown.
    pub fn set_hidden(
        &self,
        room: RoomId,
        message: MessageId,
        hidden: bool,
    ) -> Result<(), StateError> {
        self.shared.state().set_hidden(room, message, hidden)
    }

    /// Sets how far the counters of all rooms in `GET /rooms` lag behind, from now on.
    pub fn set_counter_lag(&self, lag: CounterLag) {
        // Only an unknown room is an error.
        let _ = self.shared.state().set_counter_lag(None, lag);
    }

    /// Sets how far the counters of one room lag behind, from now on.
    ///
    /// # Errors
    /// Returns an error if there is no such room.
    pub fn set_room_counter_lag(&self, room: RoomId, lag: CounterLag) -> Result<(), StateError> {
        self.shared.state().set_counter_lag(Some(room), lag)
    }

    /// Tasks of a room, oldest first.
    #[must_use]
    pub fn tasks(&self, room: RoomId) -> Vec<Task> {
        self.shared.state().tasks_of(room).cloned().collect()
    }

    /// Marks a task as done, or as open again, as the person who has it or gave it.
    ///
    /// # Errors
    /// Returns an error if there is no such task, or it is neither `account`'s nor given by it.
    pub fn set_task_status_as(
        &self,
        account: AccountId,
        task: TaskId,
        status: TaskStatus,
    ) -> Result<(), StateError> {
        self.shared
            .state()
            .set_task_status_as(account, task, status)
    }
}

//! Errors of operations on the state.

use crate::{AccountId, MessageId, RoomId, TaskId, WebhookId};

/// An operation that is invalid in the current state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StateError {
    /// No such account.
    #[error("there is no account {0}")]
    NoSuchAccount(AccountId),
    /// No such room.
    #[error("there is no room {0}")]
    NoSuchRoom(RoomId),
    /// The account is not in the room.
    #[error("account {account} is not in room {room}")]
    NotInRoom {
        /// The account.
        account: AccountId,
        /// The room.
        room: RoomId,
    },
    /// The accounts are not contacts of each other.
    #[error("accounts {0} and {1} are not contacts")]
    NotContacts(AccountId, AccountId),
    /// The message is empty.
    #[error("a message needs a body")]
    EmptyBody,
    /// The accounts are contacts already, or the same account.
    #[error("accounts {0} and {1} cannot become contacts")]
    CannotBeContacts(AccountId, AccountId),
    /// No such message in the room.
    #[error("there is no message {0} in the room")]
    NoSuchMessage(MessageId),
    /// Somebody else wrote the message.
    #[error("account {account} did not write message {message}")]
    NotAuthor {
        /// The account.
        account: AccountId,
        /// The message.
        message: MessageId,
    },
    /// The message is deleted.
    #[error("message {0} is deleted")]
    Deleted(MessageId),
    /// No such task.
    #[error("there is no task {0}")]
    NoSuchTask(TaskId),
    /// The account is neither the person who has the task nor the one who gave it, or cannot write in its room.
    #[error("account {account} may not change task {task}")]
    NotTaskMember {
        /// The account.
        account: AccountId,
        /// The task.
        task: TaskId,
    },
    /// No such webhook.
    #[error("there is no webhook {0}")]
    NoSuchWebhook(WebhookId),
    /// The account has as many webhooks as Chatwork allows.
    #[error("an account has at most {} webhooks", crate::webhook::MAX_WEBHOOKS)]
    TooManyWebhooks,
    /// The webhook's URL is not `http://` on this machine, which no event may leave.
    #[error("a webhook's URL begins with http:// and names this machine")]
    WebhookUrl,
    /// The webhook's token is not base64.
    #[error("a webhook's token is base64")]
    WebhookToken,
}

//! Identifiers as types, so that a room can never be passed where an account is meant.
//!
//! Ours (`HostId`, `GroupId`, `DeviceId`, `ButtonId`) are short strings made by the app; Chatwork's
//! (`AccountId`, `RoomId`, `MessageId`) are numbers that Chatwork made; `CallId` is made by the
//! tablet. Reading ids out of pasted text is `chatwork_id`'s work.

mod call_id;
mod chatwork;
mod key;

pub use call_id::{CallId, Reference};
pub use chatwork::{AccountId, InvalidChatworkId, MessageId, RoomId};
pub use key::{ButtonId, DeviceId, GroupId, HostId, InvalidKey};

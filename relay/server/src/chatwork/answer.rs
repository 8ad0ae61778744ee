//! Chatwork's JSON as far as the relay reads it. Anything else in an answer is ignored, and nothing
//! is taken for granted.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use yobirin_api::chatwork::{Bot, ContactRequest, Person, Room, RoomKind};
use yobirin_domain::id::{AccountId, MessageId, RoomId};

#[derive(Debug, Deserialize)]
pub(super) struct WireMe {
    account_id: AccountId,
    #[serde(default)]
    name: String,
    #[serde(default)]
    organization_name: String,
    #[serde(default)]
    avatar_image_url: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct WireRoom {
    room_id: RoomId,
    #[serde(default)]
    name: String,
    r#type: WireKind,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WireKind {
    My,
    Direct,
    #[serde(other)]
    Group,
}

/// A contact or a room's member; only contacts have a room.
#[derive(Debug, Deserialize)]
pub(super) struct WirePerson {
    pub account_id: AccountId,
    pub room_id: Option<RoomId>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    department: String,
}

/// Somebody who asks to become a contact.
#[derive(Debug, Deserialize)]
pub(super) struct WireRequest {
    request_id: u64,
    #[serde(default)]
    message: String,
    #[serde(flatten)]
    person: WirePerson,
}

/// One message of a room.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct WireMessage {
    pub(super) message_id: MessageId,
    pub(super) account: WireAuthor,
    pub(super) body: String,
    pub(super) send_time: u64,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct WireAuthor {
    pub account_id: AccountId,
}

impl From<WireMe> for Bot {
    fn from(me: WireMe) -> Self {
        Self {
            account: me.account_id,
            name: me.name,
            organization: me.organization_name,
            avatar: me.avatar_image_url,
        }
    }
}

impl From<WireRoom> for Room {
    fn from(room: WireRoom) -> Self {
        let kind = match room.r#type {
            WireKind::My => RoomKind::My,
            WireKind::Direct => RoomKind::Direct,
            WireKind::Group => RoomKind::Group,
        };
        Self {
            id: room.room_id,
            name: room.name,
            kind,
        }
    }
}

impl From<WirePerson> for Person {
    fn from(person: WirePerson) -> Self {
        Self {
            account: person.account_id,
            name: person.name,
            department: person.department,
        }
    }
}

impl From<WireRequest> for ContactRequest {
    fn from(request: WireRequest) -> Self {
        Self {
            id: request.request_id,
            person: request.person.into(),
            message: request.message,
        }
    }
}

/// The id of a room that was just made, if the answer holds one.
pub(super) fn room_id(body: &[u8]) -> Option<RoomId> {
    #[derive(Deserialize)]
    struct Made {
        room_id: RoomId,
    }
    serde_json::from_slice::<Made>(body)
        .ok()
        .map(|made| made.room_id)
}

/// The id of a message that was just posted, if the answer holds one.
pub(super) fn message_id(body: &[u8]) -> Option<MessageId> {
    #[derive(Deserialize)]
    struct Posted {
        message_id: MessageId,
    }
    serde_json::from_slice::<Posted>(body)
        .ok()
        .map(|posted| posted.message_id)
}

/// True when a refusal has the form that Chatwork gives its own: `{"errors": […]}`.
pub(super) fn is_chatworks_own(body: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Refusal {
        errors: Vec<String>,
    }
    serde_json::from_slice::<Refusal>(body).is_ok_and(|refusal| !refusal.errors.is_empty())
}

/// True when a 429 is about posts in one room. The text is the only mark Chatwork gives.
pub(super) fn is_room_limit(body: &[u8]) -> bool {
    String::from_utf8_lossy(body)
        .to_lowercase()
        .contains("per room")
}

/// A list; 204 without a body is an empty one.
pub(super) fn list<T: DeserializeOwned>(status: u16, body: &[u8]) -> Option<Vec<T>> {
    if status == 204 {
        return Some(Vec::new());
    }
    serde_json::from_slice(body).ok()
}

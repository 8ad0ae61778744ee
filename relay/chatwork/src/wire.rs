//! Chatwork's JSON, as far as the relay reads it. Lists are read entry by entry: an unreadable entry is left
//! out and counted, and the others stay.
//!
//! Only ids are required. Every other field may be missing, null or of another type.

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use yobirin_api::chatwork::{Bot, ContactRequest, Listing, Person, Room, RoomKind};
use yobirin_domain::model::id::{AccountId, MessageId, RoomId};

#[derive(Debug, Deserialize)]
pub(super) struct WireMe {
    #[serde(deserialize_with = "deserialize_id")]
    account_id: AccountId,
    #[serde(default, deserialize_with = "deserialize_text")]
    name: String,
    #[serde(default, deserialize_with = "deserialize_text")]
    organization_name: String,
    #[serde(default, deserialize_with = "deserialize_text")]
    avatar_image_url: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct WireRoom {
    #[serde(deserialize_with = "deserialize_id")]
    room_id: RoomId,
    #[serde(default, deserialize_with = "deserialize_text")]
    name: String,
    /// `my`, `direct` or `group`; any other value counts as a group.
    #[serde(default, deserialize_with = "deserialize_text")]
    r#type: String,
}

/// A room with its counters.
#[derive(Debug, Deserialize)]
pub(super) struct WireCounters {
    #[serde(deserialize_with = "deserialize_id")]
    pub room_id: RoomId,
    #[serde(default, deserialize_with = "deserialize_optional_number")]
    pub last_update_time: Option<u64>,
    #[serde(default, deserialize_with = "deserialize_optional_number")]
    pub message_num: Option<u64>,
}

/// A contact or a member of a room. Only contacts have a room.
#[derive(Debug, Deserialize)]
pub(super) struct WirePerson {
    #[serde(deserialize_with = "deserialize_id")]
    pub account_id: AccountId,
    #[serde(default, deserialize_with = "deserialize_optional_number")]
    pub room_id: Option<RoomId>,
    #[serde(default, deserialize_with = "deserialize_text")]
    name: String,
    #[serde(default, deserialize_with = "deserialize_text")]
    department: String,
    /// `admin`, `member` or `readonly`; only members of a room have one.
    #[serde(default, deserialize_with = "deserialize_text")]
    role: String,
}

/// A contact request.
#[derive(Debug, Deserialize)]
pub(super) struct WireRequest {
    #[serde(deserialize_with = "deserialize_id")]
    request_id: u64,
    #[serde(default, deserialize_with = "deserialize_text")]
    message: String,
    #[serde(flatten)]
    person: WirePerson,
}

/// A message of a room.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct WireMessage {
    #[serde(deserialize_with = "deserialize_message_id")]
    pub message_id: MessageId,
    pub account: WireAuthor,
    #[serde(default, deserialize_with = "deserialize_text")]
    pub body: String,
    /// Time of sending in Unix seconds, when it is a number.
    #[serde(default, deserialize_with = "deserialize_optional_number")]
    pub send_time: Option<u64>,
    /// Time of the last edit in Unix seconds; 0 when the message was never edited.
    #[serde(default, deserialize_with = "deserialize_optional_number")]
    pub update_time: Option<u64>,
}

/// A task of a room.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct WireTask {
    #[serde(deserialize_with = "deserialize_message_id")]
    pub task_id: MessageId,
    #[serde(default, deserialize_with = "deserialize_text")]
    pub body: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct WireAuthor {
    #[serde(deserialize_with = "deserialize_id")]
    pub account_id: AccountId,
}

/// A list as Chatwork sent it.
#[derive(Clone, Debug)]
pub(super) struct WireList<T> {
    pub entries: Vec<T>,
    /// Unreadable entries, as compact JSON.
    pub unreadable: Vec<String>,
}

impl<T> WireList<T> {
    /// Converts the list to the contract's type.
    pub(super) fn into_listing<U: From<T>>(self) -> Listing<U> {
        Listing {
            entries: self.entries.into_iter().map(U::from).collect(),
            unreadable: self.unreadable.len(),
        }
    }
}

/// Reads an id: a number, or a number in a string.
fn deserialize_id<'de, D: Deserializer<'de>, T: TryFrom<u64>>(from: D) -> Result<T, D::Error> {
    let value = Value::deserialize(from)?;
    number_of(&value).ok_or_else(|| D::Error::custom("no Chatwork id"))
}

/// Reads an id, time or count that may be missing.
fn deserialize_optional_number<'de, D: Deserializer<'de>, T: TryFrom<u64>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    Ok(number_of(&Value::deserialize(from)?))
}

/// Reads a message id: digits in a string. As a JSON number it would lose precision beyond 2^53.
fn deserialize_message_id<'de, D: Deserializer<'de>>(from: D) -> Result<MessageId, D::Error> {
    let text = match Value::deserialize(from)? {
        Value::String(text) => text,
        other => other.to_string(),
    };
    MessageId::try_from(text).map_err(D::Error::custom)
}

fn number_of<T: TryFrom<u64>>(value: &Value) -> Option<T> {
    let number = match value {
        Value::String(digits) => digits.parse().ok(),
        other => other.as_u64(),
    };
    T::try_from(number?).ok()
}

/// Reads a text; `""` for null and for any other type.
fn deserialize_text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::String(text) => text,
        _ => String::new(),
    })
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
        let kind = match room.r#type.as_str() {
            "my" => RoomKind::My,
            "direct" => RoomKind::Direct,
            _ => RoomKind::Group,
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
            is_read_only: person.role == "readonly",
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

/// Reads the id of a created room.
pub(super) fn room_id(body: &[u8]) -> Option<RoomId> {
    #[derive(Deserialize)]
    struct CreatedRoom {
        room_id: RoomId,
    }
    serde_json::from_slice::<CreatedRoom>(body)
        .ok()
        .map(|created| created.room_id)
}

/// Reads the id of a posted message, or of the first of the tasks that were given. `None` when there is none, or when
/// the response is an error as well.
pub(super) fn message_id(body: &[u8]) -> Option<MessageId> {
    if is_chatwork_error(body) {
        return None;
    }
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Posted {
        Message { message_id: MessageId },
        Tasks { task_ids: Vec<u64> },
    }
    match serde_json::from_slice(body).ok()? {
        Posted::Message { message_id } => Some(message_id),
        Posted::Tasks { task_ids } => MessageId::try_from(task_ids.first()?.to_string()).ok(),
    }
}

/// True for the form of Chatwork's own errors: `{"errors": […]}`.
pub(super) fn is_chatwork_error(body: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Refusal {
        errors: Vec<String>,
    }
    serde_json::from_slice::<Refusal>(body).is_ok_and(|refusal| !refusal.errors.is_empty())
}

/// True when a 429 concerns the posts in one room. The text is the only difference that Chatwork makes.
pub(super) fn is_room_limit(body: &[u8]) -> bool {
    String::from_utf8_lossy(body)
        .to_lowercase()
        .contains("per room")
}

/// Reads a list; 204 without a body is an empty one. `None` when the response is not a list.
pub(super) fn parse_list<T: DeserializeOwned>(status: u16, body: &[u8]) -> Option<WireList<T>> {
    let values: Vec<Value> = match status {
        204 => Vec::new(),
        _ => serde_json::from_slice(body).ok()?,
    };
    let (mut entries, mut unreadable) = (Vec::with_capacity(values.len()), Vec::new());
    for value in values {
        match T::deserialize(&value) {
            Ok(entry) => entries.push(entry),
            Err(_) => unreadable.push(value.to_string()),
        }
    }
    Some(WireList {
        entries,
        unreadable,
    })
}

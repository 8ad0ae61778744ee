//! The connection to Chatwork as set-up sees it. The token goes in once and never comes out.

use serde::{Deserialize, Serialize};
use yobirin_domain::model::id::{AccountId, RoomId};

use crate::Millis;

/// `PUT /api/chatwork`: connect with this token, after asking Chatwork whose it is.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Connect {
    /// API token of the bot's account.
    pub token: String,
}

/// `GET /api/chatwork`, and the answer to connecting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Connection {
    /// No token is kept.
    Disconnected,
    /// Connected, and Chatwork takes the token.
    Connected {
        /// Whose token it is.
        bot: Bot,
        /// Since when.
        since: Millis,
        /// The last time in which Chatwork refused the token.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outage: Option<Outage>,
    },
    /// A token is kept, but Chatwork does not take it (401): calls wait. Chatwork is asked every minute,
    /// and they go on by themselves when it takes the token again.
    Refused {
        /// Whose token it was.
        bot: Bot,
        /// Since when it has been refused.
        since: Millis,
    },
}

/// A time in which Chatwork refused the token, and then took it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Outage {
    /// The first refusal.
    pub since: Millis,
    /// The first answer after it that was none.
    pub until: Millis,
}

/// The account that posts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bot {
    /// Account id.
    pub account: AccountId,
    /// Name.
    pub name: String,
    /// Organisation, or `""`.
    pub organization: String,
    /// Picture, an `https:` URL, or `""`.
    pub avatar: String,
}

/// A list of Chatwork's, without the entries that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing<T> {
    /// The entries, in Chatwork's order.
    pub entries: Vec<T>,
    /// Number of entries that were left out because they could not be read.
    pub unreadable: usize,
}

/// `GET /api/chatwork/rooms`: one room the bot is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Room {
    /// Room id.
    pub id: RoomId,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: RoomKind,
}

/// Kind of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RoomKind {
    /// The bot's own chat.
    My,
    /// A private chat with one person.
    Direct,
    /// A group chat.
    Group,
}

/// `GET /api/chatwork/contacts` and `…/rooms/{id}/members`: one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    /// Account id.
    pub account: AccountId,
    /// Name.
    pub name: String,
    /// Department, or `""`.
    pub department: String,
}

/// `GET /api/chatwork/contact-requests`: somebody who asks to become the bot's contact, which a host
/// must be to be told directly. `POST …/{id}` accepts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactRequest {
    /// Chatwork's id of the request.
    pub id: u64,
    /// Who asks.
    pub person: Person,
    /// What they wrote, or `""`.
    pub message: String,
}

/// `POST /api/chatwork/rooms`: have the bot make a group chat. Answered with the [`Room`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewRoom {
    /// Its name, 1 to [`NewRoom::MAX_NAME`] characters.
    pub name: String,
    /// Who is in it besides the bot, at most [`NewRoom::MAX_PEOPLE`]. They may invite others, as the
    /// bot may.
    pub people: Vec<AccountId>,
}

impl NewRoom {
    /// Longest name, in characters; our own limit.
    pub const MAX_NAME: usize = 80;
    /// Most people; our own limit.
    pub const MAX_PEOPLE: usize = 200;
}

/// `GET /api/chatwork/traffic`: what waits to be sent, and what may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Traffic {
    /// Messages that wait.
    pub waiting: u64,
    /// Since when the oldest of them has waited.
    pub oldest: Option<Millis>,
    /// Requests that are left of Chatwork's 300 in five minutes.
    pub left: u32,
    /// Chatwork is left alone until then: it did not answer, or refused for its limit.
    pub resting: Option<Millis>,
}

//! Connection to Chatwork, as set-up sees it. The token is sent once and never returned.

use serde::{Deserialize, Serialize};
use yobirin_domain::model::id::{AccountId, RoomId};
use yobirin_domain::text::{self, Lines};

use crate::Millis;

/// `PUT /api/chatwork`: connects with this token, after checking it with Chatwork.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Connect {
    /// API token of the bot's account.
    pub token: String,
}

/// `GET /api/chatwork`, and the response to connecting: state of the connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Connection {
    /// No token is stored.
    Disconnected,
    /// Connected. Chatwork accepts the token.
    Connected {
        /// Account of the token.
        bot: Bot,
        /// Time of connecting.
        since: Millis,
        /// Latest outage since then, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outage: Option<Outage>,
    },
    /// Chatwork refuses the stored token (401), and calls wait. The token is probed every minute; delivery
    /// resumes by itself once Chatwork accepts it again.
    Refused {
        /// Account of the token.
        bot: Bot,
        /// Time of the first refusal.
        since: Millis,
    },
}

/// Period in which Chatwork refused the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Outage {
    /// Time of the first refusal.
    pub since: Millis,
    /// Time of the first accepted request after it.
    pub until: Millis,
}

/// Account that posts.
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

/// List from Chatwork, without its unreadable entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing<T> {
    /// Entries, in Chatwork's order.
    pub entries: Vec<T>,
    /// Number of unreadable entries that were left out.
    pub unreadable: usize,
}

/// `GET /api/chatwork/rooms`: a room of the bot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Room {
    /// Room id.
    pub id: RoomId,
    /// Name.
    pub name: String,
    /// Kind of the room.
    pub kind: RoomKind,
}

/// Kind of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RoomKind {
    /// The bot's chat with itself.
    My,
    /// Private chat with one account.
    Direct,
    /// Group chat.
    Group,
}

/// `GET /api/chatwork/contacts` and `…/rooms/{id}/members`: an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    /// Account id.
    pub account: AccountId,
    /// Name.
    pub name: String,
    /// Department, or `""`.
    pub department: String,
    /// True for a member of a room who may only read it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_read_only: bool,
}

/// `GET /api/chatwork/contact-requests`: a request to become the bot's contact, which a host must be for
/// direct notifications. `POST …/{id}` accepts it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactRequest {
    /// Chatwork's id of the request.
    pub id: u64,
    /// Account that asks.
    pub person: Person,
    /// Text of the request, or `""`.
    pub message: String,
}

/// `POST /api/chatwork/rooms`: creates a group chat with the bot. The response is the [`Room`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewRoom {
    /// Name, 1 to [`NewRoom::MAX_NAME`] characters.
    pub name: String,
    /// Members besides the bot, at most [`NewRoom::MAX_PEOPLE`]. Like the bot, they may invite others.
    pub people: Vec<AccountId>,
}

impl NewRoom {
    /// Maximum length of the name, in characters. Our decision.
    pub const MAX_NAME: usize = 80;
    /// Maximum number of members besides the bot. Our decision.
    pub const MAX_PEOPLE: usize = 200;

    /// Checks every field.
    ///
    /// # Errors
    /// A description of valid fields.
    pub fn check(&self) -> Result<(), String> {
        let name = text::check(&self.name, Self::MAX_NAME, Lines::One);
        if name.is_err() || self.name.is_empty() || self.people.len() > Self::MAX_PEOPLE {
            let (name, people) = (Self::MAX_NAME, Self::MAX_PEOPLE);
            return Err(format!(
                "name: one line of 1 to {name} characters; people: {people} at most"
            ));
        }
        Ok(())
    }
}

/// `GET /api/chatwork/traffic`: length of the outbox, and the requests left under Chatwork's limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Traffic {
    /// Number of messages that wait.
    pub waiting: u64,
    /// Time of acceptance of the oldest of them; `None` when none waits.
    pub oldest: Option<Millis>,
    /// Requests left of Chatwork's 300 in five minutes.
    pub requests_left: u32,
    /// End of the current pause, because Chatwork did not respond or its limit was reached; `None` without a pause.
    pub paused_until: Option<Millis>,
}

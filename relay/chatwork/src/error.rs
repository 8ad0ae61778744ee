//! Errors of requests to Chatwork.

use thiserror::Error;
use yobirin_api::Millis;

use super::transport::TransportError;

/// Error of a request to Chatwork.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum GatewayError {
    /// No account is connected.
    #[error("no Chatwork account is connected")]
    NotConnected,
    /// 401 with Chatwork's error body.
    #[error("Chatwork does not accept the token")]
    TokenRefused,
    /// 403 or 404 with Chatwork's error body, for a room or for anything else that the request names.
    #[error("the room or contact request does not exist in Chatwork, or the bot may not use it")]
    NotFoundOrForbidden,
    /// The general limit is reached, by our own count or by Chatwork's 429. Holds the time to wait.
    #[error("Chatwork's request limit is used up")]
    RateLimited(Millis),
    /// The room's limit is reached. Holds the time to wait.
    #[error("Chatwork's limit for this room is used up")]
    RoomLimited(Millis),
    /// No response.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// 400 or another 4xx with Chatwork's error body: Chatwork refuses the request itself.
    #[error("Chatwork does not accept this request")]
    BadRequest,
    /// An unreadable response, or an error that is not Chatwork's own.
    #[error("unexpected response from Chatwork (status {0})")]
    UnexpectedReply(u16),
}

//! Errors of reading from Chatwork.

use thiserror::Error;
use yobirin_api::Millis;

use super::transport::TransportError;

/// Why something could not be read from Chatwork.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum GatewayError {
    /// No token is kept.
    #[error("no Chatwork account is connected")]
    NotConnected,
    /// 401, in Chatwork's own words.
    #[error("Chatwork does not accept the token")]
    TokenRefused,
    /// 403 or 404, in Chatwork's own words.
    #[error("Chatwork knows no such room, or the bot is not in it")]
    NoSuchRoom,
    /// Our own count, or Chatwork's 429.
    #[error("Chatwork's request limit is used up")]
    RateLimited(Millis),
    /// No answer.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// 400 and other 4xx, in Chatwork's own words: the request itself is not accepted.
    #[error("Chatwork does not accept this request")]
    BadRequest,
    /// An answer that makes no sense, or that Chatwork has not written.
    #[error("Chatwork answered {0} with something unexpected")]
    UnexpectedReply(u16),
}

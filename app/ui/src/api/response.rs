//! Result of a request to the relay: a value with its ETag, or the one error type of the client.

use thiserror::Error;
use yobirin_api::{ErrorBody, ErrorCode};

/// Why the relay did not do what was asked.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ClientError {
    /// No answer: no network, or the relay is down.
    #[error("the relay cannot be reached")]
    Unreachable,
    /// The relay answered with an error of its own.
    #[error("{}", .0.message)]
    Refused(ErrorBody),
    /// Something else answered in the relay's place: a proxy, a Wi-Fi portal. It says nothing about the
    /// request.
    #[error("an answer of status {0} that is not the relay's")]
    NotRelay(u16),
    /// The relay answered, but not in words that this app knows: an error code of a newer relay, a broken
    /// body.
    #[error("unexpected answer, status {0}")]
    Unexpected(u16),
}

impl ClientError {
    /// The relay's code, when it was the relay that refused.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused(error) => Some(error.code),
            Self::Unreachable | Self::NotRelay(_) | Self::Unexpected(_) => None,
        }
    }

    /// True when trying the same again later can help: no network, a relay that is down, starting or
    /// overloaded, or an answer that is not known to be its refusal. False when the relay has refused.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Unreachable | Self::NotRelay(_) | Self::Unexpected(_) => true,
            Self::Refused(error) => {
                error.code.status() >= 500
                    || matches!(
                        error.code,
                        ErrorCode::TooManyTries | ErrorCode::TooSlow | ErrorCode::WrongHost
                    )
            }
        }
    }
}

/// Result of asking the relay.
pub type ApiResult<T> = Result<T, ClientError>;

/// A settings document with the ETag under which the relay keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithEtag {
    /// The document's JSON, as the relay sent it.
    pub json: String,
    /// Strong ETag, quotes included; pass it back to save or to ask for changes.
    pub etag: String,
}

//! Result of a request to the relay: a value with its ETag, or the client's error.

use thiserror::Error;
use yobirin_api::{ErrorBody, ErrorCode};

/// Why a request failed.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ClientError {
    /// No answer: no network, or the relay is down.
    #[error("the relay cannot be reached")]
    Unreachable,
    /// The relay answered with an error of its own.
    #[error("{}", .0.message)]
    Refused(ErrorBody),
    /// An answer of this status that the relay did not write: a proxy's, a captive portal's. It says
    /// nothing about the request.
    #[error("an answer of status {0} that is not the relay's")]
    NotRelay(u16),
    /// An answer of the relay that this app cannot read: an error code of a newer relay, a broken body.
    #[error("unexpected answer, status {0}")]
    Unexpected(u16),
}

impl ClientError {
    /// The relay's error code, when the relay refused the request.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused(error) => Some(error.code),
            Self::Unreachable | Self::NotRelay(_) | Self::Unexpected(_) => None,
        }
    }

    /// True when a retry can help: no network, a relay that is down, starting or overloaded, or an
    /// answer that is not known to be the relay's refusal.
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

/// Result of a request.
pub type ApiResult<T> = Result<T, ClientError>;

/// A settings document with its ETag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithEtag {
    /// JSON of the document, as the relay sent it.
    pub json: String,
    /// Strong ETag, quotes included.
    pub etag: String,
}

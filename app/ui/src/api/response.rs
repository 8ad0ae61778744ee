//! Results of requests to the relay: [`ApiResult`], its error, and the settings with their ETag.

use thiserror::Error;
use yobirin_api::{ErrorBody, ErrorCode};

/// Reason for a failed request.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ClientError {
    /// No response: no network, or the relay is down.
    #[error("the relay cannot be reached")]
    Unreachable,
    /// The relay responded with an error code: a refusal (4xx) or a failure of its own (5xx).
    #[error("{}", .0.message)]
    RelayError(ErrorBody),
    /// The relay responded that Chatwork's request limit is used up.
    #[error("Chatwork's request limit is used up until {until}")]
    ChatworkLimited {
        /// Time by this machine's clock at which it is free again at the latest, in milliseconds since 1970.
        until: u64,
    },
    /// A response with this status that the relay did not send, but a proxy or a captive portal. It says nothing
    /// about the request.
    #[error("a response of status {0} that is not the relay's")]
    NotRelay(u16),
    /// A response of the relay, with this status, that this app cannot read: an error code of a newer relay, an
    /// unexpected success status, or a body that is not the expected JSON.
    #[error("unexpected response, status {0}")]
    Unexpected(u16),
}

impl ClientError {
    /// The relay's error code; `None` when the relay sent none.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::RelayError(error) => Some(error.code),
            Self::ChatworkLimited { .. } => Some(ErrorCode::ChatworkLimited),
            Self::Unreachable | Self::NotRelay(_) | Self::Unexpected(_) => None,
        }
    }

    /// True when the same request can succeed later: no network; a response that is not the relay's, or unreadable; a
    /// failure of the relay (5xx); a body that arrived too slowly (408); a rate limit (429); a wrong host name (421),
    /// which is a mistake of the proxy or of the relay's options, not of the request.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Unreachable
            | Self::ChatworkLimited { .. }
            | Self::NotRelay(_)
            | Self::Unexpected(_) => true,
            Self::RelayError(error) => {
                error.code.status() >= 500
                    || matches!(
                        error.code,
                        ErrorCode::TooManyTries
                            | ErrorCode::ChatworkLimited
                            | ErrorCode::TooSlow
                            | ErrorCode::WrongHost
                    )
            }
        }
    }
}

/// Content of the relay's response, or the reason for a failed request.
pub type ApiResult<T> = Result<T, ClientError>;

/// The settings document, not parsed yet, with its ETag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsJson {
    /// JSON of the document, as the relay sent it.
    pub json: String,
    /// Strong ETag, quotes included.
    pub etag: String,
}

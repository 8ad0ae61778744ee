//! Errors of handlers: named ones, which the caller sees, and internal ones, which are logged and shown as an
//! opaque 500.

use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use thiserror::Error;
use yobirin_api::{ErrorBody, ErrorCode};
use yobirin_domain::validate::Problem;

use crate::crypto::encryption::EncryptionError;
use crate::settings::SettingsError;
use yobirin_chatwork::GatewayError;
use yobirin_store::{StoreError, Unavailable};

/// Result of a handler.
pub(crate) type ApiResult<T> = Result<T, ApiError>;

/// Error of a handler.
#[derive(Debug, Error)]
pub(crate) enum ApiError {
    /// Error that the caller sees.
    #[error("{}", .0.message)]
    Named(ErrorBody),
    /// The caller has no attempts left; the response has the time of the next one.
    #[error("no attempts left for {wait} s")]
    Limited {
        /// Seconds until the next attempt.
        wait: u64,
    },
    /// Chatwork's request limit is used up; the response has the time of the next request.
    #[error("{message}")]
    ChatworkLimited {
        /// Seconds until the next request.
        wait: u64,
        /// Description of the limit.
        message: String,
    },
    /// Error that only the log shows.
    #[error("{0}")]
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl ApiError {
    /// Creates a named error.
    pub(crate) fn named(code: ErrorCode, message: impl Into<String>) -> Self {
        Self::Named(error_body(code, message))
    }

    /// Creates a rate-limit error; the next attempt is allowed in `wait` seconds.
    pub(crate) fn limited(wait: u64) -> Self {
        Self::Limited { wait }
    }

    /// Creates the error of invalid settings.
    pub(crate) fn settings(problems: Vec<Problem>) -> Self {
        let message = format!(
            "the settings have problems ({}); see `problems`",
            problems.len()
        );
        Self::Named(ErrorBody {
            problems,
            ..error_body(ErrorCode::InvalidSettings, message)
        })
    }

    /// Creates the error of a wrong code of the second factor.
    pub(crate) fn wrong_code() -> Self {
        let message = "the code is wrong, expired or used before: enter the current one, and check \
                       the clocks of phone and relay";
        Self::named(ErrorCode::WrongCode, message)
    }

    /// Creates the error of a missing resource.
    pub(crate) fn not_found(what: &str) -> Self {
        Self::named(ErrorCode::NotFound, format!("no such {what}"))
    }

    /// Creates an internal error.
    pub(crate) fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }
}

fn error_body(code: ErrorCode, message: impl Into<String>) -> ErrorBody {
    ErrorBody {
        code,
        message: message.into(),
        problems: Vec::new(),
    }
}

/// Creates a 400 error with its reason.
pub(crate) fn bad_request(why: &impl std::fmt::Display) -> ApiError {
    ApiError::named(ErrorCode::Malformed, why.to_string())
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let (code, message) = match error.unavailable() {
            Some(Unavailable::DiskFull) => (
                ErrorCode::StorageFull,
                "the relay's disk is full: free some space; the relay resumes by itself",
            ),
            Some(Unavailable::Unreachable) => (
                ErrorCode::StorageAway,
                "the relay's database does not answer: try again later; the relay resumes by itself",
            ),
            None => return Self::internal(error),
        };
        tracing::error!(%error, "database unavailable");
        Self::named(code, message)
    }
}

impl From<EncryptionError> for ApiError {
    fn from(error: EncryptionError) -> Self {
        Self::internal(error)
    }
}

impl From<SettingsError> for ApiError {
    fn from(error: SettingsError) -> Self {
        match error {
            SettingsError::Store(error) => error.into(),
            other => Self::internal(other),
        }
    }
}

impl From<GatewayError> for ApiError {
    fn from(error: GatewayError) -> Self {
        let (code, advice) = match error {
            GatewayError::NotConnected => (ErrorCode::NotConnected, "connect one first"),
            GatewayError::TokenRefused => (ErrorCode::TokenRefused, "check it in Chatwork"),
            GatewayError::NotFoundOrForbidden => (ErrorCode::NotFound, "check the room id"),
            GatewayError::RateLimited(wait) | GatewayError::RoomLimited(wait) => {
                let wait = wait.div_ceil(1000).max(1);
                let message = format!("{error}: wait {wait} seconds");
                return Self::ChatworkLimited { wait, message };
            }
            GatewayError::Transport(_) => (ErrorCode::ChatworkUnreachable, "check the network"),
            GatewayError::BadRequest => (ErrorCode::Malformed, "check the request"),
            GatewayError::UnexpectedReply(_) => (ErrorCode::ChatworkFailed, "try again later"),
        };
        Self::named(code, format!("{error}: {advice}"))
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (body, wait) = match self {
            Self::Named(body) => (body, None),
            Self::Limited { wait } => {
                let message = format!("too many attempts: wait {wait} seconds");
                (error_body(ErrorCode::TooManyTries, message), Some(wait))
            }
            Self::ChatworkLimited { wait, message } => {
                (error_body(ErrorCode::ChatworkLimited, message), Some(wait))
            }
            Self::Internal(error) => {
                tracing::error!(%error, "internal error");
                let message = "internal error: the relay's log has the details";
                (error_body(ErrorCode::Internal, message), None)
            }
        };
        let status = StatusCode::from_u16(body.code.status());
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let wait = wait.or(body.code.retry_after_seconds());
        let wait = wait.map(|seconds| [(RETRY_AFTER, seconds.to_string())]);
        // The request log sees responses only, and reads the code from here.
        let code = Extension(body.code);
        (status, wait, code, Json(body)).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_internal_error_is_opaque() {
        let response = ApiError::internal("the disk is full of secrets").into_response();
        assert_eq!(response.status(), 500);
        let body = axum::body::to_bytes(response.into_body(), 1_000).await;
        let body = String::from_utf8(body.unwrap().into()).unwrap();
        assert!(!body.contains("secrets"), "{body}");
    }

    #[test]
    fn an_unavailable_database_says_when_to_retry() {
        let unavailable = StoreError::Database(sqlx::Error::PoolTimedOut);
        let response = ApiError::from(unavailable).into_response();
        assert_eq!(response.status(), 503);
        assert!(response.headers().contains_key(RETRY_AFTER));
        let unexpected = StoreError::Database(sqlx::Error::RowNotFound);
        let response = ApiError::from(unexpected).into_response();
        assert_eq!(response.status(), 500, "an unexpected error stays opaque");
        assert!(!response.headers().contains_key(RETRY_AFTER));
    }

    #[test]
    fn a_used_up_limit_of_chatwork_says_when_the_next_request_may_be_sent() {
        let error = GatewayError::RateLimited(61_001);
        let response = ApiError::from(error).into_response();
        assert_eq!(response.headers()[RETRY_AFTER], "62");
    }

    #[test]
    fn errors_of_chatwork_have_their_own_status() {
        let cases = [
            (GatewayError::NotConnected, 409),
            (GatewayError::TokenRefused, 422),
            (GatewayError::NotFoundOrForbidden, 404),
            (GatewayError::RateLimited(1), 429),
            (GatewayError::RoomLimited(1), 429),
            (
                GatewayError::Transport(yobirin_chatwork::TransportError::NotSent),
                503,
            ),
            (GatewayError::BadRequest, 400),
            (GatewayError::UnexpectedReply(500), 502),
        ];
        for (error, status) in cases {
            let text = error.to_string();
            let response = ApiError::from(error).into_response();
            assert_eq!(response.status(), status, "{text}");
        }
    }
}

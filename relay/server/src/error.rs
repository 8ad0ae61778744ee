//! What a handler can fail with: named errors, which the caller is told, and everything else, which
//! is only logged and shows as an opaque 500.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use yobirin_api::{ApiError, ErrorCode};
use yobirin_domain::check::Problem;

use crate::chatwork::LinkError;
use crate::store::StoreError;

/// Result of a handler.
pub(crate) type Answer<T> = Result<T, Failure>;

/// Why a request failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The caller is told.
    Named(ApiError),
    /// The log is told.
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl Failure {
    /// A named error.
    pub(crate) fn named(code: ErrorCode, message: impl Into<String>) -> Self {
        Self::Named(ApiError {
            code,
            message: message.into(),
            problems: Vec::new(),
        })
    }

    /// Settings with problems.
    pub(crate) fn settings(problems: Vec<Problem>) -> Self {
        let message = format!(
            "the settings have {} problems; see `problems`",
            problems.len()
        );
        Self::Named(ApiError {
            code: ErrorCode::InvalidSettings,
            message,
            problems,
        })
    }

    /// Nothing of that name.
    pub(crate) fn not_found(what: &str) -> Self {
        Self::named(ErrorCode::NotFound, format!("there is no such {what}"))
    }

    /// Something broke that the caller cannot help.
    pub(crate) fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::internal(error)
    }
}

impl From<LinkError> for Failure {
    fn from(error: LinkError) -> Self {
        let (code, next) = match error {
            LinkError::NotConnected => (ErrorCode::NotConnected, "connect one first"),
            LinkError::TokenRefused => (ErrorCode::TokenRefused, "check it in Chatwork"),
            LinkError::NoSuchRoom => (ErrorCode::NotFound, "check the room id"),
            LinkError::Limited(_) => (ErrorCode::TooManyTries, "wait a few minutes"),
            LinkError::Silent(_) => (ErrorCode::ChatworkUnreachable, "check the network"),
            LinkError::Garbled(_) => (ErrorCode::ChatworkFailed, "try again later"),
        };
        Self::named(code, format!("{error}: {next}"))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let body = match self {
            Self::Named(error) => error,
            Self::Internal(error) => {
                tracing::error!(%error, "a request failed");
                let message = "something went wrong in the relay; its log has the details".into();
                ApiError {
                    code: ErrorCode::Internal,
                    message,
                    problems: Vec::new(),
                }
            }
        };
        let status = StatusCode::from_u16(body.code.status());
        (
            status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            Json(body),
        )
            .into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_broke_inside_is_not_told() {
        let response = Failure::internal("the disk is full of secrets").into_response();
        assert_eq!(response.status(), 500);
    }

    #[test]
    fn trouble_with_chatwork_has_its_own_status() {
        let cases = [
            (LinkError::NotConnected, 409),
            (LinkError::TokenRefused, 422),
            (LinkError::NoSuchRoom, 404),
            (LinkError::Limited(1), 429),
            (LinkError::Silent(crate::chatwork::Silence::NotSent), 503),
            (LinkError::Garbled(500), 502),
        ];
        for (error, status) in cases {
            let words = error.to_string();
            assert_eq!(
                Failure::from(error).into_response().status(),
                status,
                "{words}"
            );
        }
    }
}

//! Every way in which the API says no, with its status and its words.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::response;
use crate::shared::Shared;

/// Texts marked (ours) are nowhere documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error("Parameter '{0}' is required")]
    Required(&'static str),
    /// (ours)
    #[error("Parameter '{0}' is invalid")]
    Invalid(&'static str),
    /// (ours)
    #[error("Parameter 'body' is too long")]
    TooLong,
    /// (ours)
    #[error("Request body is too large")]
    TooLarge,
    #[error("Invalid API token")]
    Token,
    /// The room is unknown or not open to the caller; the status is a switch.
    #[error("You don't have permission to send/edit message.")]
    Room(StatusCode),
    /// Only a room's admin may do this. (ours)
    #[error("You don't have permission to edit members.")]
    Members,
    /// (ours)
    #[error("Message not found")]
    Message,
    /// (ours)
    #[error("Contact request not found")]
    Request,
    #[error("Invalid Endpoint or HTTP method")]
    Endpoint,
    #[error("Rate limit for message posting per room exceeded.")]
    RoomLimit,
    /// (ours)
    #[error("Rate limit exceeded.")]
    GeneralLimit,
}

impl Refusal {
    /// The refusal for a room, with the status this simulator was told to use.
    pub(super) fn room(shared: &Shared) -> Self {
        let status = StatusCode::from_u16(shared.refused_room_status);
        Self::Room(status.unwrap_or(StatusCode::FORBIDDEN))
    }

    fn status(self) -> StatusCode {
        match self {
            Self::Required(_) | Self::Invalid(_) | Self::TooLong => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Token => StatusCode::UNAUTHORIZED,
            Self::Room(status) => status,
            Self::Members => StatusCode::FORBIDDEN,
            Self::Message | Self::Request | Self::Endpoint => StatusCode::NOT_FOUND,
            Self::RoomLimit | Self::GeneralLimit => StatusCode::TOO_MANY_REQUESTS,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        response::json(self.status(), &json!({ "errors": [self.to_string()] }))
    }
}

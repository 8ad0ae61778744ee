//! Error responses of the API: status and message.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::response;
use crate::shared::Shared;

/// An error response. Texts marked "not documented" are our own; the others are Chatwork's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum ApiError {
    #[error("Parameter '{0}' is required")]
    MissingParameter(&'static str),
    /// Text not documented by Chatwork.
    #[error("Parameter '{0}' is invalid")]
    InvalidParameter(&'static str),
    /// Text not documented by Chatwork.
    #[error("Parameter 'body' is too long")]
    BodyTooLong,
    /// Text not documented by Chatwork.
    #[error("Request body is too large")]
    PayloadTooLarge,
    #[error("Invalid API token")]
    InvalidToken,
    /// The room is unknown or the caller is not a member. The status comes from [`crate::Options`].
    #[error("You don't have permission to send/edit message.")]
    InaccessibleRoom(StatusCode),
    /// The caller is not an admin of the room. Text not documented by Chatwork.
    #[error("You don't have permission to edit members.")]
    NotRoomAdmin,
    /// The message is somebody else's or deleted. Status and text are those of an inaccessible room.
    #[error("You don't have permission to send/edit message.")]
    NotOwnMessage,
    /// Text not documented by Chatwork.
    #[error("Message not found")]
    MessageNotFound,
    /// The office's plan hides the message. Text not documented by Chatwork.
    #[error("Message not found")]
    MessageHidden,
    /// The task is somebody else's. Text not documented by Chatwork.
    #[error("You don't have permission to edit task.")]
    NotOwnTask,
    /// Text not documented by Chatwork.
    #[error("Task not found")]
    TaskNotFound,
    /// Text not documented by Chatwork.
    #[error("Contact request not found")]
    RequestNotFound,
    #[error("Invalid Endpoint or HTTP method")]
    UnknownEndpoint,
    #[error("Rate limit for message posting per room exceeded.")]
    RoomLimit,
    /// Text not documented by Chatwork.
    #[error("Rate limit exceeded.")]
    GeneralLimit,
}

impl ApiError {
    /// The error for an inaccessible room, with the configured status.
    pub(super) fn inaccessible_room(shared: &Shared) -> Self {
        let status = StatusCode::from_u16(shared.refused_room_status);
        Self::InaccessibleRoom(status.unwrap_or(StatusCode::FORBIDDEN))
    }

    fn status(self) -> StatusCode {
        match self {
            Self::MissingParameter(_) | Self::InvalidParameter(_) | Self::BodyTooLong => {
                StatusCode::BAD_REQUEST
            }
            Self::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::InvalidToken => StatusCode::UNAUTHORIZED,
            Self::InaccessibleRoom(status) => status,
            Self::NotRoomAdmin | Self::NotOwnMessage | Self::NotOwnTask => StatusCode::FORBIDDEN,
            Self::MessageNotFound
            | Self::MessageHidden
            | Self::TaskNotFound
            | Self::RequestNotFound
            | Self::UnknownEndpoint => StatusCode::NOT_FOUND,
            Self::RoomLimit | Self::GeneralLimit => StatusCode::TOO_MANY_REQUESTS,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let error = response::json(self.status(), &json!({ "errors": [self.to_string()] }));
        match self {
            Self::MessageHidden => response::limited(error),
            _ => error,
        }
    }
}

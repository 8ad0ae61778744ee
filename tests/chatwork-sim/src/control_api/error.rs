//! Errors of the control API, as `{"error": "…"}`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::StateError;

#[derive(Clone, Copy, Debug, thiserror::Error)]
pub(super) enum ControlError {
    #[error("{0}")]
    NotFound(&'static str),
    #[error(transparent)]
    StateError(#[from] StateError),
}

impl IntoResponse for ControlError {
    fn into_response(self) -> Response {
        let status = match self {
            Self::NotFound(_)
            | Self::StateError(
                StateError::NoSuchRoom(_)
                | StateError::NoSuchMessage(_)
                | StateError::NoSuchTask(_)
                | StateError::NoSuchWebhook(_),
            ) => StatusCode::NOT_FOUND,
            Self::StateError(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        (status, Json(json!({ "error": self.to_string() }))).into_response()
    }
}

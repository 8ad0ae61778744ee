//! What the control API says when it cannot: `{"error": "…"}`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::Unfit;

#[derive(Clone, Copy, Debug, thiserror::Error)]
pub(super) enum Problem {
    #[error("{0}")]
    Unknown(&'static str),
    #[error(transparent)]
    Unfit(#[from] Unfit),
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Unknown(_) | Self::Unfit(Unfit::Room(_)) => StatusCode::NOT_FOUND,
            Self::Unfit(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        (status, Json(json!({ "error": self.to_string() }))).into_response()
    }
}

//! Test messages of set-up, and the state of any bot message.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use yobirin_api::message::{SentMessage, TestMessage};
use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::message::test_message;
use yobirin_domain::model::id::CallId;
use yobirin_domain::routing::Destination;

use crate::auth::Admin;
use crate::error::{ApiError, ApiResult};
use crate::forward::bot_message;
use crate::routes::extract::{ApiJson, ApiPath};
use crate::state::SharedState;

/// Lifetime of a test message. Short, because an admin waits for it.
pub(super) const TEST_LIFETIME_MS: Millis = 2 * 60 * 1000;

/// `POST /api/test-message`.
pub(crate) async fn test(
    _: Admin,
    State(state): State<SharedState>,
    ApiJson(request): ApiJson<TestMessage>,
) -> ApiResult<(StatusCode, Json<SentMessage>)> {
    let current = state.settings.get();
    let default = current.settings.site().default_room;
    let Some(to) = request.to.or(default.map(Destination::Room)) else {
        let message = "no default room is set: save one, or send a destination";
        return Err(ApiError::named(ErrorCode::DestinationNotAllowed, message));
    };
    let text = |reference| test_message(&current.settings, reference);
    let sent = bot_message::send(&state, to, TEST_LIFETIME_MS, text).await?;
    Ok((StatusCode::ACCEPTED, Json(sent)))
}

/// `GET /api/messages/{id}`.
pub(crate) async fn show(
    _: Admin,
    State(state): State<SharedState>,
    ApiPath(id): ApiPath<CallId>,
) -> ApiResult<Json<SentMessage>> {
    Ok(Json(bot_message::status(&state, id).await?))
}

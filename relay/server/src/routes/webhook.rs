//! Chatwork's webhook: its events, and its token as set-up sets it.

use axum::Json;
use axum::extract::{FromRequest as _, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use yobirin_api::ErrorCode;
use yobirin_api::webhook::{SetWebhook, WEBHOOK_PATH, Webhook};
use zeroize::Zeroizing;

use crate::auth::{Admin, WithSecondFactor};
use crate::error::{ApiError, ApiResult};
use crate::routes::extract::{ApiJson, JsonBytes};
use crate::state::{AppState, SharedState};
use yobirin_chatwork::{WEBHOOK_SIGNATURE_HEADER, mentioned_in};

/// `POST /hook/chatwork`: wakes the listener for the room of a mention. Every other event with a right signature is
/// ignored. Without a token, every event is refused in the same way as one with a wrong signature.
pub(crate) async fn receive(
    State(state): State<SharedState>,
    request: Request,
) -> ApiResult<StatusCode> {
    let header = request.headers().get(WEBHOOK_SIGNATURE_HEADER);
    let signature = header.and_then(|value| value.to_str().ok());
    let signature = signature.filter(|_| state.webhook.since().is_some());
    let Some(signature) = signature.map(str::to_owned) else {
        return Err(refused(&state));
    };
    let JsonBytes(body) = JsonBytes::from_request(request, &state).await?;
    if !state.webhook.accepts(&body, &signature) {
        return Err(refused(&state));
    }
    match mentioned_in(&body) {
        Some(room) => {
            state.metrics.webhook_accepted.inc();
            let _ = room;
        }
        None => state.metrics.webhook_ignored.inc(),
    }
    Ok(StatusCode::OK)
}

fn refused(state: &AppState) -> ApiError {
    state.metrics.webhook_refused.inc();
    ApiError::named(ErrorCode::WrongSecret, "no valid signature")
}

/// `GET /api/chatwork/webhook`.
pub(crate) async fn show(
    _: Admin,
    State(state): State<SharedState>,
    uri: Uri,
    headers: HeaderMap,
) -> Json<Webhook> {
    Json(description(&state, &uri, &headers))
}

/// `PUT /api/chatwork/webhook`.
pub(crate) async fn set(
    _: WithSecondFactor,
    State(state): State<SharedState>,
    uri: Uri,
    headers: HeaderMap,
    ApiJson(request): ApiJson<SetWebhook>,
) -> ApiResult<Json<Webhook>> {
    let token = Zeroizing::new(request.token);
    state.webhook.set(Some(token.trim())).await?;
    Ok(Json(description(&state, &uri, &headers)))
}

/// `DELETE /api/chatwork/webhook`.
pub(crate) async fn clear(
    _: WithSecondFactor,
    State(state): State<SharedState>,
) -> ApiResult<StatusCode> {
    state.webhook.set(None).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn description(state: &AppState, uri: &Uri, headers: &HeaderMap) -> Webhook {
    Webhook {
        url: format!("{}{WEBHOOK_PATH}", state.origin(uri, headers)),
        since: state.webhook.since(),
        received: state.webhook.received(),
    }
}

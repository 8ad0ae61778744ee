//! Chatwork's webhook: its events, and its token as set-up sets it. An event only names a room to read; nothing of it
//! is stored.

use axum::Json;
use axum::extract::{FromRequest as _, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use yobirin_api::ErrorCode;
use yobirin_api::webhook::{SetWebhook, WEBHOOK_PATH, Webhook};
use zeroize::Zeroizing;

use crate::auth::{Admin, WithSecondFactor};
use crate::error::{ApiError, ApiResult, bad_request};
use crate::routes::extract::{ApiJson, JsonBytes};
use crate::state::{AppState, SharedState};
use yobirin_chatwork::{WEBHOOK_SIGNATURE_HEADER, is_signed, is_webhook_token, mentioned_in};

/// Purpose that the encrypted token is bound to.
const TOKEN_PURPOSE: &str = "chatwork webhook token";

/// `POST /hook/chatwork`: makes the listener read the room of a mention, and ignores every other event with a right
/// signature. Without a token, every event is refused in the same way as one with a wrong signature.
pub(crate) async fn receive(
    State(state): State<SharedState>,
    request: Request,
) -> ApiResult<StatusCode> {
    let refused = || ApiError::named(ErrorCode::WrongSignature, "no valid signature");
    let signature = request.headers().get(WEBHOOK_SIGNATURE_HEADER).cloned();
    let signature = signature.ok_or_else(refused)?;
    let JsonBytes(body) = JsonBytes::from_request(request, &state).await?;
    let (encrypted_token, _) = state.store.webhook().await?.ok_or_else(refused)?;
    let token = state.cipher.decrypt(&encrypted_token, TOKEN_PURPOSE)?;
    // A stored token and a valid signature are text; with `""` in place of either, the check fails.
    let token = std::str::from_utf8(&token).unwrap_or_default();
    if !is_signed(token, &body, signature.to_str().unwrap_or_default()) {
        return Err(refused());
    }
    let seconds = i64::try_from(state.clock.now() / 1000).unwrap_or(i64::MAX);
    state.metrics.webhook_received.set(seconds);
    if let Some(room) = mentioned_in(&body) {
        state.listener.read_now_by_webhook(room);
    }
    Ok(StatusCode::OK)
}

/// `GET /api/chatwork/webhook`.
pub(crate) async fn show(
    _: Admin,
    State(state): State<SharedState>,
    uri: Uri,
    headers: HeaderMap,
) -> ApiResult<Json<Webhook>> {
    describe(&state, &uri, &headers).await
}

/// Returns the state of the webhook. The time of the latest event is the value of its gauge, which is never negative.
async fn describe(state: &AppState, uri: &Uri, headers: &HeaderMap) -> ApiResult<Json<Webhook>> {
    let received = u64::try_from(state.metrics.webhook_received.get()).unwrap_or_default();
    Ok(Json(Webhook {
        url: format!("{}{WEBHOOK_PATH}", state.origin(uri, headers)),
        since: state.store.webhook().await?.map(|(_, since)| since),
        received: Some(received * 1000).filter(|at| *at > 0),
    }))
}

/// `PUT /api/chatwork/webhook`.
pub(crate) async fn set_token(
    _: WithSecondFactor,
    State(state): State<SharedState>,
    uri: Uri,
    headers: HeaderMap,
    ApiJson(request): ApiJson<SetWebhook>,
) -> ApiResult<Json<Webhook>> {
    let token = Zeroizing::new(request.token);
    if !is_webhook_token(token.trim()) {
        let message = "a webhook token is base64: copy it from the webhook in Chatwork";
        return Err(bad_request(&message));
    }
    let token = token.trim().as_bytes();
    let encrypted = state.cipher.encrypt(token, TOKEN_PURPOSE)?;
    store_token(&state, Some(&encrypted)).await?;
    describe(&state, &uri, &headers).await
}

/// `DELETE /api/chatwork/webhook`.
pub(crate) async fn clear(
    _: WithSecondFactor,
    State(state): State<SharedState>,
) -> ApiResult<StatusCode> {
    store_token(&state, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn store_token(state: &AppState, encrypted_token: Option<&str>) -> ApiResult<()> {
    let mut transaction = state.store.begin().await?;
    transaction
        .set_webhook(encrypted_token, state.clock.now())
        .await?;
    Ok(transaction.commit().await?)
}

//! Pairing of a tablet with a code that an admin was given.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use yobirin_api::ErrorCode;
use yobirin_api::device::{Pair, Paired};
use yobirin_api::event::Event;

use crate::auth::{self, ClientIp, Cookies, LimitedAction};
use crate::crypto::token;
use crate::error::{ApiError, ApiResult};
use crate::routes::extract::ApiJson;
use crate::state::SharedState;

/// `POST /api/pair`. The tablet that was this device before gets an event that it is revoked.
pub(crate) async fn pair(
    State(relay): State<SharedState>,
    ClientIp(caller): ClientIp,
    cookies: Cookies,
    ApiJson(request): ApiJson<Pair>,
) -> ApiResult<impl IntoResponse> {
    let now = relay.clock.now();
    relay
        .rate_limiter
        .check(LimitedAction::Pair, &caller, now)?;
    let code = token::normalize_code(&request.code);
    let hash = token::hash(&code);
    let demo = relay.demo.as_ref().and_then(|demo| demo.device_of(&code));
    // Unauthenticated requests must not occupy the single writer.
    if demo.is_none() && !relay.store.has_pairing_code(&hash, now).await? {
        return Err(bad_code());
    }
    let mut transaction = relay.store.begin().await?;
    let device = match demo {
        Some(device) => Some(device),
        None => transaction.use_pairing_code(&hash, now).await?,
    };
    let version = relay.settings.get();
    let device = device.filter(|id| version.settings.device(id).is_some());
    let device = device.ok_or_else(bad_code)?;
    relay.rate_limiter.refund(LimitedAction::Pair, &caller);
    let cookie = auth::pair(&relay, &cookies, transaction, &device).await?;
    relay.events.publish_transient(&device, Event::Revoked);
    Ok((cookie, Json(Paired { device })))
}

fn bad_code() -> ApiError {
    let message = "the pairing code is wrong, used or older than ten minutes";
    ApiError::named(ErrorCode::BadPairingCode, message)
}

//! Pairing of a tablet with a code that an admin was given.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use yobirin_api::ErrorCode;
use yobirin_api::device::{Pair, Paired};
use yobirin_api::event::Event;
use yobirin_domain::caller_limits::LimitedAction;
use yobirin_domain::typed_code;

use crate::auth::{self, ClientIp, Cookies};
use crate::crypto::token;
use crate::error::{ApiError, ApiResult};
use crate::routes::extract::ApiJson;
use crate::state::SharedState;

/// `POST /api/pair`. The tablet that was this device before gets an event that it is revoked.
pub(crate) async fn pair(
    State(state): State<SharedState>,
    ClientIp(caller): ClientIp,
    cookies: Cookies,
    ApiJson(request): ApiJson<Pair>,
) -> ApiResult<impl IntoResponse> {
    let now = state.clock.now();
    let caller = caller.into();
    state.rate_limiter.check(LimitedAction::Pair, &caller)?;
    let code = typed_code::normalize(&request.code);
    let hash = token::hash(&code);
    let demo = state.demo.as_ref().and_then(|demo| demo.device_of(&code));
    // Unauthenticated requests must not occupy the single writer.
    if demo.is_none() && !state.store.has_pairing_code(&hash, now).await? {
        return Err(bad_code());
    }
    let mut transaction = state.store.begin().await?;
    let device = match demo {
        Some(device) => Some(device),
        None => transaction.use_pairing_code(&hash, now).await?,
    };
    let version = state.settings.get();
    let device = device.filter(|id| version.settings.device(id).is_some());
    let device = device.ok_or_else(bad_code)?;
    state.rate_limiter.refund(LimitedAction::Pair, &caller);
    let cookie = auth::pair(&state, &cookies, transaction, &device).await?;
    state.events.publish_transient(&device, Event::Revoked);
    Ok((cookie, Json(Paired { device })))
}

fn bad_code() -> ApiError {
    let message = "the pairing code is wrong, used or older than ten minutes";
    ApiError::named(ErrorCode::BadPairingCode, message)
}

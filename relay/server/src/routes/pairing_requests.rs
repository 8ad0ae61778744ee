//! Pairing requests: unpaired tablets ask for an admin's approval.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use yobirin_api::Millis;
use yobirin_api::device::{PAIRING_CODE_LIFE, Pair, PairingRequest, WaitingPairingRequest};
use yobirin_api::event::Event;
use yobirin_domain::caller_limits::{LimitedAction, may_wait};
use yobirin_domain::model::id::DeviceId;
use yobirin_domain::qr::QrDrawing;

use crate::auth::{self, Admin, ClientIp, CookieKind, Cookies};
use crate::crypto::token;
use crate::error::{ApiError, ApiResult};
use crate::routes::devices::require_in_settings;
use crate::routes::extract::{ApiJson, ApiPath};
use crate::security_log::SuccessEvent;
use crate::state::SharedState;
use yobirin_store::PairingRequestState;

/// Seconds after which a tablet repeats its request when too many wait already.
const TOO_MANY_REQUESTS_WAIT_SECONDS: u64 = 60;
/// Interval at which the repeated requests of a tablet are stored, in milliseconds.
const STORE_INTERVAL_MS: Millis = 10_000;

/// `POST /api/pairing-requests`. Pairs the tablet when its pairing request was approved; stores a new request when there
/// is none.
pub(crate) async fn submit(
    State(state): State<SharedState>,
    ClientIp(caller): ClientIp,
    cookies: Cookies,
    uri: Uri,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let now = state.clock.now();
    let waiting_response = |code: String| {
        let link = format!("{}/setup/tablets/{code}", state.origin(&uri, &headers));
        let qr = QrDrawing::of(&link);
        Json(PairingRequest::Waiting { code, link, qr })
    };
    if let Some(secret) = cookies.get(CookieKind::PairingRequest) {
        let hash = token::hash(secret);
        match state.store.pairing_request(&hash, now).await? {
            Some(PairingRequestState::Waiting { code, asked_at }) => {
                if now.saturating_sub(asked_at) >= STORE_INTERVAL_MS {
                    let mut transaction = state.store.begin().await?;
                    transaction.repeat_pairing_request(&hash, now).await?;
                    transaction.commit().await?;
                }
                return Ok(waiting_response(code).into_response());
            }
            Some(PairingRequestState::Approved(device))
                if require_in_settings(&state, &device).is_ok() =>
            {
                let mut transaction = state.store.begin().await?;
                // Two windows of the tablet may send this request at the same time. Only the first one is paired.
                if transaction.end_pairing_request(&hash).await? {
                    let cookie = auth::pair(&state, &cookies, transaction, &device).await?;
                    // The tablet that was paired before is signed out.
                    state.events.publish_transient(&device, Event::Revoked);
                    let approved = Json(PairingRequest::Approved(device));
                    return Ok(
                        (Extension(SuccessEvent("paired")), cookie, approved).into_response()
                    );
                }
            }
            _ => {}
        }
    }
    state
        .rate_limiter
        .check(LimitedAction::RequestPairing, &caller.into())?;
    let request = WaitingPairingRequest {
        code: token::generate_pairing_code(),
        address: caller.to_string(),
        expires: now + PAIRING_CODE_LIFE,
        silent_for: 0,
    };
    // Checked before the write lock; parallel requests may exceed the limit a little.
    let others = state.store.waiting_pairing_requests(now).await?;
    let addresses = others.iter().map(|other| other.address.as_str());
    if !may_wait(addresses, &request.address) {
        return Err(ApiError::limited(TOO_MANY_REQUESTS_WAIT_SECONDS));
    }
    let secret = token::generate();
    let mut transaction = state.store.begin().await?;
    transaction
        .add_pairing_request(&token::hash(&secret), &request, now)
        .await?;
    transaction.commit().await?;
    let cookie = auth::pairing_request_cookie(&state, &secret);
    Ok((cookie, waiting_response(request.code)).into_response())
}

/// `GET /api/pairing-requests`: pairing requests that wait for approval.
pub(crate) async fn list(
    _: Admin,
    State(state): State<SharedState>,
) -> ApiResult<Json<Vec<WaitingPairingRequest>>> {
    let now = state.clock.now();
    Ok(Json(state.store.waiting_pairing_requests(now).await?))
}

/// `PUT /api/devices/{id}/pairing`: approves the tablet that shows this code.
pub(crate) async fn approve(
    _: Admin,
    State(state): State<SharedState>,
    ApiPath(device): ApiPath<DeviceId>,
    ApiJson(request): ApiJson<Pair>,
) -> ApiResult<StatusCode> {
    require_in_settings(&state, &device)?;
    let (mut transaction, now) = (state.store.begin().await?, state.clock.now());
    let is_waiting = transaction
        .approve_pairing_request(&request.code, &device, now)
        .await?;
    if !is_waiting {
        return Err(ApiError::not_found("pairing request with this code"));
    }
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

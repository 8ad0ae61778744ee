//! Calls: submitted, read and cancelled by tablets.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use yobirin_api::call::{Call, CallStatus};
use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::admission::ClockReadings;
use yobirin_domain::caller_limits::LimitedAction;
use yobirin_domain::model::id::{CallId, DeviceId};

use crate::auth::{Device, RateLimitKey};
use crate::error::{ApiError, ApiResult};
use crate::forward::admission;
use crate::routes::extract::{ApiJson, ApiPath, TabletTime};
use crate::state::{AppState, SharedState};
use yobirin_store::{AcceptOutcome, NewCall};

/// `PUT /api/calls/{id}`. Idempotent by id: a repeated request returns the call's status, and nothing is sent
/// twice. 202 means that the call is on disk and will be delivered.
pub(crate) async fn accept(
    Device(device): Device,
    State(state): State<SharedState>,
    TabletTime(tablet): TabletTime,
    ApiPath(id): ApiPath<CallId>,
    ApiJson(call): ApiJson<Call>,
) -> ApiResult<(StatusCode, Json<CallStatus>)> {
    admission::check_id(id)?;
    let now = state.clock.now();
    let request = serde_json::to_string(&call).map_err(ApiError::internal)?;
    let (action, caller) = (
        LimitedAction::call_of(request.len()),
        RateLimitKey::Device(device.clone()),
    );
    let admitted = check_call(&state, &call, id, ClockReadings { now, tablet }).await;
    let admitted = admitted.and_then(|expires_at| {
        state.rate_limiter.check(action, &caller)?;
        Ok(expires_at)
    });
    let expires_at = match admitted {
        Ok(expires_at) => expires_at,
        // The checks do not apply to a call that was accepted before: it gets its status, even over the rate limit.
        Err(refusal) => {
            let previous = state.store.call(id).await?.ok_or(refusal)?;
            return respond_repeated(&state, id, (&device, &call), previous).await;
        }
    };
    let call = Arc::new(call);
    let new_call = NewCall {
        id,
        device: device.clone(),
        call: call.clone(),
        request,
        expires_at,
        now,
    };
    let sequence = match state.store.accept(&new_call).await? {
        AcceptOutcome::New(sequence) => sequence,
        AcceptOutcome::Cancelled => {
            state.metrics.accepted.inc();
            return respond_accepted(&state, id, &device).await;
        }
        AcceptOutcome::Duplicate => {
            state.rate_limiter.refund(action, &caller);
            let previous = state.store.call(id).await?;
            let previous = previous.ok_or_else(|| ApiError::not_found("call"))?;
            return respond_repeated(&state, id, (&device, &call), previous).await;
        }
    };
    state.metrics.accepted.inc();
    let status = CallStatus::of_new_call(id, &call, sequence);
    Ok((StatusCode::ACCEPTED, Json(status)))
}

/// Checks a call against the settings in force; returns its deadline by the relay's clock. Before a call is refused,
/// settings that another relay may have just saved are loaded.
async fn check_call(
    state: &AppState,
    call: &Call,
    id: CallId,
    clocks: ClockReadings,
) -> ApiResult<Millis> {
    let checked = admission::admit(call, id, &state.settings.get(), clocks);
    if checked.is_ok() || !state.store.is_cluster() {
        return checked;
    }
    state.settings.reload().await?;
    admission::admit(call, id, &state.settings.get(), clocks)
}

/// `GET /api/calls/{id}`, for the tablet's own calls.
pub(crate) async fn status(
    Device(device): Device,
    State(state): State<SharedState>,
    ApiPath(id): ApiPath<CallId>,
) -> ApiResult<Json<CallStatus>> {
    let status = state.store.call_status(id, &device).await?;
    status
        .map(Json)
        .ok_or_else(|| ApiError::not_found("call of this tablet"))
}

/// `DELETE /api/calls/{id}`: cancels a call. 202 means that unsent deliveries will never be sent, and that each
/// destination that was notified gets a retraction, and so does a delivery that arrives now; the status lists them.
/// Idempotent, and accepted before the call itself.
pub(crate) async fn cancel(
    Device(device): Device,
    State(state): State<SharedState>,
    ApiPath(id): ApiPath<CallId>,
) -> ApiResult<(StatusCode, Json<CallStatus>)> {
    admission::check_id(id)?;
    // A repeated cancellation only reads the progress, so it does not count against the rate limit.
    if state.store.cancelled_at(id).await?.is_none() {
        let caller = RateLimitKey::Device(device.clone());
        state.rate_limiter.check(LimitedAction::Cancel, &caller)?;
    }
    let mut transaction = state.store.begin().await?;
    if !transaction.cancel(id, &device, state.clock.now()).await? {
        return Err(ApiError::not_found("call of this tablet"));
    }
    transaction.commit().await?;
    let status = state.store.call_status(id, &device).await?;
    let status = status.unwrap_or_else(|| CallStatus::of_early_cancellation(id));
    Ok((StatusCode::ACCEPTED, Json(status)))
}

/// Responds to a repeated call with its status, however old the call is; a call with another body is refused. The bodies
/// are not compared once words of the stored call were erased.
async fn respond_repeated(
    state: &AppState,
    id: CallId,
    (device, call): (&DeviceId, &Call),
    previous: (DeviceId, Call),
) -> ApiResult<(StatusCode, Json<CallStatus>)> {
    if *device != previous.0 || *call != previous.1 && !previous.1.is_erased() {
        let message = "a call with this id and another body was accepted before";
        return Err(ApiError::named(ErrorCode::CallDiffers, message));
    }
    respond_accepted(state, id, device).await
}

/// Responds with the present status of an accepted call.
async fn respond_accepted(
    state: &AppState,
    id: CallId,
    device: &DeviceId,
) -> ApiResult<(StatusCode, Json<CallStatus>)> {
    let status = state.store.call_status(id, device).await?;
    let status = status.ok_or_else(|| ApiError::not_found("call"))?;
    Ok((StatusCode::ACCEPTED, Json(status)))
}

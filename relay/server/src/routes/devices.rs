//! Tablets, as admins list and control them.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use yobirin_api::Millis;
use yobirin_api::device::{DeviceStatus, Heartbeat, PAIRING_CODE_LIFE, PairingCode};
use yobirin_api::event::Event;
use yobirin_domain::model::id::DeviceId;
use yobirin_domain::typed_code;

use crate::auth::{Admin, Device};
use crate::crypto::token;
use crate::error::{ApiError, ApiResult, bad_request};
use crate::routes::extract::{ApiJson, ApiPath};
use crate::state::{AppState, SharedState};

/// Time after the last heartbeat, sent every minute, for which a tablet counts as online.
const ONLINE_WINDOW_MS: Millis = 90 * 1000;

/// `GET /api/devices`: every device of the settings.
pub(crate) async fn list(
    _: Admin,
    State(state): State<SharedState>,
) -> ApiResult<Json<Vec<DeviceStatus>>> {
    let rows = state.store.devices().await?.into_iter();
    let mut rows: BTreeMap<_, _> = rows.map(|row| (row.id.clone(), row)).collect();
    let (version, now) = (state.settings.get(), state.clock.now());
    // A stream to another relay is not visible here, but the tablet's heartbeat is.
    let is_recent = |seen: Millis| state.store.is_cluster() && seen + ONLINE_WINDOW_MS > now;
    let status = version.settings.devices().iter().map(|device| {
        let row = rows.remove(&device.id);
        let paired_at = row.as_ref().and_then(|row| row.paired_at);
        let last_seen = row.as_ref().and_then(|row| row.last_seen);
        DeviceStatus {
            id: device.id.clone(),
            online: state.events.has_subscriber(&device.id) || last_seen.is_some_and(is_recent),
            paired_at,
            last_seen,
            silent_for: paired_at.and(last_seen).map(|at| now.saturating_sub(at)),
            heartbeat: row.and_then(|row| row.heartbeat),
        }
    });
    Ok(Json(status.collect()))
}

/// `POST /api/devices/{id}/pairing-code`.
pub(crate) async fn pairing_code(
    _: Admin,
    State(state): State<SharedState>,
    uri: Uri,
    headers: HeaderMap,
    ApiPath(device): ApiPath<DeviceId>,
) -> ApiResult<Json<PairingCode>> {
    require_in_settings(&state, &device)?;
    let code = token::generate_pairing_code();
    let expires = state.clock.now() + PAIRING_CODE_LIFE;
    let mut transaction = state.store.begin().await?;
    transaction
        .set_pairing_code(
            &device,
            &token::hash(&typed_code::normalize(&code)),
            expires,
        )
        .await?;
    transaction.commit().await?;
    let link = format!("{}/pair#code={code}", state.origin(&uri, &headers));
    Ok(Json(PairingCode {
        code,
        link,
        expires,
    }))
}

/// `DELETE /api/devices/{id}/pairing`: revokes the pairing, ends the stream and withdraws unsent deliveries.
pub(crate) async fn revoke(
    _: Admin,
    State(state): State<SharedState>,
    ApiPath(device): ApiPath<DeviceId>,
) -> ApiResult<StatusCode> {
    require_in_settings(&state, &device)?;
    let (mut transaction, now) = (state.store.begin().await?, state.clock.now());
    transaction.revoke(&device, now).await?;
    transaction.commit().await?;
    state.events.publish_transient(&device, Event::Revoked);
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/devices/{id}/reload`.
pub(crate) async fn reload(
    _: Admin,
    State(state): State<SharedState>,
    ApiPath(device): ApiPath<DeviceId>,
) -> ApiResult<StatusCode> {
    require_in_settings(&state, &device)?;
    if state.store.is_cluster() {
        let mut transaction = state.store.begin().await?;
        transaction
            .add_notice(Some(&device), &Event::Reload, state.clock.now())
            .await?;
        transaction.commit().await?;
    }
    state.events.publish_transient(&device, Event::Reload);
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/heartbeat`.
pub(crate) async fn heartbeat(
    Device(device): Device,
    State(state): State<SharedState>,
    ApiJson(heartbeat): ApiJson<Heartbeat>,
) -> ApiResult<StatusCode> {
    heartbeat.check().map_err(|problem| bad_request(&problem))?;
    let mut transaction = state.store.begin().await?;
    transaction
        .record_heartbeat(&device, &heartbeat, state.clock.now())
        .await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Fails with 404 for a device that is not in the settings.
pub(super) fn require_in_settings(state: &AppState, device: &DeviceId) -> ApiResult<()> {
    match state.settings.get().settings.device(device) {
        Some(_) => Ok(()),
        None => Err(ApiError::not_found("device in the settings")),
    }
}

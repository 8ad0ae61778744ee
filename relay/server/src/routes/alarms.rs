//! Open incidents for set-up, and test alarms.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use yobirin_api::ErrorCode;
use yobirin_api::alarm::{AlarmReport, AlarmTarget, AlarmTestResult, TestAlarm};
use yobirin_domain::alarm::{Notice, alarm_test_message};
use yobirin_domain::model::id::CallId;
use yobirin_domain::routing::Destination;

use crate::auth::Admin;
use crate::error::{ApiError, ApiResult};
use crate::forward::bot_message;
use crate::ops::backup;
use crate::routes::extract::ApiJson;
use crate::routes::messages::TEST_LIFETIME_MS;
use crate::state::{AppState, SharedState};

/// `GET /api/alarms`.
pub(crate) async fn show(_: Admin, State(state): State<SharedState>) -> Json<AlarmReport> {
    let webhook = state.alarm_webhook.as_ref();
    Json(AlarmReport {
        webhook: webhook.map(|webhook| webhook.host().to_owned()),
        last_backup: backup::last_backup(&state.data),
        posted_to: state.settings.get().settings.site().alarms.room,
        ..state.alarms.read().clone()
    })
}

/// `POST /api/alarms/test`.
pub(crate) async fn test(
    _: Admin,
    State(state): State<SharedState>,
    ApiJson(request): ApiJson<TestAlarm>,
) -> ApiResult<(StatusCode, Json<AlarmTestResult>)> {
    let result = match request.target {
        AlarmTarget::Room => test_room(&state).await?,
        AlarmTarget::Webhook => test_webhook(&state).await?,
    };
    Ok((StatusCode::ACCEPTED, Json(result)))
}

async fn test_room(state: &AppState) -> ApiResult<AlarmTestResult> {
    let version = state.settings.get();
    let Some(room) = version.settings.site().alarms.room else {
        let message = "no room for alarms is set: save one";
        return Err(ApiError::named(ErrorCode::DestinationNotAllowed, message));
    };
    let text = |reference| alarm_test_message(&version.settings, reference);
    let sent = bot_message::send(state, Destination::Room(room), TEST_LIFETIME_MS, text).await?;
    Ok(AlarmTestResult {
        message: Some(sent),
        webhook_failure: None,
    })
}

async fn test_webhook(state: &AppState) -> ApiResult<AlarmTestResult> {
    let webhook = state.alarm_webhook.as_ref();
    let webhook = webhook.ok_or_else(|| ApiError::not_found("alarm webhook"))?;
    let now = state.clock.now();
    let id = CallId::new(now, &rand::random());
    let notice = Notice::test(&state.settings.get().settings, id, now);
    Ok(AlarmTestResult {
        message: None,
        webhook_failure: webhook.send(&notice).await.err(),
    })
}

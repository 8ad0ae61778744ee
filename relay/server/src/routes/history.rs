//! History for admins, page by page, the figures of today, and the erasure of words.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use yobirin_api::Millis;
use yobirin_api::call::{CallFigures, CallOutcome, CallPage};
use yobirin_domain::history_text;
use yobirin_domain::model::date::Date;
use yobirin_domain::model::id::{CallId, DeviceId};
use yobirin_domain::model::retention::Retention;
use yobirin_domain::model::settings::Settings;
use yobirin_domain::retention::{RetentionPreview, VisitErasure, applied};

use crate::auth::Admin;
use crate::error::{ApiError, ApiResult, bad_request};
use crate::office_time::OfficeTime;
use crate::routes::extract::{ApiPath, ApiQuery};
use crate::state::SharedState;
use yobirin_store::HistoryFilter;

/// Default and maximum number of calls on a page.
const DEFAULT_PAGE_CALLS: usize = 50;
const MAX_PAGE_CALLS: usize = 200;

/// Query of the history. Days are in the office's time zone and inclusive.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    before: Option<CallId>,
    limit: Option<usize>,
    from: Option<Date>,
    to: Option<Date>,
    device: Option<DeviceId>,
    outcome: Option<CallOutcome>,
    text: Option<String>,
}

impl Query {
    fn filter(&self, settings: &Settings, now: Millis) -> ApiResult<HistoryFilter> {
        let zone = OfficeTime::of(settings);
        let start_of_date =
            |day: Date| zone.start_of_date(day).map_err(|error| bad_request(&error));
        let until = self
            .to
            .map(|day| day.next().ok_or_else(|| bad_request(&"not a valid day")));
        Ok(HistoryFilter {
            from: self.from.map(start_of_date).transpose()?,
            until: until.transpose()?.map(start_of_date).transpose()?,
            device: self.device.clone(),
            outcome: self.outcome,
            now,
            text: history_text::normalize(self.text.as_deref().unwrap_or_default()),
        })
    }
}

/// `GET /api/figures`.
pub(crate) async fn figures(
    _: Admin,
    State(state): State<SharedState>,
) -> ApiResult<Json<CallFigures>> {
    let (now, version) = (state.clock.now(), state.settings.get());
    let today = OfficeTime::of(&version.settings).start_of_day_containing(now);
    let since = today.map_err(ApiError::internal)?;
    let results = state.store.answer_results(since, now).await?;
    Ok(Json(CallFigures::of(since, results)))
}

/// `GET /api/calls`.
pub(crate) async fn page(
    _: Admin,
    State(state): State<SharedState>,
    ApiQuery(query): ApiQuery<Query>,
) -> ApiResult<Json<CallPage>> {
    let limit = query
        .limit
        .unwrap_or(DEFAULT_PAGE_CALLS)
        .clamp(1, MAX_PAGE_CALLS);
    let version = state.settings.get();
    let filter = query.filter(&version.settings, state.clock.now())?;
    let page = state
        .store
        .history(query.before, limit, &filter, &version.settings);
    Ok(Json(page.await?))
}

/// `GET /api/retention/preview`.
pub(crate) async fn retention_preview(
    _: Admin,
    State(state): State<SharedState>,
    ApiQuery(retention): ApiQuery<Retention>,
) -> ApiResult<Json<RetentionPreview>> {
    let ceiling_days = state.retention_ceiling_days;
    let applied = applied(&retention, ceiling_days);
    let counted = state.store.count_expired(&applied, state.clock.now());
    Ok(Json(RetentionPreview::of(ceiling_days, counted.await?)))
}

/// `DELETE /api/calls/{id}/words`. Does not cancel an open call: its messages are still sent, and its words are erased
/// once they are not needed any more.
pub(crate) async fn erase_visit(
    _: Admin,
    State(state): State<SharedState>,
    ApiPath(call): ApiPath<CallId>,
) -> ApiResult<Json<VisitErasure>> {
    let now = state.clock.now();
    let mut transaction = state.store.begin().await?;
    if !transaction.request_erasure(call, now).await? {
        return Err(ApiError::not_found("call"));
    }
    let waiting = transaction.erase_requested(now).await?;
    transaction.commit().await?;
    state.retention_wakeup.notify_one();
    let is_erased = !waiting.contains(&call.to_string());
    Ok(Json(VisitErasure { is_erased }))
}

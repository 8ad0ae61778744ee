//! The call history for admins, in pages.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use yobirin_api::call::CallPage;
use yobirin_domain::model::date::Date;
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::model::id::{CallId, DeviceId};
use yobirin_domain::model::settings::Settings;

use crate::auth::Admin;
use crate::error::{ApiResult, bad_request};
use crate::routes::extract::ApiQuery;
use crate::routes::office_time::OfficeTime;
use crate::state::SharedState;
use yobirin_store::HistoryFilter;

/// Calls on a page when nothing is said, and at most.
const PAGE: usize = 50;
const LARGEST_PAGE: usize = 200;

/// What is asked of the history. Days are the office's own, the last one included.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    before: Option<CallId>,
    limit: Option<usize>,
    from: Option<Date>,
    to: Option<Date>,
    device: Option<DeviceId>,
    state: Option<CallState>,
    text: Option<String>,
}

impl Query {
    fn wanted(&self, settings: &Settings) -> ApiResult<HistoryFilter> {
        let zone = OfficeTime::of(settings);
        let begin = |day: Date| zone.begin(day).map_err(|why| bad_request(&why));
        let until = self
            .to
            .map(|day| day.next().ok_or_else(|| bad_request(&"no such day")));
        Ok(HistoryFilter {
            from: self.from.map(begin).transpose()?,
            until: until.transpose()?.map(begin).transpose()?,
            device: self.device.clone(),
            state: self.state,
            text: HistoryFilter::text(self.text.as_deref()),
        })
    }
}

/// `GET /api/calls`.
pub(crate) async fn page(
    _: Admin,
    State(relay): State<SharedState>,
    ApiQuery(query): ApiQuery<Query>,
) -> ApiResult<Json<CallPage>> {
    let limit = query.limit.unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    let now = relay.settings.get();
    let wanted = query.wanted(&now.settings)?;
    let page = relay
        .store
        .history(query.before, limit, &wanted, &now.settings);
    Ok(Json(page.await?))
}

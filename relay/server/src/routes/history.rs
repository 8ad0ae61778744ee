//! History for admins: page by page, and whole as CSV.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde::Deserialize;
use yobirin_api::call::CallPage;
use yobirin_domain::model::date::Date;
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::model::id::{CallId, DeviceId};
use yobirin_domain::model::settings::Settings;

use crate::auth::Admin;
use crate::error::{ApiResult, bad_request};
use crate::routes::extract::ApiQuery;
use crate::routes::history_csv::HistoryCsv;
use crate::routes::office_time::OfficeTime;
use crate::settings::Version;
use crate::state::SharedState;
use yobirin_store::{HistoryFilter, StoreError};

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
    state: Option<CallState>,
    text: Option<String>,
    /// Language of the CSV.
    lang: Option<String>,
}

impl Query {
    fn filter(&self, settings: &Settings) -> ApiResult<HistoryFilter> {
        let zone = OfficeTime::of(settings);
        let day_start = |day: Date| zone.day_start(day).map_err(|error| bad_request(&error));
        let until = self
            .to
            .map(|day| day.next().ok_or_else(|| bad_request(&"not a valid day")));
        Ok(HistoryFilter {
            from: self.from.map(day_start).transpose()?,
            until: until.transpose()?.map(day_start).transpose()?,
            device: self.device.clone(),
            state: self.state,
            text: HistoryFilter::normalize(self.text.as_deref()),
        })
    }
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
    let now = state.settings.get();
    let filter = query.filter(&now.settings)?;
    let page = state
        .store
        .history(query.before, limit, &filter, &now.settings);
    Ok(Json(page.await?))
}

/// `GET /api/calls.csv`: the same calls as CSV, sent while they are read.
pub(crate) async fn table(
    _: Admin,
    State(state): State<SharedState>,
    ApiQuery(query): ApiQuery<Query>,
) -> ApiResult<Response> {
    let version = state.settings.get();
    let filter = query.filter(&version.settings)?;
    let today = OfficeTime::of(&version.settings).day(state.clock.now());
    let export = CsvExport {
        state,
        filter,
        english: query.lang.is_some_and(|lang| lang.starts_with("en")),
        version,
        before: query.before,
        next: NextPart::Head,
    };
    let parts = stream::try_unfold(export, async |mut export: CsvExport| {
        let part = export.next_part().await?;
        Ok::<_, StoreError>(part.map(|part| (Bytes::from(part), export)))
    });
    let name = format!("attachment; filename=\"yobirin-calls-{today}.csv\"");
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, name),
    ];
    Ok((headers, Body::from_stream(parts)).into_response())
}

/// CSV being sent.
struct CsvExport {
    state: SharedState,
    version: Arc<Version>,
    filter: HistoryFilter,
    english: bool,
    before: Option<CallId>,
    next: NextPart,
}

enum NextPart {
    Head,
    Rows,
    Nothing,
}

impl CsvExport {
    /// Returns the next part; `None` at the end.
    async fn next_part(&mut self) -> Result<Option<String>, StoreError> {
        let csv = HistoryCsv::of(&self.version.settings, self.english);
        match self.next {
            NextPart::Head => {
                self.next = NextPart::Rows;
                Ok(Some(csv.head()))
            }
            NextPart::Nothing => Ok(None),
            NextPart::Rows => {
                let settings = &self.version.settings;
                let store = &self.state.store;
                let page = store.history(self.before, MAX_PAGE_CALLS, &self.filter, settings);
                let page = page.await?;
                self.before = page.next;
                if page.next.is_none() {
                    self.next = NextPart::Nothing;
                }
                Ok(Some(csv.rows(&page.calls)))
            }
        }
    }
}

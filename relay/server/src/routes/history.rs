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
const PAGE: usize = 50;
const LARGEST_PAGE: usize = 200;

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
            text: HistoryFilter::normalize(self.text.as_deref()),
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

/// `GET /api/calls.csv`: the same calls as CSV, sent while they are read.
pub(crate) async fn table(
    _: Admin,
    State(relay): State<SharedState>,
    ApiQuery(query): ApiQuery<Query>,
) -> ApiResult<Response> {
    let version = relay.settings.get();
    let wanted = query.wanted(&version.settings)?;
    let today = OfficeTime::of(&version.settings).day(relay.clock.now());
    let reading = Reading {
        relay,
        wanted,
        english: query.lang.is_some_and(|lang| lang.starts_with("en")),
        version,
        before: query.before,
        next: Next::Head,
    };
    let parts = stream::try_unfold(reading, async |mut reading: Reading| {
        let part = reading.part().await?;
        Ok::<_, StoreError>(part.map(|part| (Bytes::from(part), reading)))
    });
    let name = format!("attachment; filename=\"yobirin-calls-{today}.csv\"");
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, name),
    ];
    Ok((headers, Body::from_stream(parts)).into_response())
}

/// CSV being sent.
struct Reading {
    relay: SharedState,
    version: Arc<Version>,
    wanted: HistoryFilter,
    english: bool,
    before: Option<CallId>,
    next: Next,
}

enum Next {
    Head,
    Rows,
    Nothing,
}

impl Reading {
    /// Returns the next part; `None` at the end.
    async fn part(&mut self) -> Result<Option<String>, StoreError> {
        let sheet = HistoryCsv::of(&self.version.settings, self.english);
        match self.next {
            Next::Head => {
                self.next = Next::Rows;
                Ok(Some(sheet.head()))
            }
            Next::Nothing => Ok(None),
            Next::Rows => {
                let settings = &self.version.settings;
                let store = &self.relay.store;
                let page = store.history(self.before, LARGEST_PAGE, &self.wanted, settings);
                let page = page.await?;
                self.before = page.next;
                if page.next.is_none() {
                    self.next = Next::Nothing;
                }
                Ok(Some(sheet.rows(&page.calls)))
            }
        }
    }
}

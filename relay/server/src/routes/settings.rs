//! Settings document: tablets and admins read it, admins save it, and nobody overwrites a version that they
//! have not seen.

use axum::extract::{RawQuery, State};
use axum::http::header::{CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use yobirin_api::ErrorCode;
use yobirin_api::settings::{DEVICE_HEADER, NO_DEVICE};
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::validate::validate;

use crate::auth::{Admin, Cookies, Device, SettingsReader};
use crate::error::{ApiError, ApiResult, bad_request};
use crate::http::etag::matches_etag;
use crate::office_time::OfficeTime;
use crate::routes::extract::{Editor, JsonBytes};
use crate::state::SharedState;

/// Query with which set-up reads the document as it was saved, also in a browser that is a tablet.
const EDIT_QUERY: &str = "edit=true";

/// Author of versions that an admin saves; there is one admin for now.
const ADMIN_AUTHOR: &str = "admin";

/// `GET /api/settings`. The response to a tablet has the id of its device, renews its cookie, and has the retention under
/// the relay's ceiling, so that the purpose notice shows the days that are applied.
pub(crate) async fn show(
    SettingsReader(device): SettingsReader,
    State(state): State<SharedState>,
    RawQuery(query): RawQuery,
    cookies: Cookies,
    headers: HeaderMap,
) -> Response {
    let version = state.settings.get();
    // The app stores the settings and sends their tag; the browser's own cache stores nothing.
    let (etag, json) = match &device {
        Some(_) if query.as_deref() != Some(EDIT_QUERY) => {
            version.for_tablet(state.retention_ceiling_days)
        }
        _ => (version.etag(), version.json.clone()),
    };
    let tag = [(ETAG, etag.clone())];
    let renewed = device
        .as_ref()
        .and_then(|_| Device::renew(&state, &cookies));
    let device = device.map_or(NO_DEVICE.to_owned(), |Device(id)| id.into());
    let device = [(DEVICE_HEADER, device)];
    if matches_etag(&headers, &IF_NONE_MATCH, &etag) == Some(true) {
        return (StatusCode::NOT_MODIFIED, tag, device, renewed, ()).into_response();
    }
    let media_type = [(CONTENT_TYPE, "application/json")];
    (tag, device, renewed, media_type, json).into_response()
}

/// `PUT /api/settings`.
pub(crate) async fn save(
    _: Admin,
    State(state): State<SharedState>,
    Editor(editor): Editor,
    headers: HeaderMap,
    JsonBytes(bytes): JsonBytes,
) -> ApiResult<impl IntoResponse> {
    let current = state.settings.get();
    match matches_etag(&headers, &IF_MATCH, &current.etag()) {
        Some(true) => {}
        Some(false) => return Err(changed()),
        None => {
            let message = "If-Match is missing: send the ETag of the version that was changed";
            return Err(ApiError::named(ErrorCode::IfMatchMissing, message));
        }
    }
    let text = std::str::from_utf8(&bytes).map_err(|error| bad_request(&error))?;
    let document = SettingsDocument::from_json(text).map_err(|error| bad_request(&error))?;
    let settings = validate(document).and_then(OfficeTime::check);
    let settings = settings.map_err(ApiError::settings)?;
    let author = (ADMIN_AUTHOR, editor.as_ref());
    let saved = state
        .settings
        .save(&current, settings, author, state.clock.now());
    let saved = saved.await?.ok_or_else(changed)?;
    state.retention_wakeup.notify_one();
    Ok((StatusCode::NO_CONTENT, [(ETAG, saved.etag())]))
}

fn changed() -> ApiError {
    let message = "the settings were saved meanwhile: load them again";
    ApiError::named(ErrorCode::SettingsChanged, message)
}

//! Middleware that applies injected faults and counts requests.

use std::future::pending;
use std::sync::Arc;

use axum::Extension;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use serde_json::{Value, json};

use super::auth_layer::{LIMIT_HEADER, REMAINING_HEADER, RESET_HEADER};
use super::error::ApiError;
use super::response::limited;
use crate::fault::{Effect, MALFORMED_BEFORE, RateLimitResetHeader};
use crate::server::ConnectionHandle;
use crate::shared::{ApiRequest, Shared};

/// Handles a request with the faults that match it.
pub(super) async fn apply_faults(
    State(shared): State<Arc<Shared>>,
    Extension(connection): Extension<ConnectionHandle>,
    request: Request,
    next: Next,
) -> Response {
    let (_, at) = shared.state().limits_and_time();
    shared.traffic().record(ApiRequest {
        at,
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
        query: request.uri().query().unwrap_or_default().to_owned(),
    });
    let effects = shared
        .faults()
        .effects_for(request.method().as_str(), request.uri().path());
    if let Some(delay) = effects.delay {
        tokio::time::sleep(delay).await;
    }
    let mut response = match effects.effect {
        Some(Effect::Hang) => return pending().await,
        Some(Effect::ConnectionReset) => return reset_connection(&connection).await,
        Some(Effect::HangAfterStoring) => {
            next.run(request).await;
            return pending().await;
        }
        Some(Effect::ConnectionResetAfterStoring) => {
            next.run(request).await;
            return reset_connection(&connection).await;
        }
        Some(Effect::GeneralLimit) => rate_limited(&shared, ApiError::GeneralLimit),
        Some(Effect::RoomLimit) => rate_limited(&shared, ApiError::RoomLimit),
        Some(Effect::Unauthorized) => ApiError::InvalidToken.into_response(),
        Some(Effect::RoomRefused) => ApiError::inaccessible_room(&shared).into_response(),
        Some(Effect::ServerError { status }) => server_error(status),
        Some(Effect::Intermediary { status, body }) => intermediary(status, body),
        Some(Effect::MalformedEntries) => with_malformed_entries(next.run(request).await).await,
        Some(Effect::HiddenMessages) => limited(StatusCode::NO_CONTENT.into_response()),
        Some(Effect::Delay { .. } | Effect::RateLimitResetHeader(_)) | None => {
            next.run(request).await
        }
    };
    if let Some(kind) = effects.reset_header {
        replace_reset_header(kind, &shared, response.headers_mut());
    }
    *shared
        .traffic()
        .responses
        .entry(response.status().as_u16())
        .or_default() += 1;
    response
}

async fn reset_connection(connection: &ConnectionHandle) -> Response {
    connection.reset();
    pending().await
}

/// A 429 as if the quota were used up in a window that has just begun.
fn rate_limited(shared: &Shared, refusal: ApiError) -> Response {
    let (limits, now) = shared.state().limits_and_time();
    // The limit of one room leaves a part of the general quota.
    let remaining = if refusal == ApiError::GeneralLimit {
        0
    } else {
        limits.requests / 2
    };
    let reset = (now + limits.request_window).as_secs();
    let mut response = refusal.into_response();
    let headers = response.headers_mut();
    headers.insert(LIMIT_HEADER, HeaderValue::from(limits.requests));
    headers.insert(REMAINING_HEADER, HeaderValue::from(remaining));
    headers.insert(RESET_HEADER, HeaderValue::from(reset));
    response
}

/// The HTML error page of a proxy in front of a broken server.
fn server_error(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let reason = status.canonical_reason().unwrap_or("Error");
    let code = status.as_u16();
    let page = format!(
        "<html>\r\n<head><title>{code} {reason}</title></head>\r\n<body>\r\n\
         <center><h1>{code} {reason}</h1></center>\r\n</body>\r\n</html>\r\n"
    );
    (status, Html(page)).into_response()
}

fn intermediary(status: u16, body: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN);
    if body.starts_with(['{', '[']) {
        (status, [(CONTENT_TYPE, "application/json")], body).into_response()
    } else {
        (status, Html(body)).into_response()
    }
}

/// Adds malformed entries to both ends of a list, and empties fields of the valid ones, as
/// [`Effect::MalformedEntries`] says. Bodies other than lists of objects are left unchanged.
async fn with_malformed_entries(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let Ok(Value::Array(mut list)) = serde_json::from_slice(&body) else {
        return (parts, body).into_response();
    };
    let Some(Value::Object(sample)) = list.first().cloned() else {
        return (parts, body).into_response();
    };
    let is_id = |field: &str| field.ends_with("_id") && field != "chatwork_id";
    let with_ids = |id: Value| {
        let mut malformed = sample.clone();
        for (field, value) in &mut malformed {
            if is_id(field) {
                *value = id.clone();
            } else if field == "account" {
                *value = json!({ "account_id": id, "name": null });
            }
        }
        Value::Object(malformed)
    };
    let malformed = [json!(0), json!(null), json!(1_u64 << 53), json!("名前")].map(with_ids);
    for entry in list.iter_mut().filter_map(Value::as_object_mut) {
        for (field, value) in entry.iter_mut() {
            if matches!(
                field.as_str(),
                "name" | "department" | "type" | "avatar_image_url"
            ) {
                *value = Value::Null;
            }
        }
    }
    let (before, after) = malformed.split_at(MALFORMED_BEFORE);
    list.splice(..0, before.iter().cloned());
    list.extend(after.iter().cloned());
    list.push(Value::Null);
    parts.headers.remove(CONTENT_LENGTH);
    (parts, json!(list).to_string()).into_response()
}

fn replace_reset_header(kind: RateLimitResetHeader, shared: &Shared, headers: &mut HeaderMap) {
    match kind {
        RateLimitResetHeader::Absent => {
            headers.remove(RESET_HEADER);
        }
        RateLimitResetHeader::Bad => {
            headers.insert(RESET_HEADER, HeaderValue::from_static("soon"));
        }
        RateLimitResetHeader::Past => {
            const HOUR_SECONDS: u64 = 3_600;
            let (_, now) = shared.state().limits_and_time();
            let an_hour_ago = now.as_secs().saturating_sub(HOUR_SECONDS);
            headers.insert(RESET_HEADER, HeaderValue::from(an_hour_ago));
        }
    }
}

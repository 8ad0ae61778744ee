//! Where injected faults strike, and where calls are counted.

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

use super::auth_layer::{LIMIT, REMAINING, RESET};
use super::error::Refusal;
use crate::fault::{Effect, ResetHeader};
use crate::server::Line;
use crate::shared::Shared;

/// Carries a call out, with whatever is planned to go wrong with it.
pub(super) async fn pass(
    State(shared): State<Arc<Shared>>,
    Extension(line): Extension<Line>,
    request: Request,
    next: Next,
) -> Response {
    shared.traffic().requests += 1;
    let plan = shared
        .faults()
        .plan(request.method().as_str(), request.uri().path());
    if let Some(delay) = plan.delay {
        tokio::time::sleep(delay).await;
    }
    let mut response = match plan.effect {
        Some(Effect::Hang) => return pending().await,
        Some(Effect::Reset) => return cut(&line).await,
        Some(Effect::HangAfterStoring) => {
            next.run(request).await;
            return pending().await;
        }
        Some(Effect::ResetAfterStoring) => {
            next.run(request).await;
            return cut(&line).await;
        }
        Some(Effect::GeneralLimit) => limited(&shared, Refusal::GeneralLimit),
        Some(Effect::RoomLimit) => limited(&shared, Refusal::RoomLimit),
        Some(Effect::Unauthorized) => Refusal::Token.into_response(),
        Some(Effect::RoomRefused) => Refusal::room(&shared).into_response(),
        Some(Effect::ServerError { status }) => broken(status),
        Some(Effect::Intermediary { status, body }) => intermediary(status, body),
        Some(Effect::OddEntries) => with_odd_entries(next.run(request).await).await,
        Some(Effect::HiddenMessages) => (
            StatusCode::NO_CONTENT,
            [("chatwork-message-limitation", "true")],
        )
            .into_response(),
        Some(Effect::Delay { .. } | Effect::ResetHeader(_)) | None => next.run(request).await,
    };
    if let Some(kind) = plan.reset_header {
        spoil(kind, &shared, response.headers_mut());
    }
    *shared
        .traffic()
        .answers
        .entry(response.status().as_u16())
        .or_default() += 1;
    response
}

async fn cut(line: &Line) -> Response {
    line.cut();
    pending().await
}

/// A 429 as if the whole allowance were used up, with its window just begun.
fn limited(shared: &Shared, refusal: Refusal) -> Response {
    let (limits, now) = shared.world().limits_now();
    let remaining = if refusal == Refusal::GeneralLimit {
        0
    } else {
        limits.requests / 2
    };
    let reset = (now + limits.request_window).as_secs();
    let mut response = refusal.into_response();
    let headers = response.headers_mut();
    headers.insert(LIMIT, HeaderValue::from(limits.requests));
    headers.insert(REMAINING, HeaderValue::from(remaining));
    headers.insert(RESET, HeaderValue::from(reset));
    response
}

/// What a proxy in front of a broken server says.
fn broken(status: u16) -> Response {
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

/// The same list with odd entries at its beginning and end; an answer that is no list stays as it is.
async fn with_odd_entries(response: Response) -> Response {
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
        let mut odd = sample.clone();
        for (field, value) in &mut odd {
            if is_id(field) {
                *value = id.clone();
            } else if field == "account" {
                *value = json!({ "account_id": id, "name": null });
            }
        }
        Value::Object(odd)
    };
    let odd = [json!(0), json!(null), json!(1_u64 << 53), json!("名前")].map(with_ids);
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
    let (first, last) = odd.split_at(2);
    list.splice(..0, first.iter().cloned());
    list.extend(last.iter().cloned());
    list.push(Value::Null);
    parts.headers.remove(CONTENT_LENGTH);
    (parts, json!(list).to_string()).into_response()
}

fn spoil(kind: ResetHeader, shared: &Shared, headers: &mut HeaderMap) {
    match kind {
        ResetHeader::Absent => {
            headers.remove(RESET);
        }
        ResetHeader::Bad => {
            headers.insert(RESET, HeaderValue::from_static("soon"));
        }
        ResetHeader::Past => {
            let (_, now) = shared.world().limits_now();
            headers.insert(RESET, HeaderValue::from(now.as_secs().saturating_sub(3600)));
        }
    }
}

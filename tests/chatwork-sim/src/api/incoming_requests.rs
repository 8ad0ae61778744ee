//! `/incoming_requests`: contact requests made to the caller.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

use super::auth_layer::Caller;
use super::contacts::ContactRow;
use super::error::ApiError;
use super::path::PathIds;
use super::response::{self, AsciiJson};
use crate::office::{ORGANIZATION_ID, ORGANIZATION_NAME};
use crate::shared::Shared;
use crate::{AccountId, RequestId};

/// Maximum number of requests in one list.
const MAX_LISTED: usize = 100;

#[derive(Debug, Serialize)]
struct RequestRow {
    request_id: RequestId,
    account_id: AccountId,
    message: String,
    name: String,
    chatwork_id: String,
    organization_id: u64,
    organization_name: &'static str,
    department: String,
    avatar_image_url: String,
}

pub(super) async fn list(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
) -> Response {
    let state = shared.state();
    let rows = state
        .requests_to(id)
        .take(MAX_LISTED)
        .filter_map(|request| {
            let account = state.account(request.from)?;
            Some(RequestRow {
                request_id: request.request_id,
                account_id: account.account_id,
                message: request.message.clone(),
                name: account.name.clone(),
                chatwork_id: account.chatwork_id.clone(),
                organization_id: ORGANIZATION_ID,
                organization_name: ORGANIZATION_NAME,
                department: account.department.clone(),
                avatar_image_url: shared.avatar(account.account_id),
            })
        });
    response::list_or_no_content(rows.collect())
}

pub(super) async fn accept(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    PathIds(request): PathIds<RequestId>,
) -> Result<AsciiJson<ContactRow>, ApiError> {
    let mut state = shared.state();
    let contact = state.accept(id, request).ok_or(ApiError::RequestNotFound)?;
    Ok(AsciiJson(ContactRow::new(contact, &shared)))
}

pub(super) async fn decline(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    PathIds(request): PathIds<RequestId>,
) -> Result<StatusCode, ApiError> {
    let declined = shared.state().remove_request(id, request);
    declined
        .map(|_| StatusCode::NO_CONTENT)
        .ok_or(ApiError::RequestNotFound)
}

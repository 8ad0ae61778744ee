//! `/incoming_requests`: who wants to become the caller's contact.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

use super::auth_layer::Caller;
use super::contacts::ContactRow;
use super::error::Refusal;
use super::path::Ids;
use super::response::{self, Answer};
use crate::office::{ORGANIZATION_ID, ORGANIZATION_NAME};
use crate::shared::Shared;
use crate::{AccountId, RequestId};

/// At most this many are listed.
const MOST: usize = 100;

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
    let world = shared.world();
    let rows = world.requests_to(id).take(MOST).filter_map(|request| {
        let account = world.account(request.from)?;
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
    response::list_or_nothing(rows.collect())
}

pub(super) async fn accept(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    Ids(request): Ids<RequestId>,
) -> Result<Answer<ContactRow>, Refusal> {
    let mut world = shared.world();
    let contact = world.accept(id, request).ok_or(Refusal::Request)?;
    Ok(Answer(ContactRow::new(contact, &shared)))
}

pub(super) async fn decline(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    Ids(request): Ids<RequestId>,
) -> Result<StatusCode, Refusal> {
    let declined = shared.world().decline(id, request);
    declined
        .map(|_| StatusCode::NO_CONTENT)
        .ok_or(Refusal::Request)
}

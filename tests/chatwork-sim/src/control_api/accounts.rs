//! Accounts, contacts and contact requests.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::ControlError;
use crate::shared::Shared;
use crate::{Account, AccountId};

pub(super) async fn add(
    State(shared): State<Arc<Shared>>,
    Json(account): Json<Account>,
) -> StatusCode {
    shared.state().add_account(account);
    StatusCode::CREATED
}

#[derive(Debug, Deserialize)]
pub(super) struct NewContactRequest {
    from: AccountId,
    to: AccountId,
    #[serde(default)]
    message: String,
}

pub(super) async fn request_contact(
    State(shared): State<Arc<Shared>>,
    Json(request): Json<NewContactRequest>,
) -> Result<(StatusCode, Json<Value>), ControlError> {
    let request_id = shared
        .state()
        .request_contact(request.from, request.to, request.message)?;
    Ok((
        StatusCode::CREATED,
        Json(json!({ "request_id": request_id })),
    ))
}

pub(super) async fn remove_contact(
    State(shared): State<Arc<Shared>>,
    Path((one, other)): Path<(AccountId, AccountId)>,
) -> Result<StatusCode, ControlError> {
    shared.state().remove_contact(one, other)?;
    Ok(StatusCode::NO_CONTENT)
}

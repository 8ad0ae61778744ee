//! Accounts, and who is whose contact.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::Problem;
use crate::shared::Shared;
use crate::{Account, AccountId};

pub(super) async fn add(
    State(shared): State<Arc<Shared>>,
    Json(account): Json<Account>,
) -> StatusCode {
    shared.world().add_account(account);
    StatusCode::CREATED
}

#[derive(Debug, Deserialize)]
pub(super) struct Wish {
    from: AccountId,
    to: AccountId,
    #[serde(default)]
    message: String,
}

pub(super) async fn ask(
    State(shared): State<Arc<Shared>>,
    Json(wish): Json<Wish>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let request = shared
        .world()
        .request_contact(wish.from, wish.to, wish.message)?;
    Ok((StatusCode::CREATED, Json(json!({ "request_id": request }))))
}

pub(super) async fn part(
    State(shared): State<Arc<Shared>>,
    Path((one, other)): Path<(AccountId, AccountId)>,
) -> Result<StatusCode, Problem> {
    shared.world().part(one, other)?;
    Ok(StatusCode::NO_CONTENT)
}

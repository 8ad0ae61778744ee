//! Taking a token away and giving it back.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;

use super::error::Problem;
use crate::shared::Shared;

pub(super) async fn revoke(
    State(shared): State<Arc<Shared>>,
    Path(token): Path<String>,
) -> Result<StatusCode, Problem> {
    set(&shared, &token, true)
}

pub(super) async fn restore(
    State(shared): State<Arc<Shared>>,
    Path(token): Path<String>,
) -> Result<StatusCode, Problem> {
    set(&shared, &token, false)
}

fn set(shared: &Shared, token: &str, revoked: bool) -> Result<StatusCode, Problem> {
    if shared.world().set_revoked(token, revoked) {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::Unknown("there is no such token"))
    }
}

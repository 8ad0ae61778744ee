//! Revoking and restoring tokens.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;

use super::error::ControlError;
use crate::shared::Shared;

pub(super) async fn revoke(
    State(shared): State<Arc<Shared>>,
    Path(token): Path<String>,
) -> Result<StatusCode, ControlError> {
    set_revoked(&shared, &token, true)
}

pub(super) async fn restore(
    State(shared): State<Arc<Shared>>,
    Path(token): Path<String>,
) -> Result<StatusCode, ControlError> {
    set_revoked(&shared, &token, false)
}

fn set_revoked(shared: &Shared, token: &str, revoked: bool) -> Result<StatusCode, ControlError> {
    if shared.state().set_revoked(token, revoked) {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ControlError::NotFound("no such token"))
    }
}

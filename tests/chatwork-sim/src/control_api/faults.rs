//! Injecting faults while the simulator runs.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Serialize;
use serde_json::{Value, json};

use super::error::ControlError;
use crate::shared::Shared;
use crate::{Fault, FaultId};

#[derive(Debug, Serialize)]
pub(super) struct PendingFault {
    fault_id: FaultId,
    #[serde(flatten)]
    fault: Fault,
}

pub(super) async fn list(State(shared): State<Arc<Shared>>) -> Json<Vec<PendingFault>> {
    let pending = shared.faults().pending().to_vec();
    Json(
        pending
            .into_iter()
            .map(|(fault_id, fault)| PendingFault { fault_id, fault })
            .collect(),
    )
}

pub(super) async fn inject(
    State(shared): State<Arc<Shared>>,
    Json(fault): Json<Fault>,
) -> (StatusCode, Json<Value>) {
    let fault_id = shared.faults().inject(fault);
    (StatusCode::CREATED, Json(json!({ "fault_id": fault_id })))
}

pub(super) async fn clear(State(shared): State<Arc<Shared>>) -> StatusCode {
    shared.faults().clear();
    StatusCode::NO_CONTENT
}

pub(super) async fn remove(
    State(shared): State<Arc<Shared>>,
    Path(fault): Path<FaultId>,
) -> Result<StatusCode, ControlError> {
    if shared.faults().remove(fault) {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ControlError::NotFound("no such fault; it may be used up"))
    }
}

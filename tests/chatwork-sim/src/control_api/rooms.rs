//! Rooms, their members and their counters.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::ControlError;
use crate::shared::Shared;
use crate::{AccountId, CounterLag, Member, Role, RoomId};

#[derive(Debug, Deserialize)]
pub(super) struct NewRoom {
    name: String,
    members: Vec<Member>,
}

pub(super) async fn create(
    State(shared): State<Arc<Shared>>,
    Json(new): Json<NewRoom>,
) -> Result<(StatusCode, Json<Value>), ControlError> {
    let room = shared.state().create_room(&new.name, "", new.members)?;
    Ok((StatusCode::CREATED, Json(json!({ "room_id": room }))))
}

pub(super) async fn delete(
    State(shared): State<Arc<Shared>>,
    Path(room): Path<RoomId>,
) -> Result<StatusCode, ControlError> {
    shared.state().delete_room(room)?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn set_counter_lag(
    State(shared): State<Arc<Shared>>,
    Json(lag): Json<CounterLag>,
) -> Result<StatusCode, ControlError> {
    shared.state().set_counter_lag(None, lag)?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn set_room_counter_lag(
    State(shared): State<Arc<Shared>>,
    Path(room): Path<RoomId>,
    Json(lag): Json<CounterLag>,
) -> Result<StatusCode, ControlError> {
    shared.state().set_counter_lag(Some(room), lag)?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize)]
pub(super) struct MemberRole {
    role: Role,
}

pub(super) async fn set_member(
    State(shared): State<Arc<Shared>>,
    Path((room, account)): Path<(RoomId, AccountId)>,
    Json(member): Json<MemberRole>,
) -> Result<StatusCode, ControlError> {
    shared.state().set_member(room, account, member.role)?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn remove_member(
    State(shared): State<Arc<Shared>>,
    Path((room, account)): Path<(RoomId, AccountId)>,
) -> Result<StatusCode, ControlError> {
    shared.state().remove_member(room, account)?;
    Ok(StatusCode::NO_CONTENT)
}

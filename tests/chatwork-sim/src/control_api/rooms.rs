//! Rooms, their members, and posting messages as any account.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::ControlError;
use crate::shared::Shared;
use crate::{AccountId, Member, Message, Role, RoomId};

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

#[derive(Debug, Deserialize)]
pub(super) struct NewMessage {
    account_id: AccountId,
    body: String,
}

pub(super) async fn post_message(
    State(shared): State<Arc<Shared>>,
    Path(room): Path<RoomId>,
    Json(new): Json<NewMessage>,
) -> Result<(StatusCode, Json<Message>), ControlError> {
    let message = shared.state().post_as(room, new.account_id, new.body)?;
    Ok((StatusCode::CREATED, Json(message)))
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

//! Rooms, their members, and speaking in them as anybody.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::Problem;
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
) -> Result<(StatusCode, Json<Value>), Problem> {
    let room = shared.world().create_room(&new.name, "", new.members)?;
    Ok((StatusCode::CREATED, Json(json!({ "room_id": room }))))
}

pub(super) async fn dissolve(
    State(shared): State<Arc<Shared>>,
    Path(room): Path<RoomId>,
) -> Result<StatusCode, Problem> {
    shared.world().dissolve(room)?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize)]
pub(super) struct Words {
    account_id: AccountId,
    body: String,
}

pub(super) async fn say(
    State(shared): State<Arc<Shared>>,
    Path(room): Path<RoomId>,
    Json(words): Json<Words>,
) -> Result<(StatusCode, Json<Message>), Problem> {
    let message = shared.world().say(room, words.account_id, words.body)?;
    Ok((StatusCode::CREATED, Json(message)))
}

#[derive(Debug, Deserialize)]
pub(super) struct Place {
    role: Role,
}

pub(super) async fn bring(
    State(shared): State<Arc<Shared>>,
    Path((room, account)): Path<(RoomId, AccountId)>,
    Json(place): Json<Place>,
) -> Result<StatusCode, Problem> {
    shared.world().set_member(room, account, place.role)?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn remove(
    State(shared): State<Arc<Shared>>,
    Path((room, account)): Path<(RoomId, AccountId)>,
) -> Result<StatusCode, Problem> {
    shared.world().remove_member(room, account)?;
    Ok(StatusCode::NO_CONTENT)
}

//! Posting, editing, deleting and hiding messages, and working on tasks, as any account.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Deserializer};

use super::error::ControlError;
use crate::shared::Shared;
use crate::{AccountId, Message, MessageId, RoomId, TaskId, TaskStatus};

#[derive(Debug, Deserialize)]
pub(super) struct NewMessage {
    account_id: AccountId,
    body: String,
    /// Message that is replied to: the tag and the name are put before the body.
    #[serde(default, deserialize_with = "message_id")]
    reply_to: Option<MessageId>,
    /// Account that is mentioned: the tag and the name are put before the body.
    #[serde(default)]
    mention: Option<AccountId>,
}

/// A message id as the page sends it: a string, since JavaScript numbers cannot hold 19 digits.
fn message_id<'de, D: Deserializer<'de>>(from: D) -> Result<Option<MessageId>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    let id = text.map(|text| text.parse()).transpose();
    id.map_err(serde::de::Error::custom)
}

pub(super) async fn post(
    State(shared): State<Arc<Shared>>,
    Path(room): Path<RoomId>,
    Json(new): Json<NewMessage>,
) -> Result<(StatusCode, Json<Message>), ControlError> {
    let author = new.account_id;
    let mut state = shared.state();
    let message = match (new.reply_to, new.mention) {
        (Some(to), _) => state.reply_as(room, author, to, &new.body)?,
        (None, Some(to)) => state.mention_as(room, author, to, &new.body)?,
        (None, None) => state.post_as(room, author, new.body)?,
    };
    Ok((StatusCode::CREATED, Json(message)))
}

#[derive(Debug, Deserialize)]
pub(super) struct Edit {
    account_id: AccountId,
    body: String,
}

pub(super) async fn edit(
    State(shared): State<Arc<Shared>>,
    Path((room, message)): Path<(RoomId, MessageId)>,
    Json(edit): Json<Edit>,
) -> Result<Json<Message>, ControlError> {
    let edited = shared
        .state()
        .edit_as(room, edit.account_id, message, edit.body)?;
    Ok(Json(edited))
}

#[derive(Debug, Deserialize)]
pub(super) struct Deletion {
    account_id: AccountId,
}

pub(super) async fn delete(
    State(shared): State<Arc<Shared>>,
    Path((room, message)): Path<(RoomId, MessageId)>,
    Json(deletion): Json<Deletion>,
) -> Result<Json<Message>, ControlError> {
    let deleted = shared
        .state()
        .delete_as(room, deletion.account_id, message)?;
    Ok(Json(deleted))
}

#[derive(Debug, Deserialize)]
pub(super) struct Hiding {
    hidden: bool,
}

pub(super) async fn set_hidden(
    State(shared): State<Arc<Shared>>,
    Path((room, message)): Path<(RoomId, MessageId)>,
    Json(hiding): Json<Hiding>,
) -> Result<StatusCode, ControlError> {
    shared.state().set_hidden(room, message, hiding.hidden)?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize)]
pub(super) struct NewTaskStatus {
    account_id: AccountId,
    status: TaskStatus,
}

pub(super) async fn set_task_status(
    State(shared): State<Arc<Shared>>,
    Path(task): Path<TaskId>,
    Json(new): Json<NewTaskStatus>,
) -> Result<StatusCode, ControlError> {
    shared
        .state()
        .set_task_status_as(new.account_id, task, new.status)?;
    Ok(StatusCode::NO_CONTENT)
}

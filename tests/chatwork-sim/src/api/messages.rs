//! `/rooms/{room}/messages`: reading, posting, editing and deleting.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Serialize;
use serde_json::{Value, json};

use super::account::AccountSummary;
use super::auth_layer::Caller;
use super::error::ApiError;
use super::form::{Form, flag};
use super::path::PathIds;
use super::response::{self, AsciiJson};
use crate::shared::Shared;
use crate::state::{ChatworkState, EditError, Message, PostError, ReadError};
use crate::{MessageId, RoomId};

/// Maximum length of a message. Chatwork documents 65,535 without a unit; bytes is the strictest reading.
const MAX_BODY_BYTES: usize = 65_535;

#[derive(Debug, Serialize)]
pub(super) struct MessageRow {
    /// A string, because JSON numbers lose digits of 64-bit integers in many parsers.
    message_id: String,
    account: AccountSummary,
    body: String,
    send_time: u64,
    update_time: u64,
}

impl MessageRow {
    fn new(message: &Message, state: &ChatworkState, shared: &Shared) -> Self {
        Self {
            message_id: message.message_id.to_string(),
            account: AccountSummary::new(message.account_id, state, shared),
            body: message.body.clone(),
            send_time: message.send_time,
            update_time: message.update_time,
        }
    }
}

pub(super) async fn list(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    PathIds(room): PathIds<RoomId>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let force = flag("force", query.get("force").map(String::as_str))?;
    let mut state = shared.state();
    let page = state
        .fetch(room, id, force)
        .map_err(|why| refusal(why, &shared))?;
    let rows = page
        .messages
        .iter()
        .map(|message| MessageRow::new(message, &state, &shared));
    let response = response::list_or_no_content(rows.collect());
    Ok(if page.is_limited {
        response::limited(response)
    } else {
        response
    })
}

pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    PathIds((room, message)): PathIds<(RoomId, MessageId)>,
) -> Result<AsciiJson<MessageRow>, ApiError> {
    let state = shared.state();
    let message = state
        .message(room, id, message)
        .map_err(|why| refusal(why, &shared))?;
    Ok(AsciiJson(MessageRow::new(message, &state, &shared)))
}

pub(super) async fn post(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    PathIds(room): PathIds<RoomId>,
    form: Form,
) -> Result<AsciiJson<Value>, ApiError> {
    let body = message_body(&form)?;
    let self_unread = form.flag("self_unread")?;
    let posted = shared.state().post(room, id, body.to_owned(), self_unread);
    let message = posted.map_err(|why| post_refusal(why, &shared))?;
    Ok(AsciiJson(json!({ "message_id": message.to_string() })))
}

pub(super) async fn edit(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    PathIds((room, message)): PathIds<(RoomId, MessageId)>,
    form: Form,
) -> Result<AsciiJson<Value>, ApiError> {
    let body = message_body(&form)?;
    let edited = shared.state().edit(room, id, message, body.to_owned());
    edited.map_err(|why| edit_refusal(why, &shared))?;
    Ok(AsciiJson(json!({ "message_id": message.to_string() })))
}

pub(super) async fn delete(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    PathIds((room, message)): PathIds<(RoomId, MessageId)>,
) -> Result<AsciiJson<Value>, ApiError> {
    let deleted = shared.state().delete(room, id, message);
    deleted.map_err(|why| edit_refusal(why, &shared))?;
    Ok(AsciiJson(json!({ "message_id": message.to_string() })))
}

/// The text of a message or task.
pub(super) fn message_body(form: &Form) -> Result<&str, ApiError> {
    let body = form.required("body")?;
    if body.len() > MAX_BODY_BYTES {
        return Err(ApiError::BodyTooLong);
    }
    Ok(body)
}

pub(super) fn post_refusal(why: PostError, shared: &Shared) -> ApiError {
    match why {
        PostError::Forbidden => ApiError::inaccessible_room(shared),
        PostError::RoomLimit => ApiError::RoomLimit,
    }
}

fn edit_refusal(why: EditError, shared: &Shared) -> ApiError {
    match why {
        EditError::Read(why) => refusal(why, shared),
        EditError::Forbidden => ApiError::NotOwnMessage,
    }
}

pub(super) fn refusal(why: ReadError, shared: &Shared) -> ApiError {
    match why {
        ReadError::Forbidden => ApiError::inaccessible_room(shared),
        ReadError::MessageNotFound => ApiError::MessageNotFound,
        ReadError::Hidden => ApiError::MessageHidden,
    }
}

//! `/rooms/{room}/messages`: reading and posting.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Serialize;
use serde_json::{Value, json};

use super::auth_layer::Caller;
use super::error::ApiError;
use super::form::{Form, flag};
use super::path::PathIds;
use super::response::{self, AsciiJson};
use crate::shared::Shared;
use crate::state::{ChatworkState, Message, PostError, ReadError};
use crate::{AccountId, MessageId, RoomId};

/// Maximum length of a message. Chatwork documents 65,535 without a unit; bytes is the strictest reading.
const MAX_BODY_BYTES: usize = 65_535;

#[derive(Debug, Serialize)]
pub(super) struct MessageRow {
    /// A string, because JSON numbers lose digits of 64-bit integers in many parsers.
    message_id: String,
    account: Author,
    body: String,
    send_time: u64,
    update_time: u64,
}

#[derive(Debug, Serialize)]
struct Author {
    account_id: AccountId,
    name: String,
    avatar_image_url: String,
}

impl MessageRow {
    fn new(message: &Message, state: &ChatworkState, shared: &Shared) -> Self {
        let id = message.account_id;
        Self {
            message_id: message.message_id.to_string(),
            account: Author {
                account_id: id,
                name: state
                    .account(id)
                    .map(|author| author.name.clone())
                    .unwrap_or_default(),
                avatar_image_url: shared.avatar(id),
            },
            body: message.body.clone(),
            send_time: message.send_time,
            update_time: 0,
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
    let messages = state
        .fetch(room, id, force)
        .map_err(|why| refusal(why, &shared))?
        .to_vec();
    let rows = messages
        .iter()
        .map(|message| MessageRow::new(message, &state, &shared));
    Ok(response::list_or_no_content(rows.collect()))
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
    let body = form.required("body")?;
    if body.len() > MAX_BODY_BYTES {
        return Err(ApiError::BodyTooLong);
    }
    let self_unread = form.flag("self_unread")?;
    let posted = shared.state().post(room, id, body.to_owned(), self_unread);
    let message = posted.map_err(|why| match why {
        PostError::Forbidden => ApiError::room(&shared),
        PostError::RoomLimit => ApiError::RoomLimit,
    })?;
    Ok(AsciiJson(json!({ "message_id": message.to_string() })))
}

fn refusal(why: ReadError, shared: &Shared) -> ApiError {
    match why {
        ReadError::Forbidden => ApiError::room(shared),
        ReadError::MessageNotFound => ApiError::MessageNotFound,
    }
}

//! `/rooms/{room}/messages`: reading and posting.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Serialize;
use serde_json::{Value, json};

use super::auth_layer::Caller;
use super::error::Refusal;
use super::form::{Form, flag};
use super::path::Ids;
use super::response::{self, Answer};
use crate::shared::Shared;
use crate::state::{Message, NotPosted, NotRead, World};
use crate::{AccountId, MessageId, RoomId};

/// The longest body. Chatwork names no unit; bytes is the strictest reading.
const LONGEST: usize = 65_535;

#[derive(Debug, Serialize)]
pub(super) struct MessageRow {
    /// A string: 64 bits do not fit into every reader's numbers.
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
    fn new(message: &Message, world: &World, shared: &Shared) -> Self {
        let id = message.account_id;
        Self {
            message_id: message.message_id.to_string(),
            account: Author {
                account_id: id,
                name: world
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
    Ids(room): Ids<RoomId>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Refusal> {
    let force = flag("force", query.get("force").map(String::as_str))?;
    let mut world = shared.world();
    let messages = world
        .fetch(room, id, force)
        .map_err(|why| refusal(why, &shared))?
        .to_vec();
    let rows = messages
        .iter()
        .map(|message| MessageRow::new(message, &world, &shared));
    Ok(response::list_or_nothing(rows.collect()))
}

pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    Ids((room, message)): Ids<(RoomId, MessageId)>,
) -> Result<Answer<MessageRow>, Refusal> {
    let world = shared.world();
    let message = world
        .message(room, id, message)
        .map_err(|why| refusal(why, &shared))?;
    Ok(Answer(MessageRow::new(message, &world, &shared)))
}

pub(super) async fn post(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    Ids(room): Ids<RoomId>,
    form: Form,
) -> Result<Answer<Value>, Refusal> {
    let body = form.required("body")?;
    if body.len() > LONGEST {
        return Err(Refusal::TooLong);
    }
    let self_unread = form.flag("self_unread")?;
    let posted = shared.world().post(room, id, body.to_owned(), self_unread);
    let message = posted.map_err(|why| match why {
        NotPosted::Refused => Refusal::room(&shared),
        NotPosted::RoomLimit => Refusal::RoomLimit,
    })?;
    Ok(Answer(json!({ "message_id": message.to_string() })))
}

fn refusal(why: NotRead, shared: &Shared) -> Refusal {
    match why {
        NotRead::Refused => Refusal::room(shared),
        NotRead::NoMessage => Refusal::Message,
    }
}

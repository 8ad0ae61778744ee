//! Everything at once: what the page draws, and what a test may look at over HTTP.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use serde_json::{Value, json};

use crate::shared::Shared;
use crate::{Account, ContactRequest, Message, Room};

#[derive(Debug, Serialize)]
pub(super) struct Everything {
    accounts: Vec<Account>,
    rooms: Vec<RoomWithMessages>,
    contact_requests: Vec<ContactRequest>,
}

#[derive(Debug, Serialize)]
struct RoomWithMessages {
    #[serde(flatten)]
    room: Room,
    messages: Vec<Message>,
}

pub(super) async fn show(State(shared): State<Arc<Shared>>) -> Json<Everything> {
    let world = shared.world();
    let rooms = world.chats().map(|chat| RoomWithMessages {
        room: chat.room.clone(),
        messages: chat.messages.clone(),
    });
    Json(Everything {
        accounts: world.accounts().cloned().collect(),
        rooms: rooms.collect(),
        contact_requests: world.contact_requests().cloned().collect(),
    })
}

/// How many calls have arrived, and how they were answered, by status.
pub(super) async fn traffic(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let traffic = shared.traffic().clone();
    Json(json!({ "requests": traffic.requests, "answers": traffic.answers }))
}

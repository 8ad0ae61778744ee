//! `GET /sim/state` and `/sim/traffic`: the whole state for the page and for tests.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use serde_json::{Value, json};

use crate::shared::Shared;
use crate::{Account, ContactRequest, Message, Room};

#[derive(Debug, Serialize)]
pub(super) struct StateSnapshot {
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

pub(super) async fn show(State(shared): State<Arc<Shared>>) -> Json<StateSnapshot> {
    let state = shared.state();
    let rooms = state.chats().map(|chat| RoomWithMessages {
        room: chat.room.clone(),
        messages: chat.messages.clone(),
    });
    Json(StateSnapshot {
        accounts: state.accounts().cloned().collect(),
        rooms: rooms.collect(),
        contact_requests: state.contact_requests().cloned().collect(),
    })
}

/// Number of requests, and of responses by status.
pub(super) async fn traffic(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let traffic = shared.traffic().clone();
    Json(json!({ "requests": traffic.requests, "answers": traffic.responses }))
}

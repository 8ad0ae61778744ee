//! `GET /sim/state`, `/sim/traffic` and `/sim/requests`: the whole state for the page and for tests.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use serde_json::{Value, json};

use crate::shared::{ApiRequest, Shared};
use crate::{Account, ContactRequest, Message, Room, Task};

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
    tasks: Vec<Task>,
}

pub(super) async fn show(State(shared): State<Arc<Shared>>) -> Json<StateSnapshot> {
    let state = shared.state();
    let rooms = state.chats().map(|chat| RoomWithMessages {
        room: chat.room.clone(),
        messages: chat.messages.clone(),
        tasks: state.tasks_of(chat.room.room_id).cloned().collect(),
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
    Json(json!({ "requests": traffic.requests, "responses": traffic.responses }))
}

/// The latest requests of the API, oldest first.
pub(super) async fn requests(State(shared): State<Arc<Shared>>) -> Json<Vec<ApiRequest>> {
    Json(shared.traffic().latest.iter().cloned().collect())
}

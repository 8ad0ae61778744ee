//! `/rooms`: listing the caller's rooms and creating rooms.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use serde::Serialize;
use serde_json::{Value, json};

use super::auth_layer::Caller;
use super::error::ApiError;
use super::form::Form;
use super::members::members_of;
use super::path::PathIds;
use super::response::AsciiJson;
use crate::office::{Member, Role, Room, RoomKind};
use crate::shared::Shared;
use crate::state::{Chat, ChatworkState};
use crate::{AccountId, RoomId, TaskStatus};

#[derive(Debug, Serialize)]
pub(super) struct RoomRow {
    room_id: RoomId,
    name: String,
    #[serde(rename = "type")]
    kind: RoomKind,
    role: Role,
    sticky: bool,
    unread_num: u32,
    mention_num: u32,
    mytask_num: usize,
    message_num: u32,
    file_num: u32,
    task_num: usize,
    icon_path: String,
    last_update_time: u64,
    /// Only in the response for a single room.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
}

/// Id, name and picture of a room.
#[derive(Debug, Serialize)]
pub(super) struct RoomSummary {
    room_id: RoomId,
    name: String,
    icon_path: String,
}

impl RoomSummary {
    /// The room as the account sees it: a direct chat has the name and picture of the other account.
    pub(super) fn new(
        room: &Room,
        viewer: AccountId,
        state: &ChatworkState,
        shared: &Shared,
    ) -> Self {
        let partner = room.partner_of(viewer).and_then(|id| state.account(id));
        Self {
            room_id: room.room_id,
            name: match room.kind {
                RoomKind::My => "マイチャット".to_owned(),
                RoomKind::Direct => partner
                    .map(|partner| partner.name.clone())
                    .unwrap_or_default(),
                RoomKind::Group => room.name.clone(),
            },
            icon_path: match room.kind {
                RoomKind::Group => format!("{}/avatar/group.svg", shared.origin),
                RoomKind::My => shared.avatar(viewer),
                RoomKind::Direct => {
                    shared.avatar(partner.map_or(viewer, |partner| partner.account_id))
                }
            },
        }
    }
}

impl RoomRow {
    fn new(chat: &Chat, viewer: AccountId, state: &ChatworkState, shared: &Shared) -> Self {
        let room = &chat.room;
        let RoomSummary {
            room_id,
            name,
            icon_path,
        } = RoomSummary::new(room, viewer, state, shared);
        let (_, now) = state.limits_and_time();
        let counters = chat.counters(viewer, now);
        let open_tasks = || {
            let tasks = state.tasks_of(room_id);
            tasks.filter(|task| task.status == TaskStatus::Open)
        };
        Self {
            room_id,
            name,
            kind: room.kind,
            role: room.role_of(viewer).unwrap_or_default(),
            sticky: false,
            unread_num: counters.unread.messages,
            mention_num: counters.unread.mentions,
            mytask_num: open_tasks()
                .filter(|task| task.account_id == viewer)
                .count(),
            message_num: counters.message_num,
            file_num: 0,
            task_num: open_tasks().count(),
            icon_path,
            last_update_time: counters.last_update_time,
            description: None,
        }
    }
}

pub(super) async fn list(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
) -> AsciiJson<Vec<RoomRow>> {
    let state = shared.state();
    AsciiJson(
        state
            .chats_of(id)
            .map(|chat| RoomRow::new(chat, id, &state, &shared))
            .collect(),
    )
}

pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    PathIds(room): PathIds<RoomId>,
) -> Result<AsciiJson<RoomRow>, ApiError> {
    let state = shared.state();
    let chat = state
        .chat_of(room, id)
        .ok_or_else(|| ApiError::inaccessible_room(&shared))?;
    let description = Some(chat.room.description.clone());
    Ok(AsciiJson(RoomRow {
        description,
        ..RoomRow::new(chat, id, &state, &shared)
    }))
}

pub(super) async fn create(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    form: Form,
) -> Result<AsciiJson<Value>, ApiError> {
    let name = form.required("name")?;
    let mut members = members_of(&form)?;
    // The creator becomes admin even when the form does not list it.
    match members.iter_mut().find(|member| member.account_id == id) {
        Some(creator) => creator.role = Role::Admin,
        None => members.push(Member::new(id, Role::Admin)),
    }
    let description = form.get("description").unwrap_or_default();
    let created = shared.state().create_room(name, description, members);
    let room = created.map_err(|_| ApiError::InvalidParameter("members_admin_ids"))?;
    Ok(AsciiJson(json!({ "room_id": room })))
}

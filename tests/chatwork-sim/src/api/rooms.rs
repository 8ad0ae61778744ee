//! `/rooms`: the caller's rooms, and making a new one.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use serde::Serialize;
use serde_json::{Value, json};

use super::auth_layer::Caller;
use super::error::Refusal;
use super::form::Form;
use super::members::members_of;
use super::path::Ids;
use super::response::Answer;
use crate::office::{Member, Role, RoomKind};
use crate::shared::Shared;
use crate::state::{Chat, World};
use crate::{AccountId, RoomId};

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
    mytask_num: u32,
    message_num: usize,
    file_num: u32,
    task_num: u32,
    icon_path: String,
    last_update_time: u64,
    /// Only when a single room is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
}

impl RoomRow {
    /// The room as the account sees it: a direct chat bears the other's name and picture.
    fn new(chat: &Chat, viewer: AccountId, world: &World, shared: &Shared) -> Self {
        let room = &chat.room;
        let partner = room.partner_of(viewer).and_then(|id| world.account(id));
        let unread = chat.unread(viewer);
        Self {
            room_id: room.room_id,
            name: match room.kind {
                RoomKind::My => "マイチャット".to_owned(),
                RoomKind::Direct => partner
                    .map(|partner| partner.name.clone())
                    .unwrap_or_default(),
                RoomKind::Group => room.name.clone(),
            },
            kind: room.kind,
            role: room.role_of(viewer).unwrap_or_default(),
            sticky: false,
            unread_num: unread.messages,
            mention_num: unread.mentions,
            mytask_num: 0,
            message_num: chat.messages.len(),
            file_num: 0,
            task_num: 0,
            icon_path: match room.kind {
                RoomKind::Group => format!("{}/avatar/group.svg", shared.origin),
                RoomKind::My => shared.avatar(viewer),
                RoomKind::Direct => shared.avatar(partner.map_or(viewer, |a| a.account_id)),
            },
            last_update_time: chat.messages.last().map_or(0, |message| message.send_time),
            description: None,
        }
    }
}

pub(super) async fn list(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
) -> Answer<Vec<RoomRow>> {
    let world = shared.world();
    Answer(
        world
            .chats_of(id)
            .map(|chat| RoomRow::new(chat, id, &world, &shared))
            .collect(),
    )
}

pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    Ids(room): Ids<RoomId>,
) -> Result<Answer<RoomRow>, Refusal> {
    let world = shared.world();
    let chat = world
        .chat_of(room, id)
        .ok_or_else(|| Refusal::room(&shared))?;
    let description = Some(chat.room.description.clone());
    Ok(Answer(RoomRow {
        description,
        ..RoomRow::new(chat, id, &world, &shared)
    }))
}

pub(super) async fn create(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    form: Form,
) -> Result<Answer<Value>, Refusal> {
    let name = form.required("name")?;
    let mut members = members_of(&form)?;
    // Whoever makes a room runs it, named or not.
    match members.iter_mut().find(|member| member.account_id == id) {
        Some(own) => own.role = Role::Admin,
        None => members.push(Member::new(id, Role::Admin)),
    }
    let description = form.get("description").unwrap_or_default();
    let created = shared.world().create_room(name, description, members);
    let room = created.map_err(|_| Refusal::Invalid("members_admin_ids"))?;
    Ok(Answer(json!({ "room_id": room })))
}

//! `/rooms/{room}/members`: who is in a room, and replacing all of them.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use serde::Serialize;

use super::auth_layer::Caller;
use super::error::Refusal;
use super::form::Form;
use super::path::Ids;
use super::response::Answer;
use crate::office::{Member, ORGANIZATION_ID, ORGANIZATION_NAME, Role, RoomKind};
use crate::shared::Shared;
use crate::{AccountId, RoomId};

#[derive(Debug, Serialize)]
pub(super) struct MemberRow {
    account_id: AccountId,
    role: Role,
    name: String,
    chatwork_id: String,
    organization_id: u64,
    organization_name: &'static str,
    department: String,
    avatar_image_url: String,
}

/// All members after a change, by role.
#[derive(Debug, Serialize)]
pub(super) struct Roles {
    admin: Vec<AccountId>,
    member: Vec<AccountId>,
    readonly: Vec<AccountId>,
}

/// The members that a form names. At least one admin is required, and nobody may be named twice.
pub(super) fn members_of(form: &Form) -> Result<Vec<Member>, Refusal> {
    form.required("members_admin_ids")?;
    let mut members: Vec<Member> = Vec::new();
    for (name, role) in [
        ("members_admin_ids", Role::Admin),
        ("members_member_ids", Role::Member),
        ("members_readonly_ids", Role::Readonly),
    ] {
        for id in form.ids(name)? {
            if members.iter().any(|member| member.account_id == id) {
                return Err(Refusal::Invalid(name));
            }
            members.push(Member::new(id, role));
        }
    }
    Ok(members)
}

pub(super) async fn list(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    Ids(room): Ids<RoomId>,
) -> Result<Answer<Vec<MemberRow>>, Refusal> {
    let world = shared.world();
    let chat = world
        .chat_of(room, id)
        .ok_or_else(|| Refusal::room(&shared))?;
    let rows = chat.room.members.iter().filter_map(|member| {
        let account = world.account(member.account_id)?;
        Some(MemberRow {
            account_id: account.account_id,
            role: member.role,
            name: account.name.clone(),
            chatwork_id: account.chatwork_id.clone(),
            organization_id: ORGANIZATION_ID,
            organization_name: ORGANIZATION_NAME,
            department: account.department.clone(),
            avatar_image_url: shared.avatar(account.account_id),
        })
    });
    Ok(Answer(rows.collect()))
}

pub(super) async fn replace(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    Ids(room): Ids<RoomId>,
    form: Form,
) -> Result<Answer<Roles>, Refusal> {
    let mut world = shared.world();
    let chat = world
        .chat_of(room, id)
        .ok_or_else(|| Refusal::room(&shared))?;
    if chat.room.kind != RoomKind::Group || chat.room.role_of(id) != Some(Role::Admin) {
        return Err(Refusal::Members);
    }
    let members = members_of(&form)?;
    let with = |role| {
        let chosen = members.iter().filter(move |member| member.role == role);
        chosen.map(|member| member.account_id).collect()
    };
    let roles = Roles {
        admin: with(Role::Admin),
        member: with(Role::Member),
        readonly: with(Role::Readonly),
    };
    let replaced = world.set_members(room, members);
    replaced.map_err(|_| Refusal::Invalid("members_admin_ids"))?;
    Ok(Answer(roles))
}

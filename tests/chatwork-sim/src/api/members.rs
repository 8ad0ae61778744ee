//! `/rooms/{room}/members`: listing and replacing the members of a room.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use serde::Serialize;

use super::auth_layer::Caller;
use super::error::ApiError;
use super::form::Form;
use super::path::PathIds;
use super::response::AsciiJson;
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

/// Members by role, as the response to a replacement.
#[derive(Debug, Serialize)]
pub(super) struct Roles {
    admin: Vec<AccountId>,
    member: Vec<AccountId>,
    readonly: Vec<AccountId>,
}

/// Parses the members of a form. At least one admin is required, and no account may appear twice.
pub(super) fn members_of(form: &Form) -> Result<Vec<Member>, ApiError> {
    form.required("members_admin_ids")?;
    let mut members: Vec<Member> = Vec::new();
    for (name, role) in [
        ("members_admin_ids", Role::Admin),
        ("members_member_ids", Role::Member),
        ("members_readonly_ids", Role::Readonly),
    ] {
        for id in form.ids(name)? {
            if members.iter().any(|member| member.account_id == id) {
                return Err(ApiError::InvalidParameter(name));
            }
            members.push(Member::new(id, role));
        }
    }
    Ok(members)
}

pub(super) async fn list(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    PathIds(room): PathIds<RoomId>,
) -> Result<AsciiJson<Vec<MemberRow>>, ApiError> {
    let state = shared.state();
    let chat = state
        .chat_of(room, id)
        .ok_or_else(|| ApiError::inaccessible_room(&shared))?;
    let rows = chat.room.members.iter().filter_map(|member| {
        let account = state.account(member.account_id)?;
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
    Ok(AsciiJson(rows.collect()))
}

pub(super) async fn replace(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    PathIds(room): PathIds<RoomId>,
    form: Form,
) -> Result<AsciiJson<Roles>, ApiError> {
    let mut state = shared.state();
    let chat = state
        .chat_of(room, id)
        .ok_or_else(|| ApiError::inaccessible_room(&shared))?;
    if chat.room.kind != RoomKind::Group || chat.room.role_of(id) != Some(Role::Admin) {
        return Err(ApiError::NotRoomAdmin);
    }
    let members = members_of(&form)?;
    let members_with = |role| {
        let chosen = members.iter().filter(move |member| member.role == role);
        chosen.map(|member| member.account_id).collect()
    };
    let roles = Roles {
        admin: members_with(Role::Admin),
        member: members_with(Role::Member),
        readonly: members_with(Role::Readonly),
    };
    let replaced = state.set_members(room, members);
    replaced.map_err(|_| ApiError::InvalidParameter("members_admin_ids"))?;
    Ok(AsciiJson(roles))
}

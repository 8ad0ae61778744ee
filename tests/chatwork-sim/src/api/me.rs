//! `GET /me`: the caller's own profile.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use serde::Serialize;

use super::auth_layer::Caller;
use super::error::ApiError;
use super::response::AsciiJson;
use crate::office::{ORGANIZATION_ID, ORGANIZATION_NAME, RoomKind};
use crate::shared::Shared;
use crate::{AccountId, RoomId};

/// The profile. Unset strings are empty, never missing.
#[derive(Debug, Serialize)]
pub(super) struct Me {
    account_id: AccountId,
    room_id: RoomId,
    name: String,
    chatwork_id: String,
    organization_id: u64,
    organization_name: &'static str,
    department: String,
    title: &'static str,
    url: &'static str,
    introduction: &'static str,
    mail: &'static str,
    tel_organization: &'static str,
    tel_extension: &'static str,
    tel_mobile: &'static str,
    skype: &'static str,
    facebook: &'static str,
    twitter: &'static str,
    avatar_image_url: String,
    login_mail: String,
}

pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
) -> Result<AsciiJson<Me>, ApiError> {
    let state = shared.state();
    // The token of a removed account is invalid.
    let account = state.account(id).ok_or(ApiError::InvalidToken)?.clone();
    let my_chat = state
        .chats_of(id)
        .find(|chat| chat.room.kind == RoomKind::My);
    Ok(AsciiJson(Me {
        account_id: id,
        room_id: my_chat.map(|chat| chat.room.room_id).unwrap_or_default(),
        name: account.name,
        chatwork_id: account.chatwork_id,
        organization_id: ORGANIZATION_ID,
        organization_name: ORGANIZATION_NAME,
        department: account.department,
        title: "",
        url: "",
        introduction: "",
        mail: "",
        tel_organization: "",
        tel_extension: "",
        tel_mobile: "",
        skype: "",
        facebook: "",
        twitter: "",
        avatar_image_url: shared.avatar(id),
        login_mail: format!("account-{id}@example.com"),
    }))
}

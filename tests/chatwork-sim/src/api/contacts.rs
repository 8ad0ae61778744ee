//! `GET /contacts`: the caller's contacts, each with the direct chat.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::auth_layer::Caller;
use super::response;
use crate::office::{ORGANIZATION_ID, ORGANIZATION_NAME};
use crate::shared::Shared;
use crate::state::Contact;
use crate::{AccountId, RoomId};

#[derive(Debug, Serialize)]
pub(super) struct ContactRow {
    account_id: AccountId,
    room_id: RoomId,
    name: String,
    chatwork_id: String,
    organization_id: u64,
    organization_name: &'static str,
    department: String,
    avatar_image_url: String,
}

impl ContactRow {
    pub(super) fn new(contact: Contact<'_>, shared: &Shared) -> Self {
        let account = contact.account;
        Self {
            account_id: account.account_id,
            room_id: contact.room,
            name: account.name.clone(),
            chatwork_id: account.chatwork_id.clone(),
            organization_id: ORGANIZATION_ID,
            organization_name: ORGANIZATION_NAME,
            department: account.department.clone(),
            avatar_image_url: shared.avatar(account.account_id),
        }
    }
}

pub(super) async fn list(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
) -> Response {
    let state = shared.state();
    let rows = state
        .contacts_of(id)
        .map(|contact| ContactRow::new(contact, &shared))
        .collect();
    response::list_or_no_content(rows)
}

//! Hosts' personal links, and a host's own page.

use yobirin_api::message::SentMessage;
use yobirin_api::personal::{HostLink, Me, PersonalLink};
use yobirin_domain::model::id::{CallId, HostId};
use yobirin_domain::self_edit::SelfEdit;

use super::request::{Method, exchange, refusal_with_problems};
use crate::api::client::{done, read};
use crate::api::response::ApiResult;
use crate::json;

/// The hosts with a personal link.
pub async fn host_links() -> ApiResult<Vec<HostLink>> {
    read(Method::Get, "/api/hosts/links", None).await
}

/// A fresh personal link.
pub async fn make_host_link(host: &HostId) -> ApiResult<PersonalLink> {
    read(Method::Post, &format!("/api/hosts/{host}/link"), None).await
}

/// Has the bot bring a personal link to its host.
pub async fn send_host_link(host: &HostId, link: &PersonalLink) -> ApiResult<SentMessage> {
    let path = format!("/api/hosts/{host}/link/message");
    read(Method::Post, &path, json::write(link)).await
}

/// How a message that the bot sends for set-up stands.
pub async fn message(id: CallId) -> ApiResult<SentMessage> {
    read(Method::Get, &format!("/api/messages/{id}"), None).await
}

/// Ends a personal link.
pub async fn revoke_host_link(host: &HostId) -> ApiResult<()> {
    done(Method::Delete, &format!("/api/hosts/{host}/link"), None).await
}

/// The host whose page is open in this browser.
pub async fn me() -> ApiResult<Me> {
    read(Method::Get, "/api/me", None).await
}

/// Changes what a host may change; a refusal says what is wrong with which field.
pub async fn change_me(edit: &SelfEdit) -> ApiResult<Me> {
    let answer = exchange(Method::Patch, "/api/me", json::write(edit), None).await?;
    answer.accepted(refusal_with_problems)?.json()
}

/// Closes the page in this browser.
pub async fn close_me() -> ApiResult<()> {
    done(Method::Post, "/api/me/close", None).await
}

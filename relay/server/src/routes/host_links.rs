//! Hosts' personal links: made, sent and revoked by admins.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use yobirin_api::message::SentMessage;
use yobirin_api::personal::{HostLink, PersonalLink};
use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::message::personal_link_message;
use yobirin_domain::model::id::HostId;
use yobirin_domain::routing::Destination;

use crate::auth::Admin;
use crate::crypto::token;
use crate::error::{ApiError, ApiResult};
use crate::forward::bot_message;
use crate::routes::extract::{ApiJson, ApiPath};
use crate::state::SharedState;

/// Deadline of a message with a link. After an hour, an admin should decide whether to send it again.
const MESSAGE_LIFETIME_MS: Millis = 3600 * 1000;

/// `GET /api/hosts/links`: hosts with a link.
pub(crate) async fn list(
    _: Admin,
    State(state): State<SharedState>,
) -> ApiResult<Json<Vec<HostLink>>> {
    Ok(Json(state.store.host_links().await?))
}

/// `POST /api/hosts/{id}/link`: makes a link, in place of the one before.
pub(crate) async fn make(
    _: Admin,
    State(state): State<SharedState>,
    uri: Uri,
    headers: HeaderMap,
    ApiPath(host): ApiPath<HostId>,
) -> ApiResult<Json<PersonalLink>> {
    if state.settings.get().settings.host(&host).is_none() {
        return Err(ApiError::not_found("host in the settings: save them first"));
    }
    let secret = token::generate();
    let mut transaction = state.store.begin().await?;
    transaction
        .set_host_link(&host, &token::hash(&secret), state.clock.now())
        .await?;
    transaction.commit().await?;
    let link = link_url(&state.origin(&uri, &headers), &secret);
    Ok(Json(PersonalLink { link }))
}

/// `POST /api/hosts/{id}/link/message`: the bot sends the link to its host. The relay stores only a hash, so
/// the link comes with the request.
pub(crate) async fn send(
    _: Admin,
    State(state): State<SharedState>,
    uri: Uri,
    headers: HeaderMap,
    ApiPath(host): ApiPath<HostId>,
    ApiJson(request): ApiJson<PersonalLink>,
) -> ApiResult<(StatusCode, Json<SentMessage>)> {
    let secret = request.link.rsplit_once("#link=").map(|(_, secret)| secret);
    let owner = match secret {
        Some(secret) => state.store.host_of_link(&token::hash(secret)).await?,
        None => None,
    };
    let (Some(secret), true) = (secret, owner.as_ref() == Some(&host)) else {
        let message = "personal link of this host any more: make a new one";
        return Err(ApiError::not_found(message));
    };
    let current = state.settings.get();
    let account = current.settings.host(&host).and_then(|host| host.account);
    let Some(account) = account else {
        let message = "this host has no Chatwork account: enter one and save";
        return Err(ApiError::named(ErrorCode::DestinationNotAllowed, message));
    };
    let link = link_url(&state.origin(&uri, &headers), secret);
    let text = |reference| personal_link_message(&current.settings, &link, reference);
    let to = Destination::Account(account);
    let sent = bot_message::send(&state, to, MESSAGE_LIFETIME_MS, text).await?;
    Ok((StatusCode::ACCEPTED, Json(sent)))
}

fn link_url(origin: &str, secret: &str) -> String {
    format!("{origin}/setup/me#link={secret}")
}

/// `DELETE /api/hosts/{id}/link`: revokes the link and every session opened with it.
pub(crate) async fn revoke(
    _: Admin,
    State(state): State<SharedState>,
    ApiPath(host): ApiPath<HostId>,
) -> ApiResult<StatusCode> {
    let mut transaction = state.store.begin().await?;
    if !transaction.revoke_host_link(&host).await? {
        return Err(ApiError::not_found("personal link"));
    }
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

//! Hosts' personal links as admins make and revoke them.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use yobirin_api::personal::{HostLink, PersonalLink};
use yobirin_domain::id::HostId;

use crate::auth::Admin;
use crate::body::Part;
use crate::error::{Answer, Failure};
use crate::relay::App;
use crate::secret;

/// `GET /api/hosts/links`: who has one.
pub(crate) async fn list(_: Admin, State(relay): State<App>) -> Answer<Json<Vec<HostLink>>> {
    Ok(Json(relay.store.host_links().await?))
}

/// `POST /api/hosts/{id}/link`: makes one, in place of the one before.
pub(crate) async fn make(
    _: Admin,
    State(relay): State<App>,
    headers: HeaderMap,
    Part(host): Part<HostId>,
) -> Answer<Json<PersonalLink>> {
    if relay.settings.get().settings.host(&host).is_none() {
        return Err(Failure::not_found("host in the settings: save them first"));
    }
    let secret = secret::fresh();
    let mut write = relay.store.write().await?;
    write
        .set_host_link(&host, &secret::hash(&secret), relay.clock.now())
        .await?;
    write.commit().await?;
    let link = format!(
        "{}/setup/me#link={}",
        relay.origin(&headers),
        secret.as_str()
    );
    Ok(Json(PersonalLink { link }))
}

/// `DELETE /api/hosts/{id}/link`: it works no more, nor does any browser in which it was opened.
pub(crate) async fn revoke(
    _: Admin,
    State(relay): State<App>,
    Part(host): Part<HostId>,
) -> Answer<StatusCode> {
    let mut write = relay.store.write().await?;
    if !write.revoke_host_link(&host).await? {
        return Err(Failure::not_found("personal link"));
    }
    write.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

//! Sessions of the admin and of hosts: opened in place of the browser's previous one, ended by idleness, age or
//! sign-out.

use std::time::Duration;

use axum_extra::extract::CookieJar;
use yobirin_api::Millis;
use yobirin_domain::caller_limits::SessionLifetime;

use super::cookies::{self, CookieKind, Cookies};
use super::device::Device;
use crate::crypto::token;
use crate::error::ApiResult;
use crate::state::{AppState, SharedState};
use yobirin_store::{SessionOwner, SessionRow, StoreError, Transaction};

/// Minimum time between two updates of `seen_at`, to spare the disk.
const SEEN_UPDATE_INTERVAL_MS: Millis = 60 * 1000;

/// Returns the session of this secret, if it is valid.
pub(super) async fn find(state: &AppState, secret: Option<&str>) -> ApiResult<Option<SessionRow>> {
    let Some(secret) = secret else {
        return Ok(None);
    };
    let now = state.clock.now();
    let session = state.store.session(&token::hash(secret)).await?;
    let Some(session) = session.filter(|session| is_session_valid(session, now)) else {
        return Ok(None);
    };
    if session.last_seen + SEEN_UPDATE_INTERVAL_MS <= now
        && let Err(error) = update_seen_at(state, &session.hash, now).await
    {
        // Reading must work on a full disk as well.
        tracing::warn!(%error, "failed to update session `seen_at`");
    }
    Ok(Some(session))
}

/// True while neither timeout of the session has passed.
pub(crate) fn is_session_valid(session: &SessionRow, now: Millis) -> bool {
    lifetime(&session.owner, session.on_tablet).is_alive(session.created_at, session.last_seen, now)
}

fn lifetime(owner: &SessionOwner, on_tablet: bool) -> SessionLifetime {
    match owner {
        SessionOwner::Admin => SessionLifetime::of_admin(on_tablet),
        SessionOwner::Host(_) => SessionLifetime::of_host(on_tablet),
    }
}

async fn update_seen_at(state: &AppState, hash: &str, now: Millis) -> Result<(), StoreError> {
    let mut transaction = state.store.begin().await?;
    transaction.mark_session_seen(hash, now).await?;
    transaction.commit().await
}

/// Opens a session in place of the browser's previous one of the same kind; the caller commits. The caller
/// checks the right to the session in the same transaction; otherwise a reset at the same time would not end it.
pub(crate) async fn open_session(
    state: &SharedState,
    cookies: &Cookies,
    owner: &SessionOwner,
    transaction: &mut Transaction,
) -> ApiResult<CookieJar> {
    let kind = match owner {
        SessionOwner::Admin => CookieKind::Session,
        SessionOwner::Host(_) => CookieKind::Host,
    };
    if let Some(previous) = cookies.get(kind) {
        transaction.end_session(&token::hash(previous)).await?;
    }
    // Visitors use this browser too, so the session is shorter. Not in a demo, where one browser has every role.
    let on_tablet = state.demo.is_none() && Device::of(cookies, state).await?.is_some();
    let (secret, now) = (token::generate(), state.clock.now());
    transaction
        .add_session(&token::hash(&secret), owner, on_tablet, now)
        .await?;
    let max_age = Duration::from_millis(lifetime(owner, on_tablet).total);
    Ok(cookies::set_cookie(state, kind, &secret, max_age))
}

/// Ends the session of a cookie; returns the response part that deletes the cookie.
pub(crate) async fn end(
    state: &AppState,
    cookies: &Cookies,
    kind: CookieKind,
) -> ApiResult<CookieJar> {
    if let Some(secret) = cookies.get(kind) {
        let hash = token::hash(secret);
        // Unauthenticated requests must not occupy the single writer.
        if state.store.session(&hash).await?.is_some() {
            let mut transaction = state.store.begin().await?;
            transaction.end_session(&hash).await?;
            transaction.commit().await?;
        }
    }
    Ok(cookies::delete(state, kind))
}

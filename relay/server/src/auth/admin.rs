//! An admin's session: opened by password or link, ended by idleness, age or signing out.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue};
use yobirin_api::{ErrorCode, Millis};

use super::cookies::{self, Cookies};
use super::steps::Proof;
use crate::error::{Answer, Failure};
use crate::relay::{App, Relay};
use crate::secret;
use crate::security_log;
use crate::store::{StoreError, Write};

/// A session ends when it was not used for twelve hours.
pub(crate) const SESSION_IDLE: Millis = 12 * 3600 * 1000;
/// And after seven days in any case.
pub(crate) const SESSION_AGE: Millis = 7 * 24 * 3600 * 1000;
/// Use is noted at most this often, to spare the disk.
const NOTED: Millis = 60 * 1000;

/// Somebody who is signed in as admin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Admin(());

impl FromRequestParts<App> for Admin {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, relay: &App) -> Answer<Self> {
        let Ok(cookies) = Cookies::from_request_parts(parts, relay).await;
        let known = Self::of(&cookies, relay).await?;
        known
            .inspect(|_| security_log::actor("admin"))
            .ok_or_else(|| Failure::named(ErrorCode::NotSignedIn, "sign in first"))
    }
}

impl Admin {
    /// The admin whose session cookie this is, if it still stands for one.
    pub(crate) async fn of(cookies: &Cookies, relay: &Arc<Relay>) -> Answer<Option<Self>> {
        let Some(secret) = &cookies.session else {
            return Ok(None);
        };
        let hash = secret::hash(secret);
        let Some(session) = relay.store.session(&hash).await? else {
            return Ok(None);
        };
        let now = relay.clock.now();
        if session.seen + SESSION_IDLE <= now || session.created + SESSION_AGE <= now {
            let mut write = relay.store.write().await?;
            write.end_session(&hash).await?;
            write.commit().await?;
            return Ok(None);
        }
        if session.seen + NOTED <= now
            && let Err(error) = note_seen(relay, &hash, now).await
        {
            // On a full disk an admin must be able to look all the same.
            tracing::warn!(%error, "that an admin was here was not noted");
        }
        Ok(Some(Self(())))
    }
}

async fn note_seen(relay: &Relay, hash: &str, now: Millis) -> Result<(), StoreError> {
    let mut write = relay.store.write().await?;
    write.session_seen(hash, now).await?;
    write.commit().await
}

/// Opens a fresh session in place of the one the browser may have had, unless what it was checked against
/// has changed since.
pub(crate) async fn sign_in(
    relay: &Relay,
    cookies: &Cookies,
    proof: Option<&Proof>,
) -> Answer<[(HeaderName, HeaderValue); 1]> {
    let (secret, now) = (secret::fresh(), relay.clock.now());
    let mut write = relay.store.write().await?;
    write
        .end_old_sessions(now.saturating_sub(SESSION_AGE))
        .await?;
    if let Some(old) = &cookies.session {
        write.end_session(&secret::hash(old)).await?;
    }
    write.add_session(&secret::hash(&secret), now).await?;
    write.commit().await?;
    // Only now: before, somebody could end all sessions between this look and the new one.
    if let Some(proof) = proof
        && !proof.holds(relay).await?
    {
        let mut write = relay.store.write().await?;
        write.end_session(&secret::hash(&secret)).await?;
        write.commit().await?;
        let message = "the password or the second step was changed meanwhile: sign in again";
        return Err(Failure::named(ErrorCode::WrongSecret, message));
    }
    Ok(cookies::keep_session(relay, &secret))
}

/// Forgets sessions that have ended by idleness or age.
pub(crate) async fn end_dead_sessions(write: &mut Write, now: Millis) -> Result<(), StoreError> {
    write
        .end_old_sessions(now.saturating_sub(SESSION_AGE))
        .await?;
    write
        .end_idle_sessions(now.saturating_sub(SESSION_IDLE))
        .await
}

/// Ends the browser's session.
pub(crate) async fn sign_out(
    relay: &Relay,
    cookies: &Cookies,
) -> Answer<[(HeaderName, HeaderValue); 1]> {
    if let Some(secret) = &cookies.session {
        let mut write = relay.store.write().await?;
        write.end_session(&secret::hash(secret)).await?;
        write.commit().await?;
    }
    Ok(cookies::drop_session(relay))
}

//! The admin's own account: how signing in is guarded, changing the password, and seeing and ending sessions.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use yobirin_api::ErrorCode;
use yobirin_api::account::{Account, SecondStep};
use yobirin_api::session::{ChangePassword, OpenSession};

use crate::auth::{
    Admin, Caller, Cookies, SESSION_AGE, SESSION_IDLE, by_password, second_step, sign_in,
};
use crate::body::{Body, Part};
use crate::error::{Answer, Failure};
use crate::relay::{App, Relay};
use crate::secret;
use crate::store::ListedSession;

/// `GET /api/account`.
pub(crate) async fn show(_: Admin, State(relay): State<App>) -> Answer<Json<Account>> {
    let second_step = match second_step(&relay).await?.and_then(|kept| kept.confirmed) {
        Some(since) => Some(SecondStep {
            since,
            recovery_left: relay.store.recovery_codes_left().await?,
        }),
        None => None,
    };
    Ok(Json(Account {
        password: relay.store.password().await?.is_some(),
        second_step,
    }))
}

/// `POST /api/password`: with the old one. Every session ends but this one, which gets a new secret.
pub(crate) async fn change_password(
    _: Admin,
    State(relay): State<App>,
    Caller(caller): Caller,
    cookies: Cookies,
    Body(asked): Body<ChangePassword>,
) -> Answer<impl IntoResponse> {
    let kept = by_password(&relay, &caller, asked.old).await?;
    let new = relay.passwords.hash(asked.new).await?;
    let mut write = relay.store.write().await?;
    if !write.change_password(&kept, new, relay.clock.now()).await? {
        let message = "somebody changed the password meanwhile: sign in with the new one";
        return Err(Failure::named(ErrorCode::WrongSecret, message));
    }
    write.end_other_sessions(&own(&cookies)).await?;
    write.commit().await?;
    Ok((
        StatusCode::NO_CONTENT,
        sign_in(&relay, &cookies, None).await?,
    ))
}

/// `GET /api/sessions`.
pub(crate) async fn sessions(
    _: Admin,
    State(relay): State<App>,
    cookies: Cookies,
) -> Answer<Json<Vec<OpenSession>>> {
    let own = own(&cookies);
    let open = open(&relay).await?.into_iter().map(|session| OpenSession {
        id: id(&session),
        since: session.created,
        seen: session.seen,
        own: session.hash == own,
    });
    Ok(Json(open.collect()))
}

/// `DELETE /api/sessions/{id}`.
pub(crate) async fn end_session(
    _: Admin,
    State(relay): State<App>,
    Part(wanted): Part<String>,
) -> Answer<StatusCode> {
    let mut open = open(&relay).await?.into_iter();
    let session = open.find(|session| id(session) == wanted);
    let session = session.ok_or_else(|| Failure::not_found("session"))?;
    let mut write = relay.store.write().await?;
    write.end_session(&session.hash).await?;
    write.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Those that still stand for an admin.
async fn open(relay: &Relay) -> Answer<Vec<ListedSession>> {
    let now = relay.clock.now();
    let sessions = relay
        .store
        .sessions(now.saturating_sub(SESSION_AGE))
        .await?;
    let is_idle = |session: &ListedSession| session.seen + SESSION_IDLE <= now;
    Ok(sessions
        .into_iter()
        .filter(|session| !is_idle(session))
        .collect())
}

/// What a session is called to its admins: one more hash, so that what is kept is told to nobody.
fn id(session: &ListedSession) -> String {
    secret::hash(&session.hash)
}

/// The hash of the session that asks.
pub(super) fn own(cookies: &Cookies) -> String {
    cookies
        .session
        .as_deref()
        .map(secret::hash)
        .unwrap_or_default()
}

//! Who is asking, signing in and out, and the first run.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::IntoResponse;
use yobirin_api::ErrorCode;
use yobirin_api::session::{FirstRun, Login, Session};

use crate::auth::{self, Admin, Caller, Cookies, Device, Door, Myself, Proof};
use crate::body::Body;
use crate::error::{Answer, Failure};
use crate::relay::{App, Relay};
use crate::{secret, security_log};

/// `GET /api/session`.
pub(crate) async fn show(State(relay): State<App>, cookies: Cookies) -> Answer<impl IntoResponse> {
    Ok(Json(known(&relay, &cookies).await?))
}

/// `POST /api/first-run`.
pub(crate) async fn first_run(
    State(relay): State<App>,
    Caller(caller): Caller,
    cookies: Cookies,
    Body(asked): Body<FirstRun>,
) -> Answer<impl IntoResponse> {
    let now = relay.clock.now();
    let reset = relay.store.reset_link(now).await?;
    if !relay.first_run.is_waiting() && reset.is_none() {
        let message = "a password has been chosen already: sign in with it";
        return Err(Failure::named(ErrorCode::FirstRunOver, message));
    }
    relay.doors.knock(Door::SignIn, &caller, now)?;
    let is_reset = reset.is_some_and(|hash| secret::is_of(&asked.link, &hash));
    if !is_reset && !relay.first_run.opens(&asked.link) {
        let message = "this is not the link that the relay, or `reset-password`, printed last";
        return Err(Failure::named(ErrorCode::WrongSecret, message));
    }
    relay.doors.enter(Door::SignIn, &caller);
    let password = relay.passwords.hash(asked.password).await?;
    let mut write = relay.store.write().await?;
    let is_first = write.set_first_password(password, now).await?;
    write.close_reset_link().await?;
    write.commit().await?;
    relay.first_run.close();
    if !is_first {
        return Err(Failure::named(
            ErrorCode::FirstRunOver,
            "somebody was faster: sign in",
        ));
    }
    signed_in(&relay, &cookies, None).await
}

/// `POST /api/login`.
pub(crate) async fn login(
    State(relay): State<App>,
    Caller(caller): Caller,
    cookies: Cookies,
    Body(asked): Body<Login>,
) -> Answer<SignedIn> {
    security_log::factor(&asked);
    let proof = match asked {
        Login::Password(password) => {
            let password = auth::by_password(&relay, &caller, password).await?;
            if auth::second_step(&relay).await?.is_some() {
                let message = "the second step is on: send the code too (`password_and_code`)";
                return Err(Failure::named(ErrorCode::CodeNeeded, message));
            }
            Some(Proof {
                password,
                both_steps: false,
            })
        }
        Login::PasswordAndCode { password, code } => {
            let password = auth::by_password(&relay, &caller, password).await?;
            let second_step = auth::second_step(&relay).await?;
            if let Some(kept) = &second_step {
                auth::by_code(&relay, kept, &code).await?;
            }
            Some(Proof {
                password,
                both_steps: second_step.is_some(),
            })
        }
        Login::Link(link) => {
            relay
                .doors
                .knock(Door::SignIn, &caller, relay.clock.now())?;
            if !relay.demo.as_ref().is_some_and(|demo| demo.opens(&link)) {
                let message = "this is not the link that the demo printed";
                return Err(Failure::named(ErrorCode::WrongSecret, message));
            }
            relay.doors.enter(Door::SignIn, &caller);
            None
        }
        Login::Personal(link) => {
            relay
                .doors
                .knock(Door::SignIn, &caller, relay.clock.now())?;
            let (Myself(host), cookie) = auth::open_own_page(&relay, &cookies, &link).await?;
            relay.doors.enter(Door::SignIn, &caller);
            let session = Session {
                host: Some(host),
                ..known(&relay, &cookies).await?
            };
            return Ok((cookie, Json(session)));
        }
    };
    signed_in(&relay, &cookies, proof.as_ref()).await
}

/// `POST /api/logout`.
pub(crate) async fn logout(
    State(relay): State<App>,
    cookies: Cookies,
) -> Answer<impl IntoResponse> {
    Ok((
        StatusCode::NO_CONTENT,
        auth::sign_out(&relay, &cookies).await?,
    ))
}

type SignedIn = ([(HeaderName, HeaderValue); 1], Json<Session>);

async fn signed_in(relay: &App, cookies: &Cookies, proof: Option<&Proof>) -> Answer<SignedIn> {
    let session = Session {
        admin: true,
        ..known(relay, cookies).await?
    };
    Ok((auth::sign_in(relay, cookies, proof).await?, Json(session)))
}

/// What the cookies of a request stand for.
async fn known(relay: &App, cookies: &Cookies) -> Answer<Session> {
    Ok(Session {
        admin: Admin::of(cookies, relay).await?.is_some(),
        device: Device::of(cookies, relay).await?.map(|Device(id)| id),
        host: Myself::of(cookies, relay).await?.map(|Myself(id)| id),
        ..stranger(relay).await?
    })
}

/// What anybody is told.
async fn stranger(relay: &Relay) -> Answer<Session> {
    if relay.store.is_shared()
        && relay.first_run.is_waiting()
        && relay.store.password().await?.is_some()
    {
        // The password was chosen at another relay.
        relay.first_run.close();
    }
    Ok(Session {
        admin: false,
        device: None,
        host: None,
        first_run: relay.first_run.is_waiting()
            || relay.store.reset_link(relay.clock.now()).await?.is_some(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        demo: relay.demo.is_some(),
    })
}

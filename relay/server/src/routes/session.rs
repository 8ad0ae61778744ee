//! Who is asking, signing in and out, and the first run.

use std::net::SocketAddr;

use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use yobirin_api::ErrorCode;
use yobirin_api::session::{FirstRun, Login, Session};

use crate::auth::{self, Admin, Cookies, Device, Door};
use crate::body::Body;
use crate::error::{Answer, Failure};
use crate::relay::{App, Relay};

/// `GET /api/session`. Renews a tablet's cookie on the way.
pub(crate) async fn show(State(relay): State<App>, cookies: Cookies) -> Answer<impl IntoResponse> {
    let admin = Admin::of(&cookies, &relay).await?.is_some();
    let device = Device::of(&cookies, &relay).await?.map(|Device(id)| id);
    let renewed = device
        .as_ref()
        .and_then(|_| Device::renew(&relay, &cookies));
    Ok((
        renewed,
        Json(Session {
            admin,
            device,
            ..stranger(&relay).await?
        }),
    ))
}

/// `POST /api/first-run`.
pub(crate) async fn first_run(
    State(relay): State<App>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    cookies: Cookies,
    Body(asked): Body<FirstRun>,
) -> Answer<impl IntoResponse> {
    if !relay.first_run.is_waiting() {
        let message = "a password has been chosen already: sign in with it";
        return Err(Failure::named(ErrorCode::FirstRunOver, message));
    }
    let now = relay.clock.now();
    relay.doors.knock(Door::SignIn, caller.ip(), now)?;
    if !relay.first_run.opens(&asked.link) {
        let message = "this is not the link that the relay printed when it started last";
        return Err(Failure::named(ErrorCode::WrongSecret, message));
    }
    relay.doors.enter(Door::SignIn, caller.ip());
    let password = relay.passwords.hash(asked.password).await?;
    let mut write = relay.store.write().await?;
    let is_first = write.set_first_password(password, now).await?;
    write.commit().await?;
    relay.first_run.close();
    if !is_first {
        return Err(Failure::named(
            ErrorCode::FirstRunOver,
            "somebody was faster: sign in",
        ));
    }
    signed_in(&relay, &cookies).await
}

/// `POST /api/login`.
pub(crate) async fn login(
    State(relay): State<App>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    cookies: Cookies,
    Body(asked): Body<Login>,
) -> Answer<impl IntoResponse> {
    relay
        .doors
        .knock(Door::SignIn, caller.ip(), relay.clock.now())?;
    let is_right = match asked {
        Login::Password(password) => match relay.store.password().await? {
            Some(kept) => relay.passwords.is_right(password, kept).await?,
            None => false,
        },
        Login::Link(link) => relay.demo.as_ref().is_some_and(|demo| demo.opens(&link)),
    };
    if !is_right {
        return Err(Failure::named(
            ErrorCode::WrongSecret,
            "wrong password or link",
        ));
    }
    relay.doors.enter(Door::SignIn, caller.ip());
    signed_in(&relay, &cookies).await
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

async fn signed_in(relay: &App, cookies: &Cookies) -> Answer<impl IntoResponse + use<>> {
    let device = Device::of(cookies, relay).await?.map(|Device(id)| id);
    let cookie = auth::sign_in(relay, cookies).await?;
    Ok((
        cookie,
        Json(Session {
            admin: true,
            device,
            ..stranger(relay).await?
        }),
    ))
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
        first_run: relay.first_run.is_waiting(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        demo: relay.demo.is_some(),
    })
}

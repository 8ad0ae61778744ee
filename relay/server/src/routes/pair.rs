//! A tablet introduces itself with the code that an admin was given.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use yobirin_api::ErrorCode;
use yobirin_api::device::{Pair, Paired};
use yobirin_api::event::Event;

use crate::auth::{self, Caller, Cookies, Door};
use crate::body::Body;
use crate::error::{Answer, Failure};
use crate::relay::App;
use crate::secret;

/// `POST /api/pair`. The tablet that was this device before is told that it is no more.
pub(crate) async fn pair(
    State(relay): State<App>,
    Caller(caller): Caller,
    cookies: Cookies,
    Body(asked): Body<Pair>,
) -> Answer<impl IntoResponse> {
    let now = relay.clock.now();
    relay.doors.knock(Door::Pair, &caller, now)?;
    let code = secret::plain_code(&asked.code);
    let hash = secret::hash(&code);
    let demo = relay.demo.as_ref().and_then(|demo| demo.device_of(&code));
    // Anybody may ask, and the writer is one for all.
    if demo.is_none() && !relay.store.has_pairing_code(&hash, now).await? {
        return Err(bad_code());
    }
    let mut write = relay.store.write().await?;
    let device = match demo {
        Some(device) => Some(device),
        None => write.use_pairing_code(&hash, now).await?,
    };
    let version = relay.settings.get();
    let device = device.filter(|id| version.settings.device(id).is_some());
    let device = device.ok_or_else(bad_code)?;
    relay.doors.enter(Door::Pair, &caller);
    let cookie = auth::pair(&relay, &cookies, write, &device).await?;
    relay.hub.mention(&device, Event::Revoked);
    Ok((cookie, Json(Paired { device })))
}

fn bad_code() -> Failure {
    let message = "this code is wrong, was used already or is older than ten minutes";
    Failure::named(ErrorCode::BadPairingCode, message)
}

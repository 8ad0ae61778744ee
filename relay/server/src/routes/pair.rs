//! A tablet introduces itself with the code that an admin was given.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use yobirin_api::ErrorCode;
use yobirin_api::device::{Pair, Paired};
use yobirin_api::event::Event;

use crate::auth::{self, Caller, Door};
use crate::body::Body;
use crate::error::{Answer, Failure};
use crate::relay::App;
use crate::secret;

/// `POST /api/pair`. The tablet that was this device before is told that it is no more.
pub(crate) async fn pair(
    State(relay): State<App>,
    Caller(caller): Caller,
    Body(asked): Body<Pair>,
) -> Answer<impl IntoResponse> {
    let now = relay.clock.now();
    relay.doors.knock(Door::Pair, &caller, now)?;
    let code = secret::plain_code(&asked.code);
    let mut write = relay.store.write().await?;
    let device = match relay.demo.as_ref().and_then(|demo| demo.device_of(&code)) {
        Some(device) => Some(device),
        None => write.use_pairing_code(&secret::hash(&code), now).await?,
    };
    let version = relay.settings.get();
    let Some(device) = device.filter(|id| version.settings.device(id).is_some()) else {
        let message = "this code is wrong, was used already or is older than ten minutes";
        return Err(Failure::named(ErrorCode::BadPairingCode, message));
    };
    relay.doors.enter(Door::Pair, &caller);
    let cookie = auth::pair(&relay, write, &device).await?;
    relay.hub.mention(&device, Event::Revoked);
    Ok((cookie, Json(Paired { device })))
}

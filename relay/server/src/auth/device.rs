//! Pairing of a browser as a device of the settings.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use yobirin_api::ErrorCode;
use yobirin_api::device::PAIRING_CODE_LIFE;
use yobirin_domain::model::id::DeviceId;

use super::cookies::{self, CookieKind, Cookies, PAIRING_LIFETIME};
use super::rate_limit::RateLimitKey;
use crate::crypto::token;
use crate::error::{ApiError, ApiResult};
use crate::routes::extract::check_again_after_body;
use crate::security_log;
use crate::state::{AppState, SharedState};

/// Caller whose browser is paired as this device.
#[derive(Clone, Debug)]
pub(crate) struct Device(pub DeviceId);

impl FromRequestParts<SharedState> for Device {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &SharedState) -> ApiResult<Self> {
        let Ok(cookies) = Cookies::from_request_parts(parts, state).await;
        let Some(device) = Self::of(&cookies, state).await? else {
            return Err(ApiError::named(
                ErrorCode::NotSignedIn,
                "pair this tablet first",
            ));
        };
        security_log::set_actor(parts, "tablet");
        check_again_after_body::<Self>(parts, RateLimitKey::Device(device.0.clone()));
        Ok(device)
    }
}

impl Device {
    /// Returns the device of these cookies, if it is paired and in the settings.
    pub(crate) async fn of(cookies: &Cookies, state: &Arc<AppState>) -> ApiResult<Option<Self>> {
        let Some(secret) = cookies.get(CookieKind::Device) else {
            return Ok(None);
        };
        let device = state.store.device_of(&token::hash(secret)).await?;
        let settings = state.settings.get();
        Ok(device
            .filter(|id| settings.settings.device(id).is_some())
            .map(Self))
    }

    /// Renews the cookie, which browsers keep for about 400 days at most.
    pub(crate) fn renew(state: &AppState, cookies: &Cookies) -> Option<CookieJar> {
        let secret = cookies.get(CookieKind::Device)?;
        Some(device_cookie(state, secret))
    }
}

fn device_cookie(state: &AppState, secret: &str) -> CookieJar {
    cookies::set_cookie(state, CookieKind::Device, secret, PAIRING_LIFETIME)
}

/// Returns the cookie by which an unpaired tablet asks whether it was approved.
pub(crate) fn pairing_request_cookie(state: &AppState, secret: &str) -> CookieJar {
    let lifetime = Duration::from_millis(PAIRING_CODE_LIFE);
    cookies::set_cookie(state, CookieKind::PairingRequest, secret, lifetime)
}

/// Pairs the caller's browser as this device, in place of the previous browser. The caller ends the stream of the previous
/// browser on this relay; the stored notice ends it on another relay.
pub(crate) async fn pair(
    state: &AppState,
    cookies: &Cookies,
    mut transaction: yobirin_store::Transaction,
    device: &DeviceId,
) -> ApiResult<CookieJar> {
    let (secret, now) = (token::generate(), state.clock.now());
    // Not in a demo, where one browser has every role.
    if state.demo.is_none() {
        let sessions = [CookieKind::Session, CookieKind::Host].map(|kind| cookies.get(kind));
        for session in sessions.into_iter().flatten() {
            transaction
                .mark_session_on_tablet(&token::hash(session))
                .await?;
        }
    }
    if let Some(request) = cookies.get(CookieKind::PairingRequest) {
        transaction
            .end_pairing_request(&token::hash(request))
            .await?;
    }
    transaction.pair(device, &token::hash(&secret), now).await?;
    transaction.commit().await?;
    Ok(device_cookie(state, &secret))
}

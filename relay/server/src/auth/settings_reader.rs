//! Permission to read the settings, which tablets and admins have.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use yobirin_api::ErrorCode;

use super::admin_session::Admin;
use super::cookies::Cookies;
use super::device::Device;
use crate::error::{ApiError, ApiResult};
use crate::security_log;
use crate::state::SharedState;

/// Caller who may read the settings: a tablet, or an admin.
#[derive(Clone, Debug)]
pub(crate) struct SettingsReader(pub Option<Device>);

impl FromRequestParts<SharedState> for SettingsReader {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &SharedState) -> ApiResult<Self> {
        let Ok(cookies) = Cookies::from_request_parts(parts, state).await;
        let device = Device::of(&cookies, state).await?;
        if device.is_some() || Admin::of(&cookies, state).await?.is_some() {
            security_log::set_actor(parts, if device.is_some() { "tablet" } else { "admin" });
            Ok(Self(device))
        } else {
            Err(ApiError::named(
                ErrorCode::NotSignedIn,
                "sign in or pair first",
            ))
        }
    }
}

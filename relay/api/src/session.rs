//! Who is asking: signing in, the first run, and what a browser's cookie stands for.

use serde::{Deserialize, Serialize};
use yobirin_domain::model::id::{DeviceId, HostId};
pub use yobirin_domain::password::{MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS};

use crate::Millis;

/// `GET /api/session`: what this browser's cookies stand for. An admin's session, a tablet's
/// pairing and a host's own page are separate cookies, so one browser can hold all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// Signed in as admin.
    pub admin: bool,
    /// Paired as this device.
    pub device: Option<DeviceId>,
    /// A host's personal link was opened here.
    pub host: Option<HostId>,
    /// No password has been chosen yet: the first-run link is waiting.
    pub first_run: bool,
    /// Version of the relay, which is also the version of the app it serves.
    pub version: String,
    /// True in the demo, where Chatwork is simulated.
    pub demo: bool,
}

/// `POST /api/first-run`: the single-use link that the relay printed, and the password to set. The
/// answer is a [`Session`], beside the cookie; while a second step is on it signs nobody in.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FirstRun {
    /// Secret of the link.
    pub link: String,
    /// Password of [`MIN_PASSWORD_CHARS`] to [`MAX_PASSWORD_CHARS`] characters.
    pub password: String,
}

/// `POST /api/login`. The answer is a [`Session`], beside the cookie.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Login {
    /// With the admin's password. While a second step is on, this is refused with
    /// [`ErrorCode::CodeNeeded`](crate::ErrorCode::CodeNeeded): send the code too.
    Password(String),
    /// With the password and the second step.
    PasswordAndCode {
        /// The admin's password.
        password: String,
        /// What the authenticator app shows now, or a recovery code.
        code: String,
    },
    /// With the secret of the link that the demo printed.
    Link(String),
    /// As a host, with the secret of a personal link.
    Personal(String),
}

/// `POST /api/password`. Every other session ends. While the second step is on, `code` is needed too.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The password until now.
    pub old: String,
    /// The password from now on, of [`MIN_PASSWORD_CHARS`] to [`MAX_PASSWORD_CHARS`] characters.
    pub new: String,
    /// While the second step is on: what the authenticator app shows now, or a recovery code.
    #[serde(default)]
    pub code: String,
}

/// `POST /api/reauthenticate`: the admin shows once more who they are. For five minutes this session may
/// then end sessions and, while the second step is on, change or remove the API token.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Reauthenticate {
    /// The admin's password.
    pub password: String,
    /// While the second step is on: what the authenticator app shows now, or a recovery code.
    #[serde(default)]
    pub code: String,
}

/// `GET /api/sessions`: one browser that is signed in as admin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenSession {
    /// Names it, for `DELETE /api/sessions/{id}`.
    pub id: String,
    /// When it was opened.
    pub since: Millis,
    /// When it was last used, to the minute.
    pub seen: Millis,
    /// It is the one that asks.
    pub own: bool,
    /// The browser is paired as a tablet, so the session is short.
    pub on_tablet: bool,
}

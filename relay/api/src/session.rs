//! Sessions: signing in, the first run, and the cookies of a browser.

use serde::{Deserialize, Serialize};
use yobirin_domain::model::id::{DeviceId, HostId};
pub use yobirin_domain::password::{MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS};

use crate::Millis;

/// `GET /api/session`: the permissions of this browser's cookies. An admin's session, a tablet's pairing and
/// a host's own page are separate cookies, so one browser can hold all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// True when signed in as admin.
    pub admin: bool,
    /// Device that this browser is paired as.
    pub device: Option<DeviceId>,
    /// Host whose personal link was opened.
    pub host: Option<HostId>,
    /// True while no password is set and the first-run link is valid.
    pub first_run: bool,
    /// Version of the relay, and of the app that it serves.
    pub version: String,
    /// True in the demo, where Chatwork is simulated.
    pub demo: bool,
}

/// `POST /api/first-run`: the single-use link that the relay printed, and the password to set. The response is
/// a [`Session`] with the cookie. While a second factor is on, the password is set and nobody is signed in.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FirstRun {
    /// Secret of the link.
    pub link: String,
    /// Password of [`MIN_PASSWORD_CHARS`] to [`MAX_PASSWORD_CHARS`] characters.
    pub password: String,
}

/// `POST /api/login`. The response is a [`Session`] with the cookie.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Login {
    /// The admin's password. While a second factor is on, the response is
    /// [`ErrorCode::CodeNeeded`](crate::ErrorCode::CodeNeeded): send the code as well.
    Password(String),
    /// The password and a code of the second factor.
    PasswordAndCode {
        /// The admin's password.
        password: String,
        /// Current code of the authenticator app, or a recovery code.
        code: String,
    },
    /// Secret of the link that the demo printed.
    Link(String),
    /// Secret of a host's personal link.
    Personal(String),
}

/// `POST /api/password`. Every other session ends. While the second factor is on, `code` is required.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// Current password.
    pub old: String,
    /// New password of [`MIN_PASSWORD_CHARS`] to [`MAX_PASSWORD_CHARS`] characters.
    pub new: String,
    /// While the second factor is on: current code of the authenticator app, or a recovery code.
    #[serde(default)]
    pub code: String,
}

/// `POST /api/reauthenticate`: checks the admin's credentials again. For five minutes afterwards this session may
/// end sessions and, while the second factor is on, change or remove the API token and the webhook token.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Reauthenticate {
    /// The admin's password.
    pub password: String,
    /// While the second factor is on: current code of the authenticator app, or a recovery code.
    #[serde(default)]
    pub code: String,
}

/// `GET /api/sessions`: a browser that is signed in as admin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenSession {
    /// Id of the session, for `DELETE /api/sessions/{id}`.
    pub id: String,
    /// Time of sign-in.
    pub signed_in_at: Millis,
    /// Time of last use, to the minute.
    pub last_seen: Millis,
    /// True for the session of this request.
    pub own: bool,
    /// True when the browser was a tablet at sign-in or became one since, which makes the session short.
    pub on_tablet: bool,
}

//! The admin's account: the password and the optional second step of signing in (TOTP, RFC 6238).

use serde::{Deserialize, Serialize};

use crate::Millis;

/// Recovery codes that are made at a time; each signs in once.
pub const RECOVERY_CODES: usize = 10;

/// `GET /api/account`: how signing in is guarded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    /// There is a password; only the demo has none.
    pub password: bool,
    /// The second step, while it is on.
    pub second_step: Option<SecondStep>,
}

/// A second step that is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondStep {
    /// On since then.
    pub since: Millis,
    /// Recovery codes that were not used yet.
    pub recovery_left: u32,
}

/// `POST /api/totp/enrolment`: begins to switch the second step on. Nothing changes until the first
/// code is confirmed.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Enrol {
    /// The admin's password.
    pub password: String,
}

/// The answer: what the authenticator app is told. It is told once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolment {
    /// The secret in base32, to be typed where nothing can be scanned.
    pub secret: String,
    /// The same as `otpauth://` address, to be scanned.
    pub uri: String,
}

/// `PUT /api/totp`: switches the second step on; every other session ends. The answer is
/// [`RecoveryCodes`].
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FirstCode {
    /// The code that the authenticator app shows now.
    pub code: String,
}

/// Both steps at once: `POST /api/totp/off` switches the second step off, `POST
/// /api/totp/recovery-codes` makes new recovery codes and ends the old ones.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BothSteps {
    /// The admin's password.
    pub password: String,
    /// What the authenticator app shows now, or a recovery code.
    pub code: String,
}

/// [`RECOVERY_CODES`] codes, told once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    /// Each signs in once in place of the app's code.
    pub codes: Vec<String>,
}

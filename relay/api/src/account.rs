//! The admin's account: the password and the optional two-factor authentication (TOTP, RFC 6238).

use serde::{Deserialize, Serialize};

use crate::Millis;

/// Number of recovery codes made at a time. Each can be used once.
pub const RECOVERY_CODES: usize = 10;

/// `GET /api/account`: the factors of signing in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    /// True when a password is set. Only the demo has none.
    pub password: bool,
    /// Two-factor authentication; `None` while it is off.
    pub two_factor: Option<TwoFactor>,
}

/// Two-factor authentication that is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TwoFactor {
    /// Time at which it was switched on.
    pub since: Millis,
    /// Number of unused recovery codes.
    pub recovery_left: u32,
}

/// `POST /api/totp/enrolment`: begins to switch two-factor authentication on. Nothing changes until the first code is
/// confirmed.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Enrol {
    /// The admin's password.
    pub password: String,
}

/// Response to an enrolment: the secret for the authenticator app. It is not returned again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolment {
    /// Secret in base32, for typing.
    pub secret: String,
    /// Secret as an `otpauth://` URI, for scanning.
    pub uri: String,
}

/// `PUT /api/totp`: switches two-factor authentication on and ends every other session. The response is
/// [`RecoveryCodes`].
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FirstCode {
    /// Current code of the authenticator app.
    pub code: String,
}

/// Both factors: `POST /api/totp/off` switches two-factor authentication off, `POST /api/totp/recovery-codes`
/// replaces the recovery codes.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BothFactors {
    /// The admin's password.
    pub password: String,
    /// Current code of the authenticator app, or a recovery code.
    pub code: String,
}

/// [`RECOVERY_CODES`] recovery codes. They are not returned again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    /// Codes, each of which can be used once in place of the authenticator app's code.
    pub codes: Vec<String>,
}

//! Form of error bodies, and the codes that programs rely on.

use serde::{Deserialize, Serialize};
use yobirin_domain::validate::Problem;

/// Header of every response of the relay, of any status. A proxy, a Wi-Fi portal or another program at
/// the same address does not send it: a response without it does not come from the relay.
pub const RELAY_HEADER: &str = "yobirin-relay";

/// Body of responses of status 400 and above; only the health checks respond with text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorBody {
    /// Code of the error, for programs.
    pub code: ErrorCode,
    /// Description and next step in English, for logs; the app has its own texts by code.
    pub message: String,
    /// Every problem of the document with [`ErrorCode::InvalidSettings`]; else empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

/// Error codes, with their HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// 400: the body is not JSON of the expected form, or the path has an invalid id.
    Malformed,
    /// 401: the request has no valid session or pairing; sign in or pair first.
    NotSignedIn,
    /// 401: wrong password or link.
    WrongSecret,
    /// 401: the webhook event has no valid signature, or the relay has no webhook token.
    WrongSignature,
    /// 401: the password is right, and the code of the second factor is missing.
    CodeNeeded,
    /// 401: the code of the second factor is wrong, expired or used before.
    WrongCode,
    /// 403: signed in, but without this permission.
    Forbidden,
    /// 403: the request comes from a page of another site.
    ForeignOrigin,
    /// 403: the password was not entered recently; call `POST /api/reauthenticate`, then try again.
    ReauthenticationNeeded,
    /// 404: no such resource.
    NotFound,
    /// 405: the path does not have this method.
    MethodNotAllowed,
    /// 408: the body did not arrive in time.
    TooSlow,
    /// 409: a call with this id and another body was accepted before.
    CallDiffers,
    /// 409: no Chatwork account is connected.
    NotConnected,
    /// 409: the first run is over; sign in instead.
    FirstRunOver,
    /// 409: two-factor authentication is on; switch it off first.
    TwoFactorOn,
    /// 409: two-factor authentication is off, or its enrolment was not begun or has expired.
    TwoFactorOff,
    /// 410: the pairing code is wrong, used or expired.
    BadPairingCode,
    /// 412: the settings were saved meanwhile; `If-Match` does not hold any more.
    SettingsChanged,
    /// 413: the body is larger than this path allows.
    TooLarge,
    /// 415: the body must be `application/json`.
    NotJson,
    /// 421: the relay does not have the requested host name.
    WrongHost,
    /// 422: the document is invalid; see `problems`.
    InvalidSettings,
    /// 422: a destination or mention is not allowed by the settings.
    DestinationNotAllowed,
    /// 422: the call's deadline has passed or is too far away.
    BadDeadline,
    /// 422: the password is too short, too long or blank.
    WeakPassword,
    /// 422: the password is common, or easy to guess from common words.
    GuessablePassword,
    /// 422: Chatwork refuses the token.
    TokenRefused,
    /// 428: `If-Match` is missing.
    IfMatchMissing,
    /// 429: too many attempts; wait.
    TooManyTries,
    /// 429: Chatwork's request limit is used up. It is free again after `Retry-After`.
    ChatworkLimited,
    /// 500: an error of the relay; its log has the details.
    Internal,
    /// 502: unexpected response of Chatwork.
    ChatworkFailed,
    /// 503: too many passwords are being checked. Try again after `Retry-After`.
    Busy,
    /// 503: Chatwork is unreachable.
    ChatworkUnreachable,
    /// 503: the relay's database is unreachable; nothing was stored. Try again after `Retry-After`.
    StorageAway,
    /// 507: the relay's disk is full; nothing was stored. Resolves by itself once there is space.
    StorageFull,
}

impl ErrorCode {
    /// Returns the HTTP status of the code.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::NotSignedIn
            | Self::WrongSecret
            | Self::WrongSignature
            | Self::CodeNeeded
            | Self::WrongCode => 401,
            Self::Forbidden | Self::ForeignOrigin | Self::ReauthenticationNeeded => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::TooSlow => 408,
            Self::CallDiffers
            | Self::NotConnected
            | Self::FirstRunOver
            | Self::TwoFactorOn
            | Self::TwoFactorOff => 409,
            Self::BadPairingCode => 410,
            Self::SettingsChanged => 412,
            Self::TooLarge => 413,
            Self::NotJson => 415,
            Self::WrongHost => 421,
            Self::InvalidSettings
            | Self::DestinationNotAllowed
            | Self::BadDeadline
            | Self::WeakPassword
            | Self::GuessablePassword
            | Self::TokenRefused => 422,
            Self::IfMatchMissing => 428,
            Self::TooManyTries | Self::ChatworkLimited => 429,
            Self::Internal => 500,
            Self::ChatworkFailed => 502,
            Self::Busy | Self::ChatworkUnreachable | Self::StorageAway => 503,
            Self::StorageFull => 507,
        }
    }

    /// Returns the seconds after which another try is likely to succeed, for `Retry-After`; `None` when time alone does
    /// not help, and for [`ErrorCode::TooManyTries`], whose wait depends on the caller.
    #[must_use]
    pub fn retry_after_seconds(self) -> Option<u64> {
        match self {
            Self::StorageFull => Some(30),
            Self::StorageAway => Some(5),
            Self::Busy => Some(2),
            Self::ChatworkLimited => Some(300),
            _ => None,
        }
    }
}

//! The one shape of every error body, and the codes that a program may rely on.

use serde::{Deserialize, Serialize};
use yobirin_domain::validate::Problem;

/// Response header on every answer of the relay, of any status. A proxy, a Wi-Fi portal or another
/// program at the same address does not send it: an answer without it says nothing about a request.
pub const RELAY_HEADER: &str = "yobirin-relay";

/// Body of every answer of status 400 and above.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorBody {
    /// What went wrong, for programs.
    pub code: ErrorCode,
    /// What went wrong and what to do next, in English, for people reading logs; the app words it
    /// anew in the reader's language.
    pub message: String,
    /// With [`ErrorCode::InvalidSettings`]: everything that is wrong with the document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

/// What can go wrong, with the status that carries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// 400: the body is not JSON of the right shape, or the path holds no such id.
    Malformed,
    /// 401: sign in, or pair, first.
    NotSignedIn,
    /// 401: wrong password or link.
    WrongSecret,
    /// 401: the password is right; the second step is on and its code is missing.
    CodeNeeded,
    /// 401: the code of the second step is wrong, too old, or was used already.
    WrongCode,
    /// 403: signed in, but not allowed this.
    Forbidden,
    /// 403: the request comes from another site's page.
    ForeignOrigin,
    /// 403: `POST /api/reauthenticate` first, and try again.
    ReauthenticationNeeded,
    /// 404: nothing of that name.
    NotFound,
    /// 405: the address exists, the method does not.
    MethodNotAllowed,
    /// 408: the body did not arrive in time.
    TooSlow,
    /// 409: the same call id came with another body.
    CallDiffers,
    /// 409: no Chatwork account is connected.
    NotConnected,
    /// 409: the first run is over; sign in instead.
    FirstRunOver,
    /// 409: the second step is on already; switch it off first.
    SecondStepOn,
    /// 409: the second step is not on, or its enrolment was not begun or is too old.
    SecondStepOff,
    /// 410: the pairing code is wrong, used or too old.
    BadPairingCode,
    /// 412: somebody saved meanwhile; `If-Match` no longer holds.
    SettingsChanged,
    /// 413: the body is larger than this address takes.
    TooLarge,
    /// 415: the body must be `application/json`.
    NotJson,
    /// 421: the relay does not know itself by the host that was asked for.
    WrongHost,
    /// 422: the document is wrong; `problems` says where.
    InvalidSettings,
    /// 422: a destination or mention is outside what the settings reach.
    OutOfReach,
    /// 422: the call's deadline has passed or is too far away.
    BadDeadline,
    /// 422: the password is too short, too long or blank.
    WeakPassword,
    /// 422: the password is a common one, or easy to guess from common words.
    GuessablePassword,
    /// 422: Chatwork does not accept the token.
    TokenRefused,
    /// 428: `If-Match` is missing.
    IfMatchMissing,
    /// 429: too many tries; wait.
    TooManyTries,
    /// 500: our fault; the log has the details.
    Internal,
    /// 502: Chatwork answered something unexpected.
    ChatworkFailed,
    /// 503: too many passwords are being checked. Try again, as `Retry-After` says.
    Busy,
    /// 503: Chatwork cannot be reached.
    ChatworkUnreachable,
    /// 503: the relay's database does not answer; nothing was kept. Try again, as `Retry-After` says.
    StorageAway,
    /// 507: the relay's disk is full; nothing was kept. It goes on by itself once there is room.
    StorageFull,
}

impl ErrorCode {
    /// The HTTP status that carries this code.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::NotSignedIn | Self::WrongSecret | Self::CodeNeeded | Self::WrongCode => 401,
            Self::Forbidden | Self::ForeignOrigin | Self::ReauthenticationNeeded => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::TooSlow => 408,
            Self::CallDiffers
            | Self::NotConnected
            | Self::FirstRunOver
            | Self::SecondStepOn
            | Self::SecondStepOff => 409,
            Self::BadPairingCode => 410,
            Self::SettingsChanged => 412,
            Self::TooLarge => 413,
            Self::NotJson => 415,
            Self::WrongHost => 421,
            Self::InvalidSettings
            | Self::OutOfReach
            | Self::BadDeadline
            | Self::WeakPassword
            | Self::GuessablePassword
            | Self::TokenRefused => 422,
            Self::IfMatchMissing => 428,
            Self::TooManyTries => 429,
            Self::Internal => 500,
            Self::ChatworkFailed => 502,
            Self::Busy | Self::ChatworkUnreachable | Self::StorageAway => 503,
            Self::StorageFull => 507,
        }
    }
}

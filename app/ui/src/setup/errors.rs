//! Texts for errors of the relay.

use yobirin_api::ErrorCode;

use crate::api::response::ClientError;
use crate::browser::clock;
use crate::i18n::fill;
use crate::i18n::setup::Words;

/// Text of an error, for errors that a page does not word itself.
pub(super) fn text(words: &Words, error: &ClientError) -> String {
    let errors = &words.api_errors;
    let text = match error {
        ClientError::ChatworkLimited { until } => return limited_text(words, *until),
        // Responses of a proxy before the relay: 413 for a large request, 502 to 504 for a relay that does not respond.
        ClientError::NotRelay(413) => errors.too_large,
        ClientError::Unreachable | ClientError::NotRelay(502..=504) => errors.unreachable,
        ClientError::NotRelay(_) => errors.not_relay,
        ClientError::Unexpected(_) => errors.unexpected,
        ClientError::RelayError(refusal) => match refusal.code {
            ErrorCode::NotSignedIn => words.sign_in.session_over,
            ErrorCode::TooManyTries => errors.too_many_tries,
            ErrorCode::Busy => errors.busy,
            ErrorCode::Forbidden | ErrorCode::ForeignOrigin => errors.forbidden,
            ErrorCode::TooLarge => errors.too_large,
            // The hint states the rules for a password.
            ErrorCode::WeakPassword => words.sign_in.first_run_hint,
            ErrorCode::GuessablePassword => words.sign_in.password_guessable,
            ErrorCode::FirstRunOver => words.sign_in.first_run_over,
            ErrorCode::ChatworkUnreachable => errors.chatwork_unreachable,
            ErrorCode::ChatworkFailed => errors.chatwork_failed,
            ErrorCode::StorageFull => errors.storage_full,
            ErrorCode::StorageAway => errors.storage_unreachable,
            ErrorCode::TokenRefused => words.chatwork.connect_refused,
            ErrorCode::NotConnected => errors.not_connected,
            ErrorCode::NotFound => errors.not_found,
            ErrorCode::WrongSecret => words.sign_in.wrong_password,
            ErrorCode::WrongCode => words.sign_in.wrong_code,
            ErrorCode::TwoFactorOn => words.security.already_on,
            // The relay has no enrolment to confirm: it expired, or was restarted in another browser.
            ErrorCode::TwoFactorOff => words.security.enrolment_expired,
            _ => errors.unexpected,
        },
    };
    text.to_owned()
}

/// Says that Chatwork's limit is used up, when to try again, and that visitors' calls go first.
fn limited_text(words: &Words, until: u64) -> String {
    // A minute later, because the seconds are cut off.
    let time = clock::local_time_of_day(until + clock::MINUTE_MS);
    fill(words.api_errors.chatwork_limited, &[("time", &time)])
}

//! Texts for errors of the relay.

use yobirin_api::ErrorCode;

use crate::api::response::ClientError;
use crate::i18n::setup::Words;

/// Text of an error, for errors that a page does not word itself.
pub(super) fn text(words: &Words, error: &ClientError) -> &'static str {
    let common = &words.common;
    match error {
        ClientError::NotRelay(413) => common.too_large,
        ClientError::Unreachable | ClientError::NotRelay(502..=504) => common.unreachable,
        ClientError::NotRelay(_) => common.not_relay,
        ClientError::Unexpected(_) => common.unexpected,
        ClientError::RelayError(refusal) => match refusal.code {
            ErrorCode::NotSignedIn => words.entry.session_over,
            ErrorCode::TooManyTries => common.too_many,
            ErrorCode::Busy => common.busy,
            ErrorCode::Forbidden | ErrorCode::ForeignOrigin => common.forbidden,
            ErrorCode::TooLarge => common.too_large,
            ErrorCode::WeakPassword => words.entry.first_hint,
            ErrorCode::GuessablePassword => words.entry.guessable,
            ErrorCode::FirstRunOver => words.entry.first_over,
            ErrorCode::ChatworkUnreachable => common.chatwork_unreachable,
            ErrorCode::ChatworkFailed => common.chatwork_failed,
            ErrorCode::StorageFull => common.storage_full,
            ErrorCode::StorageAway => common.storage_away,
            ErrorCode::TokenRefused => words.chatwork.refused,
            ErrorCode::NotConnected => common.not_connected,
            ErrorCode::NotFound => common.not_found,
            ErrorCode::WrongSecret => words.entry.wrong_password,
            ErrorCode::WrongCode => words.entry.wrong_code,
            ErrorCode::SecondStepOn => words.security.is_on_already,
            ErrorCode::SecondStepOff => words.security.begin_again,
            _ => common.unexpected,
        },
    }
}

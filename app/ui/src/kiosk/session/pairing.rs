//! Pairing: the request for an admin's approval, the code as people type it, and the errors.

use yobirin_api::ErrorCode;
use yobirin_domain::qr::QrDrawing;

use crate::api::response::ClientError;
use crate::i18n::kiosk::Pairing;

/// Number of characters in a pairing code.
pub(crate) const CODE_LENGTH: usize = 8;
/// Distance in Unicode from a letter of normal width to the full-width letter (`A` to `Ａ`).
const FULL_WIDTH_OFFSET: u32 = 'Ａ' as u32 - 'A' as u32;

/// Request for an admin's approval, as the pairing screen shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum ApprovalRequest {
    /// The relay has not responded yet.
    #[default]
    NoResponse,
    /// The relay refused the request.
    Refused,
    /// An admin has to approve the tablet that shows this code; the QR code leads to the approval in set-up.
    Waiting { code: String, qr: Option<QrDrawing> },
}

/// Reason why this browser is not paired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PairingError {
    /// The code has too few characters.
    Short,
    /// The code is wrong, used or expired.
    Wrong,
    /// Too many attempts.
    TooMany,
    /// No network, or a response that is not the relay's.
    NoNetwork,
    /// An admin has revoked the pairing.
    Revoked,
    /// Anything else.
    Other,
}

impl PairingError {
    /// The error to show for a failed request.
    pub(crate) fn of(error: &ClientError) -> Self {
        match (error, error.code()) {
            (ClientError::Unreachable | ClientError::NotRelay(_), _) => Self::NoNetwork,
            (_, Some(ErrorCode::BadPairingCode | ErrorCode::Malformed | ErrorCode::NotFound)) => {
                Self::Wrong
            }
            (_, Some(ErrorCode::TooManyTries)) => Self::TooMany,
            _ => Self::Other,
        }
    }

    /// The error in words.
    pub(crate) fn message(self, words: &Pairing) -> &'static str {
        match self {
            Self::Short => words.code_too_short,
            Self::Wrong => words.wrong_code,
            Self::TooMany => words.too_many_tries,
            Self::NoNetwork => words.unreachable,
            Self::Revoked => words.revoked,
            Self::Other => words.failed,
        }
    }
}

/// Formats a code while it is typed: `XXXX-XXXX`, whatever width, case and separators the input has.
pub(crate) fn format_code(typed: &str) -> String {
    let characters = typed
        .chars()
        .filter_map(normalize_character)
        .take(CODE_LENGTH);
    let mut code = String::with_capacity(CODE_LENGTH + 1);
    for (index, character) in characters.enumerate() {
        if index == CODE_LENGTH / 2 {
            code.push('-');
        }
        code.push(character);
    }
    code
}

/// True when the code has all its characters.
pub(crate) fn is_complete(typed: &str) -> bool {
    typed.chars().filter_map(normalize_character).count() >= CODE_LENGTH
}

fn normalize_character(typed: char) -> Option<char> {
    let narrow = match typed {
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(u32::from(typed) - FULL_WIDTH_OFFSET)?,
        other => other,
    };
    narrow
        .is_ascii_alphanumeric()
        .then(|| narrow.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_be_typed_in_any_way() {
        for typed in [
            "bcdfghjk",
            "BCDF-GHJK",
            " bcdf ghjk ",
            "ｂｃｄｆＧＨＪＫ",
            "BCDFGHJKL",
        ] {
            assert_eq!(format_code(typed), "BCDF-GHJK", "{typed}");
            assert!(is_complete(typed), "{typed}");
        }
        assert_eq!(format_code("BCDF-"), "BCDF", "the hyphen can be deleted");
        assert!(!is_complete("BCDF-GHJ"));
    }
}

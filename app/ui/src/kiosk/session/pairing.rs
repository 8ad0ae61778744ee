//! Making a browser a tablet: the code as people type it, and what can go wrong with it.

use yobirin_api::ErrorCode;

use crate::api::response::ClientError;
use crate::i18n::kiosk::Pairing;

/// Letters in a code.
pub(crate) const LETTERS: usize = 8;

/// Why this browser is no tablet (yet).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The code has too few letters.
    Short,
    /// The code is wrong, used or too old.
    Wrong,
    /// Too many tries.
    TooMany,
    /// No network.
    NoNetwork,
    /// An admin has revoked the pairing.
    Revoked,
    /// Anything else.
    Other,
}

impl Trouble {
    /// What the relay's answer means to whom is pairing.
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

    /// The trouble in words.
    pub(crate) fn said(self, words: &Pairing) -> &'static str {
        match self {
            Self::Short => words.short,
            Self::Wrong => words.wrong,
            Self::TooMany => words.too_many,
            Self::NoNetwork => words.no_network,
            Self::Revoked => words.revoked,
            Self::Other => words.trouble,
        }
    }
}

/// A code as it is shown while it is typed: `XXXX-XXXX`, whatever the width, case and separators of
/// what was typed or pasted.
pub(crate) fn written(typed: &str) -> String {
    let letters = typed.chars().filter_map(letter).take(LETTERS);
    let mut code = String::with_capacity(LETTERS + 1);
    for (place, letter) in letters.enumerate() {
        if place == LETTERS / 2 {
            code.push('-');
        }
        code.push(letter);
    }
    code
}

/// True when all letters are there.
pub(crate) fn is_whole(typed: &str) -> bool {
    typed.chars().filter_map(letter).count() >= LETTERS
}

fn letter(typed: char) -> Option<char> {
    let narrow = match typed {
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(u32::from(typed) - 0xFEE0)?,
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
            assert_eq!(written(typed), "BCDF-GHJK", "{typed}");
            assert!(is_whole(typed), "{typed}");
        }
        assert_eq!(written("BCDF-"), "BCDF", "the hyphen can be deleted");
        assert!(!is_whole("BCDF-GHJ"));
    }
}

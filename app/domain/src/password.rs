//! Rules for the admin's password: length, and words that do not count towards its strength. The relay
//! estimates the strength with zxcvbn, whose lists of common passwords are too large for the app.

use thiserror::Error;

use crate::text::is_blank;

/// Minimum length, in characters. Our decision, between the lengths that NIST SP 800-63B asks for: 8 with two-factor
/// authentication, 15 without.
pub const MIN_PASSWORD_CHARS: usize = 12;
/// Maximum length, in characters.
pub const MAX_PASSWORD_CHARS: usize = 256;

/// Words of this product and its use.
const CONTEXT_WORDS: [&str; 18] = [
    "yobirin",
    "呼び鈴",
    "よびりん",
    "chatwork",
    "チャットワーク",
    "reception",
    "receptionist",
    "uketsuke",
    "受付",
    "うけつけ",
    "visitor",
    "lobby",
    "tablet",
    "office",
    "company",
    "admin",
    "administrator",
    "管理者",
];

/// Reason for refusing a password.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum PasswordError {
    /// The password is too short by this number of characters.
    #[error("{0} characters are missing")]
    TooShort(usize),
    /// The password has more than [`MAX_PASSWORD_CHARS`] characters.
    #[error("must be at most {MAX_PASSWORD_CHARS} characters")]
    TooLong,
    /// The password has only blank or invisible characters.
    #[error("must not be blank")]
    Blank,
}

/// Checks length and visibility of a new password.
///
/// # Errors
/// The first rule that the password breaks.
pub fn check_password(password: &str) -> Result<(), PasswordError> {
    let length = password.chars().count();
    if length < MIN_PASSWORD_CHARS {
        Err(PasswordError::TooShort(MIN_PASSWORD_CHARS - length))
    } else if length > MAX_PASSWORD_CHARS {
        Err(PasswordError::TooLong)
    } else if is_blank(password) {
        Err(PasswordError::Blank)
    } else {
        Ok(())
    }
}

/// Returns the words that an attacker would try first: those of this product, and the office's name with its words.
/// Single characters do not count.
#[must_use]
pub fn context_words(office: &str) -> Vec<&str> {
    let mut words = Vec::from(CONTEXT_WORDS);
    words.push(office);
    words.extend(office.split(|c: char| !c.is_alphanumeric()));
    words.retain(|word| word.chars().count() > 1);
    words
}

/// Returns a password in lower case without these words: they must not add to its strength.
#[must_use]
pub fn without_words(password: &str, words: &[&str]) -> String {
    let mut remaining = password.to_lowercase();
    for word in words {
        remaining = remaining.replace(&word.to_lowercase(), "");
    }
    remaining
}

#[cfg(test)]
mod tests {
    use super::{PasswordError, check_password, context_words, without_words};

    #[test]
    fn words_of_product_and_office_do_not_count() {
        let words = context_words("東京試験株式会社 Acme-Tokyo A");
        assert!(words.contains(&"Acme") && words.contains(&"Tokyo"));
        assert!(!words.contains(&"A"), "a single character");
        let rest = |password| without_words(password, &words);
        assert_eq!(rest("ACME-tokyo-2026"), "--2026");
        assert_eq!(rest("Yobirin受付Horse"), "horse");
    }

    #[test]
    fn a_password_has_12_to_256_characters_and_a_visible_one() {
        assert_eq!(check_password("短い"), Err(PasswordError::TooShort(10)));
        assert_eq!(
            check_password(&"x".repeat(257)),
            Err(PasswordError::TooLong)
        );
        for blank in [" ", "\u{3000}", "\t", "\u{200B}", "\u{3164}", " \u{FEFF}"] {
            let password = blank.repeat(12);
            assert_eq!(
                check_password(&password),
                Err(PasswordError::Blank),
                "{password:?}"
            );
        }
        assert_eq!(check_password("correct horse"), Ok(()));
        assert_eq!(
            check_password(&"馬".repeat(256)),
            Ok(()),
            "any script is allowed"
        );
    }
}

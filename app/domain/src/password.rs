//! The admin's password: its length, and words that do not make it harder to guess. How guessable the rest
//! is, the relay estimates with zxcvbn, whose lists of common passwords are too large for the app.

/// Shortest password, in characters. NIST SP 800-63B asks for 8 with a second step, 15 without.
pub const MIN_PASSWORD: usize = 12;
/// Longest password, in characters.
pub const MAX_PASSWORD: usize = 256;

/// Words of this product and of what it is used for; the name of the office comes on top.
pub const CONTEXT_WORDS: [&str; 18] = [
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

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordFlaw {
    /// This many characters are missing.
    Short(usize),
    /// More than [`MAX_PASSWORD`] characters.
    Long,
    /// Nothing in it can be seen.
    Blank,
}

/// Flaw of a new password, as far as its characters tell.
#[must_use]
pub fn flaw(password: &str) -> Option<PasswordFlaw> {
    let length = password.chars().count();
    if length < MIN_PASSWORD {
        Some(PasswordFlaw::Short(MIN_PASSWORD - length))
    } else if length > MAX_PASSWORD {
        Some(PasswordFlaw::Long)
    } else if password.chars().all(is_blank) {
        Some(PasswordFlaw::Blank)
    } else {
        None
    }
}

/// Blanks, control characters, and the invisible characters of Unicode's general punctuation.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(
            c,
            '\u{2060}'
                ..='\u{206F}' | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
        )
}

#[cfg(test)]
mod tests {
    use super::{PasswordFlaw, flaw};

    #[test]
    fn a_password_has_12_to_256_characters_that_can_be_seen() {
        assert_eq!(flaw("短い"), Some(PasswordFlaw::Short(10)));
        assert_eq!(flaw(&"x".repeat(257)), Some(PasswordFlaw::Long));
        for blank in [" ", "\u{3000}", "\t", "\u{200B}", "\u{3164}", " \u{FEFF}"] {
            let password = blank.repeat(12);
            assert_eq!(flaw(&password), Some(PasswordFlaw::Blank), "{password:?}");
        }
        assert_eq!(flaw("correct horse"), None);
        assert_eq!(flaw(&"馬".repeat(256)), None, "any characters do");
    }
}

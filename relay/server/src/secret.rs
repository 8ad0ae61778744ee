//! Secrets that browsers hold (sessions, pairings, links) and the codes people type. Only hashes of
//! them are kept.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// Letters of RFC 8628, section 6.1: no vowels, so no words, and nothing that looks alike.
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
/// Letters in a pairing code.
const CODE: usize = 8;

/// A fresh secret of 256 bits, fit for a cookie or the fragment of a link.
pub(crate) fn fresh() -> Zeroizing<String> {
    let bytes: Zeroizing<[u8; 32]> = Zeroizing::new(rand::random());
    Zeroizing::new(URL_SAFE_NO_PAD.encode(*bytes))
}

/// What is kept of a secret. No salt and no stretching: 256 random bits cannot be guessed, and
/// codes do not live long enough.
pub(crate) fn hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret.as_bytes()))
}

/// A fresh pairing code, written `XXXX-XXXX`.
pub(crate) fn fresh_code() -> String {
    let mut code = String::with_capacity(CODE + 1);
    for place in 0..CODE {
        if place == CODE / 2 {
            code.push('-');
        }
        let letter = rand::random_range(0..LETTERS.len());
        code.push(char::from(LETTERS[letter]));
    }
    code
}

/// A code as typed, in the form that is hashed: case, spaces and hyphens do not matter.
pub(crate) fn plain_code(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .take(64)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_the_same_however_it_is_typed() {
        let code = fresh_code();
        assert_eq!(code.len(), 9);
        let letters = plain_code(&code);
        assert!(
            letters.bytes().all(|letter| LETTERS.contains(&letter)),
            "{code}"
        );
        assert_eq!(
            plain_code(&format!(" {} ", code.to_lowercase().replace('-', " "))),
            letters
        );
    }

    #[test]
    fn secrets_differ_and_hide() {
        let (one, other) = (fresh(), fresh());
        assert_ne!(*one, *other);
        assert_eq!(one.len(), 43);
        assert!(!hash(&one).contains(one.as_str()));
    }
}

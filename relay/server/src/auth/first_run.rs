//! First-run link: single use, held in memory, printed at start while no password is set.

use parking_lot::Mutex;

use crate::crypto::token;

/// Hash of the link's secret, while the link is valid.
#[derive(Debug, Default)]
pub(crate) struct FirstRunLink(Mutex<Option<String>>);

impl FirstRunLink {
    /// Creates a link with this secret.
    pub(crate) fn new(secret: &str) -> Self {
        Self(Mutex::new(Some(token::hash(secret))))
    }

    /// True while the link is valid.
    pub(crate) fn is_valid(&self) -> bool {
        self.0.lock().is_some()
    }

    /// True while the link is valid, if this is its secret.
    pub(crate) fn has_secret(&self, secret: &str) -> bool {
        let stored = self.0.lock();
        stored
            .as_ref()
            .is_some_and(|hash| token::verify(secret, hash))
    }

    /// Invalidates the link. Callers do so when the password is stored; the check of the secret does not.
    pub(crate) fn invalidate(&self) {
        *self.0.lock() = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_run_link_is_valid_until_it_is_invalidated() {
        let link = FirstRunLink::new("secret");
        assert!(link.has_secret("secret") && !link.has_secret("other") && link.is_valid());
        link.invalidate();
        assert!(!link.has_secret("secret") && !link.is_valid());
        assert!(!FirstRunLink::default().has_secret(""));
    }
}

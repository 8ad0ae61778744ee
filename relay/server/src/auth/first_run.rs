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
    pub(crate) fn is_waiting(&self) -> bool {
        self.0.lock().is_some()
    }

    /// True when this is the link's secret.
    pub(crate) fn opens(&self, link: &str) -> bool {
        let stored = self.0.lock();
        stored
            .as_ref()
            .is_some_and(|hash| token::verify(link, hash))
    }

    /// Invalidates the link.
    pub(crate) fn close(&self) {
        *self.0.lock() = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_run_link_is_valid_until_it_is_closed() {
        let link = FirstRunLink::new("secret");
        assert!(link.opens("secret") && !link.opens("other") && link.is_waiting());
        link.close();
        assert!(!link.opens("secret") && !link.is_waiting());
        assert!(!FirstRunLink::default().opens(""));
    }
}

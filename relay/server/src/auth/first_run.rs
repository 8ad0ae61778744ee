//! The single-use link of the first run: held in memory, printed at start while there is no
//! password, gone once it is used.

use std::sync::{Mutex, PoisonError};

use crate::crypto::token;

/// The hash of the link that opens the first run, if one does.
#[derive(Debug, Default)]
pub(crate) struct FirstRunLink(Mutex<Option<String>>);

impl FirstRunLink {
    /// A link with this secret.
    pub(crate) fn new(secret: &str) -> Self {
        Self(Mutex::new(Some(token::hash(secret))))
    }

    /// True while the link is waiting to be used.
    pub(crate) fn is_waiting(&self) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some()
    }

    /// True when this is the link's secret.
    pub(crate) fn opens(&self, link: &str) -> bool {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().is_some_and(|hash| token::verify(link, hash))
    }

    /// Uses the link up.
    pub(crate) fn close(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_opens_until_it_is_closed() {
        let link = FirstRunLink::new("secret");
        assert!(link.opens("secret") && !link.opens("other") && link.is_waiting());
        link.close();
        assert!(!link.opens("secret") && !link.is_waiting());
        assert!(!FirstRunLink::default().opens(""));
    }
}

//! State of changes that were imported into the draft.

/// State of an import's changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ImportedState {
    /// In the draft.
    Unsaved,
    /// Saved by the relay.
    Saved,
    /// Neither in the draft nor saved: discarded or undone.
    Discarded,
}

impl ImportedState {
    /// State of changes that came into the draft when the saved settings had `etag_before`; `etag` and `is_dirty` are
    /// those of now.
    pub(super) fn of(etag_before: &str, etag: &str, is_dirty: bool) -> Self {
        if is_dirty {
            Self::Unsaved
        } else if etag == etag_before {
            Self::Discarded
        } else {
            Self::Saved
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imported_changes_are_saved_only_when_the_relay_has_a_new_version() {
        let state = |etag, is_dirty| ImportedState::of("\"v3\"", etag, is_dirty);
        assert_eq!(state("\"v3\"", true), ImportedState::Unsaved);
        assert_eq!(state("\"v4\"", false), ImportedState::Saved);
        assert_eq!(state("\"v3\"", false), ImportedState::Discarded);
    }
}

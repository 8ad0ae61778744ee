//! The settings as they are being edited: the copy the relay has, and ours. Plain data; showing it is
//! `store`'s work, judging it `yobirin_domain::check`'s.

pub(super) mod forest;
pub(super) mod merge;
pub(super) mod place;
pub(super) mod removal;

use yobirin_domain::settings::SettingsDocument;

use merge::{Clash, Prefer, merge};

/// One document being edited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    saved: SettingsDocument,
    etag: String,
    document: SettingsDocument,
}

impl Draft {
    /// A draft of what the relay has under this ETag, with nothing changed yet.
    pub(super) fn of(saved: SettingsDocument, etag: String) -> Self {
        Self {
            document: saved.clone(),
            saved,
            etag,
        }
    }

    /// The document with our changes.
    pub(super) fn document(&self) -> &SettingsDocument {
        &self.document
    }

    /// The document as the relay has it, as far as we know.
    pub(super) fn saved(&self) -> &SettingsDocument {
        &self.saved
    }

    /// ETag of the relay's document.
    pub(super) fn etag(&self) -> &str {
        &self.etag
    }

    /// Changes our copy.
    pub(super) fn edit(&mut self, change: impl FnOnce(&mut SettingsDocument)) {
        change(&mut self.document);
    }

    /// True while our copy differs from the relay's.
    pub(super) fn is_dirty(&self) -> bool {
        self.document != self.saved
    }

    /// Gives up our changes.
    pub(super) fn discard(&mut self) {
        self.document = self.saved.clone();
    }

    /// The relay has taken `sent` and calls it `etag`; changes made while it was on its way stay.
    pub(super) fn was_saved(&mut self, sent: SettingsDocument, etag: String) {
        self.saved = sent;
        self.etag = etag;
    }

    /// Puts our changes on top of what somebody else saved meanwhile. Entries that both changed go
    /// by `prefer`; without a preference they are returned and nothing is changed.
    pub(super) fn rebase(
        &mut self,
        theirs: SettingsDocument,
        etag: String,
        prefer: Option<Prefer>,
    ) -> Result<(), Vec<Clash>> {
        let merged = merge(
            &self.saved,
            &self.document,
            &theirs,
            prefer.unwrap_or(Prefer::Ours),
        );
        if prefer.is_none() && !merged.clashes.is_empty() {
            return Err(merged.clashes);
        }
        self.document = merged.document;
        self.was_saved(theirs, etag);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use yobirin_domain::directory::Host;

    use super::*;

    fn host(id: &str, name: &str) -> Host {
        Host::named(id.parse().unwrap(), name)
    }

    fn office(hosts: &[(&str, &str)]) -> SettingsDocument {
        SettingsDocument {
            hosts: hosts.iter().map(|(id, name)| host(id, name)).collect(),
            ..SettingsDocument::default()
        }
    }

    #[test]
    fn a_draft_is_dirty_until_saved_or_discarded() {
        let mut draft = Draft::of(office(&[("a", "佐藤")]), "1".into());
        assert!(!draft.is_dirty());
        draft.edit(|document| document.site.name = "本社".into());
        assert!(draft.is_dirty());
        draft.discard();
        assert!(!draft.is_dirty());
        draft.edit(|document| document.site.name = "本社".into());
        let sent = draft.document().clone();
        draft.was_saved(sent, "2".into());
        assert!(!draft.is_dirty());
        assert_eq!(draft.etag(), "2");
    }

    #[test]
    fn undoing_a_change_by_hand_leaves_nothing_to_save() {
        let mut draft = Draft::of(office(&[("a", "佐藤")]), "1".into());
        draft.edit(|document| document.hosts[0].name = "鈴木".into());
        draft.edit(|document| document.hosts[0].name = "佐藤".into());
        assert!(!draft.is_dirty());
    }

    #[test]
    fn what_is_typed_while_saving_is_still_unsaved_afterwards() {
        let mut draft = Draft::of(office(&[]), "1".into());
        draft.edit(|document| document.site.name = "本".into());
        let sent = draft.document().clone();
        draft.edit(|document| document.site.name = "本社".into());
        draft.was_saved(sent, "2".into());
        assert!(draft.is_dirty());
        assert_eq!(draft.document().site.name, "本社");
    }

    #[test]
    fn changes_to_different_entries_are_both_kept() {
        let mut draft = Draft::of(office(&[("a", "佐藤"), ("b", "鈴木")]), "1".into());
        draft.edit(|document| document.hosts[0].kana = "さとう".into());
        let mut theirs = office(&[("a", "佐藤"), ("b", "高橋")]);
        theirs.site.name = "本社".into();
        assert_eq!(draft.rebase(theirs, "2".into(), None), Ok(()));
        let document = draft.document();
        assert_eq!(document.hosts[0].kana, "さとう");
        assert_eq!(document.hosts[1].name, "高橋");
        assert_eq!(document.site.name, "本社");
        assert!(draft.is_dirty());
        assert_eq!(draft.etag(), "2");
    }

    #[test]
    fn a_clash_changes_nothing_until_someone_decides() {
        let mut draft = Draft::of(office(&[("a", "佐藤")]), "1".into());
        draft.edit(|document| document.hosts[0].name = "佐藤 花".into());
        let theirs = office(&[("a", "佐藤 太郎")]);
        let before = draft.clone();
        assert!(draft.rebase(theirs.clone(), "2".into(), None).is_err());
        assert_eq!(draft, before);
        assert!(draft.rebase(theirs, "2".into(), Some(Prefer::Ours)).is_ok());
        assert_eq!(draft.document().hosts[0].name, "佐藤 花");
    }
}

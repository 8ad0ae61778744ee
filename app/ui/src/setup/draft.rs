//! The settings as they are being edited: the copy the relay has, ours, and the steps between. Plain
//! data; showing it is `store`'s work, judging it `yobirin_domain::validate`'s.

pub(super) mod autosaved;
pub(super) mod bulk;
pub(super) mod cascade_delete;
pub(super) mod group_tree;
pub(super) mod problem_location;
mod undo_history;

use std::collections::BTreeMap;
use std::sync::Arc;

use yobirin_domain::diff::{self, Change, Conflict, FieldPath, Patch, Side};
use yobirin_domain::model::settings::SettingsDocument;

use autosaved::AutosavedDraft;
use undo_history::UndoHistory;

/// What people decided about fields that they and somebody else changed.
pub(super) type Decisions = BTreeMap<FieldPath, Side>;

/// One document being edited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    /// Shared with the steps until something is changed: a copy of a large office takes a while.
    saved: Arc<SettingsDocument>,
    etag: String,
    document: SettingsDocument,
    history: UndoHistory,
}

impl Draft {
    /// A draft of what the relay has under this ETag, with nothing changed yet.
    pub(super) fn new(saved: SettingsDocument, etag: String) -> Self {
        let saved = Arc::new(saved);
        Self {
            history: UndoHistory::from(Arc::clone(&saved)),
            document: SettingsDocument::clone(&saved),
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

    /// Changes our copy, at a moment in milliseconds: what is typed into one field without a pause
    /// is one step.
    pub(super) fn edit(&mut self, now: u64, change: impl FnOnce(&mut SettingsDocument)) {
        change(&mut self.document);
        self.history.record(&self.document, now);
    }

    /// True while our copy differs from the relay's.
    pub(super) fn is_dirty(&self) -> bool {
        self.document != *self.saved
    }

    /// Gives up our changes; a step that can be taken back like any other.
    pub(super) fn discard(&mut self, now: u64) {
        self.document = SettingsDocument::clone(&self.saved);
        self.history.end_step();
        self.history.record(&self.document, now);
    }

    /// True when there is a step to take back.
    pub(super) fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// True when a step was taken back and can be taken again.
    pub(super) fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// Takes the last step back; what that changed.
    pub(super) fn undo(&mut self) -> Option<Patch> {
        self.history.undo(&mut self.document)
    }

    /// Takes the step again that was taken back last; what that changed.
    pub(super) fn redo(&mut self) -> Option<Patch> {
        self.history.redo(&mut self.document)
    }

    /// What is unsaved, to be kept in the browser.
    pub(super) fn autosaved(&self, now: u64) -> Option<AutosavedDraft> {
        self.is_dirty().then(|| AutosavedDraft {
            at: now,
            patch: Patch::between(&self.saved, &self.document),
        })
    }

    /// Puts changes that were kept in the browser on top of ours. Fields that somebody else has
    /// changed since are the kept ones then, which the reader sees as unsaved before saving.
    pub(super) fn apply_autosaved(&mut self, autosaved: &AutosavedDraft, now: u64) {
        autosaved.patch.apply(&mut self.document);
        self.history.end_step();
        self.history.record(&self.document, now);
    }

    /// The relay has taken `sent` and calls it `etag`; changes made while it was on its way stay.
    pub(super) fn was_saved(&mut self, sent: SettingsDocument, etag: String) {
        self.saved = Arc::new(sent);
        self.etag = etag;
        self.history.end_step();
    }

    /// Puts our changes on top of what somebody else saved meanwhile, and tells what that was. Fields
    /// that both changed go by `decisions`; while some are undecided they are returned and nothing is
    /// changed.
    pub(super) fn rebase(
        &mut self,
        theirs: SettingsDocument,
        etag: String,
        decisions: &Decisions,
    ) -> Result<Vec<Change>, Vec<Conflict>> {
        let decided = |place: &FieldPath| decisions.get(place).copied();
        let merged = diff::merge(&self.saved, &self.document, &theirs, decided);
        if !merged.conflicts.is_empty() {
            return Err(merged.conflicts);
        }
        let their_changes = diff::between(&self.saved, &theirs);
        self.document = merged.document;
        self.history.rebase(self.document.clone());
        self.was_saved(theirs, etag);
        Ok(their_changes)
    }
}

#[cfg(test)]
mod tests {
    use yobirin_domain::model::directory::Host;

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

    fn draft(hosts: &[(&str, &str)]) -> Draft {
        Draft::new(office(hosts), "1".into())
    }

    fn rename(draft: &mut Draft, at: u64, name: &str) {
        draft.edit(at, |document| document.hosts[0].name = name.into());
    }

    #[test]
    fn a_draft_is_dirty_until_saved_or_discarded() {
        let mut draft = draft(&[("a", "佐藤")]);
        assert!(!draft.is_dirty());
        draft.edit(0, |document| document.site.name = "本社".into());
        assert!(draft.is_dirty());
        draft.discard(0);
        assert!(!draft.is_dirty());
        draft.edit(0, |document| document.site.name = "本社".into());
        let sent = draft.document().clone();
        draft.was_saved(sent, "2".into());
        assert!(!draft.is_dirty());
        assert_eq!(draft.etag(), "2");
    }

    #[test]
    fn undoing_a_change_by_hand_leaves_nothing_to_save() {
        let mut draft = draft(&[("a", "佐藤")]);
        rename(&mut draft, 0, "鈴木");
        rename(&mut draft, 0, "佐藤");
        assert!(!draft.is_dirty());
    }

    #[test]
    fn discarded_changes_come_back_by_undo() {
        let mut draft = draft(&[("a", "佐藤")]);
        rename(&mut draft, 0, "鈴木");
        draft.discard(1);
        assert!(draft.undo().is_some());
        assert_eq!(draft.document().hosts[0].name, "鈴木");
    }

    #[test]
    fn what_is_typed_while_saving_is_still_unsaved_afterwards() {
        let mut draft = draft(&[]);
        draft.edit(0, |document| document.site.name = "本".into());
        let sent = draft.document().clone();
        draft.edit(1, |document| document.site.name = "本社".into());
        draft.was_saved(sent, "2".into());
        assert!(draft.is_dirty());
        assert_eq!(draft.document().site.name, "本社");
    }

    #[test]
    fn what_is_saved_can_still_be_taken_back() {
        let mut draft = draft(&[("a", "佐藤")]);
        rename(&mut draft, 0, "鈴木");
        let sent = draft.document().clone();
        draft.was_saved(sent, "2".into());
        draft.undo();
        assert!(draft.is_dirty());
        assert_eq!(draft.document().hosts[0].name, "佐藤");
    }

    #[test]
    fn fields_of_one_entry_that_two_people_changed_are_both_kept() {
        let mut draft = draft(&[("a", "佐藤"), ("b", "鈴木")]);
        draft.edit(0, |document| document.hosts[0].kana = "さとう".into());
        let mut theirs = office(&[("a", "佐藤 花"), ("b", "高橋")]);
        theirs.site.name = "本社".into();
        let their_changes = draft.rebase(theirs, "2".into(), &Decisions::new()).unwrap();
        assert_eq!(their_changes.len(), 3, "{their_changes:?}");
        let document = draft.document();
        assert_eq!(document.hosts[0].kana, "さとう");
        assert_eq!(document.hosts[0].name, "佐藤 花");
        assert_eq!(document.hosts[1].name, "高橋");
        assert!(draft.is_dirty());
        assert_eq!(draft.etag(), "2");
    }

    #[test]
    fn a_clash_changes_nothing_until_someone_decides() {
        let mut draft = draft(&[("a", "佐藤")]);
        rename(&mut draft, 0, "佐藤 花");
        let theirs = office(&[("a", "佐藤 太郎")]);
        let before = draft.clone();
        let result = draft.rebase(theirs.clone(), "2".into(), &Decisions::new());
        let conflicts = result.unwrap_err();
        assert_eq!(draft, before);
        let decisions = Decisions::from([(conflicts[0].field.clone(), Side::Mine)]);
        assert!(draft.rebase(theirs, "2".into(), &decisions).is_ok());
        assert_eq!(draft.document().hosts[0].name, "佐藤 花");
    }

    #[test]
    fn steps_taken_before_a_merge_are_taken_back_without_touching_the_others_work() {
        let mut draft = draft(&[("a", "佐藤")]);
        rename(&mut draft, 0, "鈴木");
        let mut theirs = office(&[("a", "佐藤")]);
        theirs.hosts[0].kana = "さとう".into();
        draft.rebase(theirs, "2".into(), &Decisions::new()).unwrap();
        draft.undo();
        let host = &draft.document().hosts[0];
        assert_eq!((host.name.as_str(), host.kana.as_str()), ("佐藤", "さとう"));
        assert!(!draft.is_dirty());
    }

    #[test]
    fn what_a_browser_kept_goes_on_top_of_what_others_saved_meanwhile() {
        let mut before = draft(&[("a", "佐藤"), ("b", "鈴木")]);
        before.edit(0, |document| {
            document.hosts[0].kana = "さとう".into();
            document.hosts.remove(1);
        });
        let autosaved = before.autosaved(7).unwrap();
        let text = serde_json::to_string(&autosaved).unwrap();
        let autosaved: AutosavedDraft = serde_json::from_str(&text).unwrap();

        let mut after = draft(&[("a", "佐藤 花"), ("b", "鈴木"), ("c", "高橋")]);
        after.apply_autosaved(&autosaved, 8);
        let hosts = &after.document().hosts;
        let names: Vec<&str> = hosts.iter().map(|host| host.name.as_str()).collect();
        assert_eq!(names, ["佐藤 花", "高橋"]);
        assert_eq!(hosts[0].kana, "さとう");
        after.undo();
        assert!(!after.is_dirty(), "and it is one step");
    }
}

//! The settings while they are edited: the saved document, the edited one, and the undo history.
//! Plain data, which `draft_store` makes reactive.

pub(super) mod answers_off;
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

/// Resolutions of merge conflicts, by field.
pub(super) type Decisions = BTreeMap<FieldPath, Side>;

/// A document being edited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    /// The document as last loaded or saved. The history shares it until the first edit, because copying a large
    /// document takes time.
    saved: Arc<SettingsDocument>,
    etag: String,
    document: SettingsDocument,
    history: UndoHistory,
    /// Document of the last save when its response did not arrive: the relay may have stored it.
    unconfirmed_save: Option<SettingsDocument>,
}

impl Draft {
    /// A draft without changes of the document that the relay has under this ETag.
    pub(super) fn new(saved: SettingsDocument, etag: String) -> Self {
        let saved = Arc::new(saved);
        Self {
            history: UndoHistory::from(Arc::clone(&saved)),
            document: SettingsDocument::clone(&saved),
            saved,
            etag,
            unconfirmed_save: None,
        }
    }

    /// The edited document.
    pub(super) fn document(&self) -> &SettingsDocument {
        &self.document
    }

    /// The document as last loaded or saved.
    pub(super) fn saved(&self) -> &SettingsDocument {
        &self.saved
    }

    /// ETag of the saved document.
    pub(super) fn etag(&self) -> &str {
        &self.etag
    }

    /// Edits the document; `now` is in milliseconds. Edits of one field without a pause between them are one undo step.
    pub(super) fn edit(&mut self, now: u64, change: impl FnOnce(&mut SettingsDocument)) {
        change(&mut self.document);
        self.history.record(&self.document, now);
    }

    /// True while there are unsaved changes.
    pub(super) fn is_dirty(&self) -> bool {
        self.document != *self.saved
    }

    /// Discards the changes, as one undo step.
    pub(super) fn discard(&mut self, now: u64) {
        self.document = SettingsDocument::clone(&self.saved);
        self.history.end_step();
        self.history.record(&self.document, now);
    }

    /// True when there is a step to take back.
    pub(super) fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// True when there is a step to redo.
    pub(super) fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// Undoes the last step. Returns the changes that this made; `None` without a step.
    pub(super) fn undo(&mut self) -> Option<Patch> {
        self.history.undo(&mut self.document)
    }

    /// Redoes the step that was undone last. Returns the changes that this made; `None` without a step.
    pub(super) fn redo(&mut self) -> Option<Patch> {
        self.history.redo(&mut self.document)
    }

    /// The unsaved changes, for the autosave; `None` when there are none.
    pub(super) fn autosaved(&self, now: u64) -> Option<AutosavedDraft> {
        self.is_dirty().then(|| AutosavedDraft {
            at: now,
            patch: Patch::between(&self.saved, &self.document),
        })
    }

    /// Applies autosaved changes as one undo step. They overwrite what another admin changed since in the same fields.
    pub(super) fn apply_autosaved(&mut self, autosaved: &AutosavedDraft, now: u64) {
        autosaved.patch.apply(&mut self.document);
        self.history.end_step();
        self.history.record(&self.document, now);
    }

    /// Records that the relay saved `sent` under `etag`. Edits made during the request stay unsaved.
    pub(super) fn record_save(&mut self, sent: SettingsDocument, etag: String) {
        self.saved = Arc::new(sent);
        self.etag = etag;
        self.history.end_step();
        self.unconfirmed_save = None;
    }

    /// Records that no response to the save of this document arrived.
    pub(super) fn record_unconfirmed_save(&mut self, sent: SettingsDocument) {
        self.unconfirmed_save = Some(sent);
    }

    /// Rebases the edits on what another admin saved, and returns that admin's changes: none when it is this draft's own
    /// save, whose response did not arrive. Conflicts are resolved by
    /// `decisions`; as long as a conflict has no decision, all conflicts are returned and nothing changes.
    pub(super) fn rebase(
        &mut self,
        theirs: SettingsDocument,
        etag: String,
        decisions: &Decisions,
    ) -> Result<Vec<Change>, Vec<Conflict>> {
        if self.unconfirmed_save.as_ref() == Some(&theirs) {
            self.record_save(theirs, etag);
            return Ok(Vec::new());
        }
        let decided = |field: &FieldPath| decisions.get(field).copied();
        let merged = diff::merge(&self.saved, &self.document, &theirs, decided);
        if !merged.conflicts.is_empty() {
            return Err(merged.conflicts);
        }
        let their_changes = diff::between(&self.saved, &theirs);
        self.document = merged.document;
        self.history.rebase(self.document.clone());
        self.record_save(theirs, etag);
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
        draft.record_save(sent, "2".into());
        assert!(!draft.is_dirty());
        assert_eq!(draft.etag(), "2");
    }

    #[test]
    fn reverting_an_edit_by_hand_leaves_nothing_to_save() {
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
    fn a_save_without_a_response_is_recognized_as_ones_own() {
        let mut draft = draft(&[("a", "佐藤")]);
        rename(&mut draft, 0, "鈴木");
        let sent = draft.document().clone();
        draft.record_unconfirmed_save(sent.clone());
        rename(&mut draft, 1, "高橋");
        let theirs = draft.rebase(sent, "2".into(), &Decisions::new());
        assert_eq!(theirs, Ok(Vec::new()), "nobody else saved");
        assert_eq!(draft.document().hosts[0].name, "高橋");
        assert!(draft.is_dirty());

        let others = draft.rebase(office(&[("a", "田中")]), "3".into(), &Decisions::new());
        assert!(
            others.is_err(),
            "another save of the same field is a conflict"
        );
    }

    #[test]
    fn edits_made_while_saving_stay_unsaved() {
        let mut draft = draft(&[]);
        draft.edit(0, |document| document.site.name = "本".into());
        let sent = draft.document().clone();
        draft.edit(1, |document| document.site.name = "本社".into());
        draft.record_save(sent, "2".into());
        assert!(draft.is_dirty());
        assert_eq!(draft.document().site.name, "本社");
    }

    #[test]
    fn a_saved_step_can_be_undone() {
        let mut draft = draft(&[("a", "佐藤")]);
        rename(&mut draft, 0, "鈴木");
        let sent = draft.document().clone();
        draft.record_save(sent, "2".into());
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
    fn a_conflict_changes_nothing_until_it_is_resolved() {
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
    fn undo_after_a_merge_keeps_the_other_admin_s_changes() {
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
    fn autosaved_changes_apply_on_top_of_changes_saved_by_others() {
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
        assert!(!after.is_dirty(), "both changes are one step");
    }
}

//! Undo history. A step is one edit, or several edits of one field without a pause between them.

use std::sync::Arc;

use yobirin_domain::diff::{Change, FieldPath, Patch};
use yobirin_domain::model::settings::SettingsDocument;

/// Maximum number of steps.
const MAX_STEPS: usize = 200;
/// Pause between edits of one field after which a new step begins, in milliseconds.
const TYPING_PAUSE_MS: u64 = 1_500;

/// One step of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
struct UndoStep {
    /// The changes.
    patch: Patch,
    /// The changed field; `None` when the step changes several fields.
    field: Option<FieldPath>,
    /// Time of the last edit in the step, in milliseconds.
    at: u64,
}

/// Done and undone steps, and the current document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct UndoHistory {
    /// The document after the last step; the next step is the difference to it.
    current: Arc<SettingsDocument>,
    done: Vec<UndoStep>,
    undone: Vec<UndoStep>,
    /// True when the next edit begins a new step.
    has_step_ended: bool,
}

impl UndoHistory {
    /// An empty history that starts at this document.
    pub(super) fn from(document: Arc<SettingsDocument>) -> Self {
        Self {
            current: document,
            ..Self::default()
        }
    }

    /// Records the changes since the last record, as a step or as a part of the last step.
    pub(super) fn record(&mut self, document: &SettingsDocument, now: u64) {
        let patch = Patch::between(&self.current, document);
        if patch.is_empty() {
            return;
        }
        // Applying the changes is faster than copying the document.
        patch.apply(Arc::make_mut(&mut self.current));
        self.undone.clear();
        let step = UndoStep {
            field: only_field(&patch),
            patch,
            at: now,
        };
        let begins_new_step = std::mem::take(&mut self.has_step_ended);
        if !begins_new_step
            && let Some(last) = self.done.last_mut()
            && last.try_merge(&step)
        {
            return;
        }
        if self.done.len() == MAX_STEPS {
            self.done.remove(0);
        }
        self.done.push(step);
    }

    /// Makes the next edit begin a new step.
    pub(super) fn end_step(&mut self) {
        self.has_step_ended = true;
    }

    /// Replaces the current document by one with another admin's changes; the steps stay.
    pub(super) fn rebase(&mut self, document: SettingsDocument) {
        self.current = Arc::new(document);
        self.end_step();
    }

    pub(super) fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    pub(super) fn undo(&mut self, document: &mut SettingsDocument) -> Option<Patch> {
        let step = self.done.pop()?;
        let inverse = step.patch.inverse();
        self.undone.push(step);
        self.apply(document, inverse)
    }

    pub(super) fn redo(&mut self, document: &mut SettingsDocument) -> Option<Patch> {
        let step = self.undone.pop()?;
        let patch = step.patch.clone();
        self.done.push(step);
        self.apply(document, patch)
    }

    fn apply(&mut self, document: &mut SettingsDocument, patch: Patch) -> Option<Patch> {
        patch.apply(document);
        self.rebase(document.clone());
        Some(patch)
    }
}

impl UndoStep {
    /// Merges the next step into this one. Returns false when it changes another field, or comes after a pause.
    fn try_merge(&mut self, next: &Self) -> bool {
        let is_same_field = self.field.is_some() && self.field == next.field;
        if !is_same_field || next.at.saturating_sub(self.at) > TYPING_PAUSE_MS {
            return false;
        }
        let Some(patch) = self.patch.then(&next.patch) else {
            return false;
        };
        self.patch = patch;
        self.at = next.at;
        true
    }
}

/// The field that a patch changes; `None` when it changes several fields, or adds or removes an entry.
fn only_field(patch: &Patch) -> Option<FieldPath> {
    // Counted first, because listing the changes of many entries takes time.
    let entry_count = patch.count() + usize::from(patch.site.is_some());
    if entry_count != 1 {
        return None;
    }
    let changes: [Change; 1] = patch.changes().try_into().ok()?;
    let [change] = changes;
    let is_whole_entry = change.field.path.is_empty();
    (!is_whole_entry).then_some(change.field)
}

#[cfg(test)]
mod tests {
    use yobirin_domain::model::directory::Host;

    use super::*;

    fn office(name: &str, kana: &str) -> SettingsDocument {
        let mut host = Host::named("a".parse().unwrap(), name);
        host.kana = kana.into();
        SettingsDocument {
            hosts: vec![host],
            ..SettingsDocument::default()
        }
    }

    #[test]
    fn typing_without_a_pause_is_one_step() {
        let mut steps = UndoHistory::from(office("", "").into());
        for (at, name) in [(0, "佐"), (400, "佐藤"), (900, "佐藤花")] {
            steps.record(&office(name, ""), at);
        }
        let mut document = office("佐藤花", "");
        steps.undo(&mut document);
        assert_eq!(document, office("", ""));
        assert!(!steps.can_undo());
        steps.redo(&mut document);
        assert_eq!(document, office("佐藤花", ""));
    }

    #[test]
    fn a_pause_or_another_field_begins_a_new_step() {
        let mut steps = UndoHistory::from(office("", "").into());
        for (at, name, kana) in [
            (0, "佐藤", ""),
            (100, "佐藤", "さ"),
            (9_000, "佐藤", "さとう"),
        ] {
            steps.record(&office(name, kana), at);
        }
        let mut document = office("佐藤", "さとう");
        let mut undone = Vec::new();
        while steps.undo(&mut document).is_some() {
            undone.push((
                document.hosts[0].name.clone(),
                document.hosts[0].kana.clone(),
            ));
        }
        let undone: Vec<(&str, &str)> = undone
            .iter()
            .map(|(name, kana)| (name.as_str(), kana.as_str()))
            .collect();
        assert_eq!(undone, [("佐藤", "さ"), ("佐藤", ""), ("", "")]);
    }

    #[test]
    fn a_new_step_clears_redo() {
        let mut steps = UndoHistory::from(office("a", "").into());
        steps.record(&office("b", ""), 0);
        let mut document = office("b", "");
        steps.undo(&mut document);
        assert!(steps.can_redo());
        steps.record(&office("c", ""), 10);
        assert!(!steps.can_redo());
    }

    #[test]
    fn an_edit_without_changes_is_no_step() {
        let mut steps = UndoHistory::from(office("a", "").into());
        steps.record(&office("a", ""), 0);
        assert!(!steps.can_undo());
    }
}

//! The draft of the settings, as the pages of set-up use it: read through memos, changed through `edit`, saved as a
//! whole.

mod autosave;
mod binding;
mod entry;
mod saving;

use leptos::prelude::*;
use yobirin_api::settings::SavedVersion;
use yobirin_domain::diff::{FieldPath, Patch, Side};
use yobirin_domain::model::directory::{Group, Host};
use yobirin_domain::model::id::{ButtonId, DeviceId, GroupId, HostId};
use yobirin_domain::model::menu::{Button, Device};
use yobirin_domain::model::settings::{Settings, SettingsDocument, Site};
use yobirin_domain::validate::{Problem, problems, validate};

use crate::browser::clock;

use super::draft::{Decisions, Draft};
use super::nav::words;
use crate::setup::draft::problem_location::is_at;
use crate::setup::editor_name::EditorNameState;
use crate::setup::remote::Remote;
use entry::TheSite;

pub(super) use autosave::{Autosave, RecoverableDraft};
pub(super) use binding::Binding;
pub(super) use saving::Saving;

/// Store of the settings that this browser tab edits. It is kept when the session ends, so that no edit is lost.
#[derive(Clone, Copy)]
pub(super) struct DraftStore {
    draft: RwSignal<Draft>,
    /// State of loading; the loaded document is in `draft`.
    load_state: RwSignal<Remote<()>>,
    saving: RwSignal<Saving>,
    /// Number of successful saves; a timer compares it before it clears the status.
    saved_count: StoredValue<u32>,
    /// True from the first attempt to save until a save succeeds.
    show_all_problems: RwSignal<bool>,
    /// Resolutions of merge conflicts.
    decisions: RwSignal<Decisions>,
    /// The step that was undone or redone last.
    undone_step: RwSignal<Option<UndoneStep>>,
    autosave: Autosave,
    editor_name: EditorNameState,
    /// Versions that others have saved since this draft was loaded, as of the last attempt to save. Pages show their
    /// authors.
    saved_first_by: RwSignal<Vec<SavedVersion>>,
    is_dirty: Memo<bool>,
    /// Problems of the document, which the fields show.
    problems: Memo<Vec<Problem>>,
    /// The document as valid settings, which the preview composes calls with; else its problems. Computed only while
    /// the preview is open, because it copies the document.
    validation: Memo<Result<Settings, Vec<Problem>>>,
}

/// A step that was undone or redone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UndoneStep {
    /// True for undo, false for redo.
    pub(super) is_undo: bool,
    /// Changes that the undoing or redoing made.
    pub(super) patch: Patch,
}

impl DraftStore {
    /// Creates a store whose settings are not loaded yet.
    pub(super) fn new() -> Self {
        let draft = RwSignal::new(Draft::default());
        Self {
            draft,
            load_state: RwSignal::new(Remote::Loading),
            saving: RwSignal::new(Saving::Idle),
            saved_count: StoredValue::new(0),
            show_all_problems: RwSignal::new(false),
            decisions: RwSignal::new(Decisions::new()),
            undone_step: RwSignal::new(None),
            autosave: Autosave::new(),
            editor_name: EditorNameState::load(),
            saved_first_by: RwSignal::new(Vec::new()),
            is_dirty: Memo::new(move |_| draft.with(Draft::is_dirty)),
            problems: Memo::new(move |_| draft.with(|draft| problems(draft.document()))),
            validation: Memo::new(move |_| validate(draft.with(|draft| draft.document().clone()))),
        }
    }

    /// State of loading.
    pub(super) fn load_state(self) -> Remote<()> {
        self.load_state.get()
    }

    /// True while there are unsaved changes.
    pub(super) fn is_dirty(self) -> bool {
        self.is_dirty.get()
    }

    /// As [`Self::is_dirty`], without tracking.
    pub(super) fn is_dirty_untracked(self) -> bool {
        self.is_dirty.get_untracked()
    }

    /// State of saving.
    pub(super) fn saving(self) -> Saving {
        self.saving.get()
    }

    /// ETag of the saved document; it changes with every save.
    pub(super) fn saved_etag(self) -> String {
        self.draft.with(|draft| draft.etag().to_owned())
    }

    /// Reads the document with unsaved changes.
    pub(super) fn with<T>(self, read: impl FnOnce(&SettingsDocument) -> T) -> T {
        self.draft.with(|draft| read(draft.document()))
    }

    /// Reads the saved document, which tablets use.
    pub(super) fn with_saved<T>(self, read: impl FnOnce(&SettingsDocument) -> T) -> T {
        self.draft.with(|draft| read(draft.saved()))
    }

    /// As [`Self::with`], without tracking.
    pub(super) fn peek<T>(self, read: impl FnOnce(&SettingsDocument) -> T) -> T {
        self.draft.with_untracked(|draft| read(draft.document()))
    }

    /// A memo of what `read` takes from the document with unsaved changes.
    pub(super) fn memo<T: PartialEq + Send + Sync + 'static>(
        self,
        read: impl Fn(&SettingsDocument) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.with(&read))
    }

    /// Changes the document.
    pub(super) fn edit(self, change: impl FnOnce(&mut SettingsDocument)) {
        self.draft.update(|draft| draft.edit(clock::now(), change));
        self.on_edited();
    }

    /// Discards all changes; undo brings them back.
    pub(super) fn discard(self) {
        self.draft.update(|draft| draft.discard(clock::now()));
        self.show_all_problems.set(false);
        self.decisions.set(Decisions::new());
        self.on_edited();
    }

    /// Clears the result of the last save and of the last undo, which are about the document before the edit.
    fn on_edited(self) {
        self.undone_step.set(None);
        if !matches!(self.saving.get_untracked(), Saving::Idle | Saving::Busy) {
            self.saving.set(Saving::Idle);
        }
    }

    /// True when there is a step to undo.
    pub(super) fn can_undo(self) -> Memo<bool> {
        Memo::new(move |_| self.draft.with(Draft::can_undo))
    }

    /// True when there is a step to redo.
    pub(super) fn can_redo(self) -> Memo<bool> {
        Memo::new(move |_| self.draft.with(Draft::can_redo))
    }

    /// Undoes the last step; with `is_undo` false, redoes the step that was undone last.
    pub(super) fn undo_or_redo(self, is_undo: bool) {
        let mut applied = None;
        self.draft.update(|draft| {
            applied = if is_undo { draft.undo() } else { draft.redo() };
        });
        if let Some(patch) = applied {
            self.on_edited();
            self.undone_step.set(Some(UndoneStep { is_undo, patch }));
        }
    }

    /// The step undone or redone last, until the next edit.
    pub(super) fn undone_step(self) -> Option<UndoneStep> {
        self.undone_step.get()
    }

    /// Resolution of the conflict about a field.
    pub(super) fn decision(self, field: &FieldPath) -> Option<Side> {
        self.decisions
            .with(|decisions| decisions.get(field).copied())
    }

    /// Resolves the conflict about a field.
    pub(super) fn decide(self, field: FieldPath, side: Side) {
        self.decisions.update(|decisions| {
            decisions.insert(field, side);
        });
    }

    /// The validated settings, or the problems of the document.
    pub(super) fn validation(self) -> Memo<Result<Settings, Vec<Problem>>> {
        self.validation
    }

    /// Name of the person who edits in this browser.
    pub(super) fn editor_name(self) -> EditorNameState {
        self.editor_name
    }

    /// Versions that others saved first, found by the last attempt to save.
    pub(super) fn saved_first_by(self) -> Vec<SavedVersion> {
        self.saved_first_by.get()
    }

    /// The autosave.
    pub(super) fn autosave(self) -> Autosave {
        self.autosave
    }

    /// Problems to list: none before the first attempt to save; if this browser finds none, those that the relay found.
    pub(super) fn problems(self) -> Vec<Problem> {
        if !self.show_all_problems.get() {
            return Vec::new();
        }
        let own_problems = self.problems.get();
        match self.saving.get() {
            Saving::Invalid(relay_problems) if own_problems.is_empty() => relay_problems,
            _ => own_problems,
        }
    }

    /// Problem of a field, in words.
    pub(super) fn problem_at(
        self,
        path: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) -> Signal<Option<String>> {
        let words = &words().validation;
        Signal::derive(move || {
            let path = path()?;
            let find = |problems: &[Problem]| {
                let problem = problems.iter().find(|problem| is_at(&problem.path, &path));
                problem.map(|problem| words.of(&problem.error))
            };
            let own_problem = self.problems.with(|problems| find(problems));
            // The relay may find a problem that this browser does not.
            own_problem.or_else(|| {
                self.saving.with(|saving| match saving {
                    Saving::Invalid(problems) => find(problems),
                    _ => None,
                })
            })
        })
    }

    /// True from the first attempt to save until a save succeeds. Then every field shows its
    /// problem, before that only edited ones.
    pub(super) fn show_all_problems(self) -> Signal<bool> {
        self.show_all_problems.into()
    }

    /// Binding to the site.
    pub(super) fn site(self) -> Binding<Site> {
        Binding::new(self, TheSite)
    }

    /// Binding to a host.
    pub(super) fn host(self, id: HostId) -> Binding<Host> {
        Binding::new(self, id)
    }

    /// Binding to a group.
    pub(super) fn group(self, id: GroupId) -> Binding<Group> {
        Binding::new(self, id)
    }

    /// Binding to a device.
    pub(super) fn device(self, id: DeviceId) -> Binding<Device> {
        Binding::new(self, id)
    }

    /// Binding to a button of any device.
    pub(super) fn button(self, id: ButtonId) -> Binding<Button> {
        Binding::new(self, id)
    }
}

//! Name of the person who edits in this browser, which is shown beside the versions that they save; it is not an
//! account. It is asked for once in the save bar, stored in the browser, and changed from the navigation.

use leptos::prelude::*;
use yobirin_domain::model::editor_name::EditorName;

use crate::browser::storage;

/// Storage key of the answer to the question for the name; empty when the person left no name.
const EDITOR_KEY: &str = "yobirin.setup.editor";

/// The stored name, and the states of the two forms that change it.
#[derive(Clone, Copy)]
pub(crate) struct EditorNameState {
    /// `None` until the question is answered; empty when it was answered without a name.
    answer: RwSignal<Option<String>>,
    /// Text of the field in the save bar.
    typed: RwSignal<String>,
    /// True while the question is on the screen.
    is_asked: RwSignal<bool>,
    /// True while the dialog that changes the name is open.
    is_dialog_open: RwSignal<bool>,
}

impl EditorNameState {
    /// Loads the stored name.
    pub(super) fn load() -> Self {
        let stored: Option<String> = storage::get(EDITOR_KEY);
        let name = stored.map(|text| clean(&text));
        Self {
            answer: RwSignal::new(name),
            typed: RwSignal::new(String::new()),
            is_asked: RwSignal::new(false),
            is_dialog_open: RwSignal::new(false),
        }
    }

    /// Name of the person, if one was given.
    pub(crate) fn name(self) -> Option<EditorName> {
        self.answer
            .with(|answer| EditorName::from_typed(answer.as_deref()?))
    }

    /// Name to send with a save. While the question is on the screen, the text in its field counts as the answer.
    pub(super) fn name_for_save(self) -> Option<EditorName> {
        if self.is_asked.get_untracked() {
            self.set(&self.typed.get_untracked());
        }
        untrack(|| self.name())
    }

    /// True until the question is answered.
    pub(super) fn is_unanswered(self) -> bool {
        self.answer.with(Option::is_none)
    }

    /// Records that the question is on the screen, or no longer.
    pub(super) fn set_asked(self, is_asked: bool) {
        let _ = self.is_asked.try_set(is_asked);
    }

    /// Signal that is true while the dialog that changes the name is open.
    pub(super) fn dialog_open(self) -> RwSignal<bool> {
        self.is_dialog_open
    }

    /// Text of the field in the save bar.
    pub(super) fn typed(self) -> RwSignal<String> {
        self.typed
    }

    /// Stores a name; a blank text means that the person gives none. Where storage is blocked, the name is kept for
    /// this visit.
    pub(super) fn set(self, text: &str) {
        let name = clean(text);
        let _ = storage::set(EDITOR_KEY, &name);
        self.answer.set(Some(name));
    }
}

/// The name in a text as it is stored; empty for a blank text.
fn clean(text: &str) -> String {
    EditorName::from_typed(text).map_or_else(String::new, |name| name.to_string())
}

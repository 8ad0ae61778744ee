//! The draft as pages see it: read through memos, changed through `edit`, saved as a whole.

mod autosave;
mod binding;
mod saving;

use leptos::prelude::*;
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
use crate::setup::remote::Remote;

pub(super) use autosave::{Autosave, RecoverableDraft};
pub(super) use binding::Binding;
pub(super) use saving::Saving;

/// The one draft of this browser tab. It outlives the session, so that signing in again in the
/// middle of something loses nothing.
#[derive(Clone, Copy)]
pub(super) struct DraftStore {
    draft: RwSignal<Draft>,
    ready: RwSignal<Remote<()>>,
    saving: RwSignal<Saving>,
    /// How often it has been said that all is saved.
    saved_count: StoredValue<u32>,
    /// Problems are shown from the first try to save until it succeeds.
    show_all_problems: RwSignal<bool>,
    /// What was decided about fields that somebody else changed too.
    decisions: RwSignal<Decisions>,
    /// The step that was taken back or again last.
    undone_step: RwSignal<Option<UndoneStep>>,
    autosave: Autosave,
    dirty: Memo<bool>,
    problems: Memo<Vec<Problem>>,
    validation: Memo<Result<Settings, Vec<Problem>>>,
}

/// A step taken back, or again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UndoneStep {
    /// True when it was taken back.
    pub(super) is_undo: bool,
    /// What that changed.
    pub(super) patch: Patch,
}

impl DraftStore {
    /// An empty store.
    pub(super) fn new() -> Self {
        let draft = RwSignal::new(Draft::default());
        Self {
            draft,
            ready: RwSignal::new(Remote::Loading),
            saving: RwSignal::new(Saving::Idle),
            saved_count: StoredValue::new(0),
            show_all_problems: RwSignal::new(false),
            decisions: RwSignal::new(Decisions::new()),
            undone_step: RwSignal::new(None),
            autosave: Autosave::new(),
            dirty: Memo::new(move |_| draft.with(Draft::is_dirty)),
            problems: Memo::new(move |_| draft.with(|draft| problems(draft.document()))),
            validation: Memo::new(move |_| validate(draft.with(|draft| draft.document().clone()))),
        }
    }

    /// How loading stands.
    pub(super) fn ready(self) -> Remote<()> {
        self.ready.get()
    }

    /// True while there is something to save.
    pub(super) fn is_dirty(self) -> bool {
        self.dirty.get()
    }

    /// The same, without following it.
    pub(super) fn is_dirty_now(self) -> bool {
        self.dirty.get_untracked()
    }

    /// How saving stands.
    pub(super) fn saving(self) -> Saving {
        self.saving.get()
    }

    /// The same, without following it.
    pub(super) fn saving_now(self) -> Saving {
        self.saving.get_untracked()
    }

    /// Reads something of the document with our changes.
    pub(super) fn with<T>(self, read: impl FnOnce(&SettingsDocument) -> T) -> T {
        self.draft.with(|draft| read(draft.document()))
    }

    /// Reads something of the document as it is saved: what tablets see.
    pub(super) fn with_saved<T>(self, read: impl FnOnce(&SettingsDocument) -> T) -> T {
        self.draft.with(|draft| read(draft.saved()))
    }

    /// The same as [`Self::with`], without following changes.
    pub(super) fn peek<T>(self, read: impl FnOnce(&SettingsDocument) -> T) -> T {
        self.draft.with_untracked(|draft| read(draft.document()))
    }

    /// Something of the document, told anew only when it differs.
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

    /// Gives up every change; undo brings them back.
    pub(super) fn discard(self) {
        self.draft.update(|draft| draft.discard(clock::now()));
        self.show_all_problems.set(false);
        self.decisions.set(Decisions::new());
        self.on_edited();
    }

    fn on_edited(self) {
        self.undone_step.set(None);
        if !matches!(self.saving.get_untracked(), Saving::Idle | Saving::Busy) {
            self.saving.set(Saving::Idle);
        }
    }

    /// True when there is a step to take back.
    pub(super) fn can_undo(self) -> Memo<bool> {
        Memo::new(move |_| self.draft.with(Draft::can_undo))
    }

    /// True when there is a step to take again.
    pub(super) fn can_redo(self) -> Memo<bool> {
        Memo::new(move |_| self.draft.with(Draft::can_redo))
    }

    /// Takes the last step back, or again the one taken back last.
    pub(super) fn undo_or_redo(self, back: bool) {
        let mut taken = None;
        self.draft.update(|draft| {
            taken = if back { draft.undo() } else { draft.redo() };
        });
        if let Some(patch) = taken {
            self.on_edited();
            self.undone_step.set(Some(UndoneStep {
                is_undo: back,
                patch,
            }));
        }
    }

    /// The step that was taken back or again last, until something else is changed.
    pub(super) fn undone_step(self) -> Option<UndoneStep> {
        self.undone_step.get()
    }

    /// What is decided about a field that somebody else changed too.
    pub(super) fn decision(self, place: &FieldPath) -> Option<Side> {
        self.decisions
            .with(|decisions| decisions.get(place).copied())
    }

    /// Decides about a field that somebody else changed too.
    pub(super) fn decide(self, place: FieldPath, side: Side) {
        self.decisions.update(|decisions| {
            decisions.insert(place, side);
        });
    }

    /// The settings, when the document is sound, or what is wrong with it.
    pub(super) fn validation(self) -> Memo<Result<Settings, Vec<Problem>>> {
        self.validation
    }

    /// Unsaved changes that this browser keeps.
    pub(super) fn autosave(self) -> Autosave {
        self.autosave
    }

    /// What is wrong, once there has been a try to save.
    pub(super) fn problems(self) -> Vec<Problem> {
        if !self.show_all_problems.get() {
            return Vec::new();
        }
        let ours = self.problems.get();
        match self.saving.get() {
            Saving::Invalid(problems) if ours.is_empty() => problems,
            _ => ours,
        }
    }

    /// What is wrong at a field, in words, as the document stands.
    pub(super) fn problem_at(
        self,
        path: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) -> Signal<Option<String>> {
        let words = &words().problem;
        Signal::derive(move || {
            let path = path()?;
            let find = |problems: &[Problem]| {
                let problem = problems.iter().find(|problem| is_at(&problem.path, &path));
                problem.map(|problem| words.of(&problem.error))
            };
            let ours = self.problems.with(|problems| find(problems));
            // What only the relay finds wrong.
            ours.or_else(|| {
                self.saving.with(|saving| match saving {
                    Saving::Invalid(problems) => find(problems),
                    _ => None,
                })
            })
        })
    }

    /// True from the first try to save until it succeeds: then every field says what is wrong with
    /// it, before that only those that somebody has been in.
    pub(super) fn show_all_problems(self) -> Signal<bool> {
        self.show_all_problems.into()
    }

    /// The office.
    pub(super) fn site(self) -> Binding<Site> {
        Binding::new(
            self,
            |document| Some(&document.site),
            |document| Some(&mut document.site),
            |_| Some("site".to_owned()),
        )
    }

    /// One host.
    pub(super) fn host(self, id: HostId) -> Binding<Host> {
        let (a, b, c) = (id.clone(), id.clone(), id);
        Binding::new(
            self,
            move |document| document.hosts.iter().find(|host| host.id == a),
            move |document| document.hosts.iter_mut().find(|host| host.id == b),
            move |document| {
                let place = document.hosts.iter().position(|host| host.id == c)?;
                Some(format!("hosts[{place}]"))
            },
        )
    }

    /// One group.
    pub(super) fn group(self, id: GroupId) -> Binding<Group> {
        let (a, b, c) = (id.clone(), id.clone(), id);
        Binding::new(
            self,
            move |document| document.groups.iter().find(|group| group.id == a),
            move |document| document.groups.iter_mut().find(|group| group.id == b),
            move |document| {
                let place = document.groups.iter().position(|group| group.id == c)?;
                Some(format!("groups[{place}]"))
            },
        )
    }

    /// One device.
    pub(super) fn device(self, id: DeviceId) -> Binding<Device> {
        let (a, b, c) = (id.clone(), id.clone(), id);
        Binding::new(
            self,
            move |document| document.devices.iter().find(|device| device.id == a),
            move |document| document.devices.iter_mut().find(|device| device.id == b),
            move |document| {
                let place = document.devices.iter().position(|device| device.id == c)?;
                Some(format!("devices[{place}]"))
            },
        )
    }

    /// One button of any device.
    pub(super) fn button(self, id: ButtonId) -> Binding<Button> {
        let (a, b, c) = (id.clone(), id.clone(), id);
        Binding::new(
            self,
            move |document| {
                let mut all = document.devices.iter().flat_map(|device| &device.menu);
                all.find(|button| button.id == a)
            },
            move |document| {
                let mut all = document
                    .devices
                    .iter_mut()
                    .flat_map(|device| &mut device.menu);
                all.find(|button| button.id == b)
            },
            move |document| {
                let mut devices = document.devices.iter().enumerate();
                devices.find_map(|(i, device)| {
                    let j = device.menu.iter().position(|button| button.id == c)?;
                    Some(format!("devices[{i}].menu[{j}]"))
                })
            },
        )
    }
}

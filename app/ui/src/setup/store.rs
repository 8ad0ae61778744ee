//! The draft as pages see it: read through memos, changed through `edit`, saved as a whole.

mod entry;
mod saving;

use leptos::prelude::*;
use yobirin_domain::check::{Problem, check};
use yobirin_domain::directory::{Group, Host};
use yobirin_domain::id::{ButtonId, DeviceId, GroupId, HostId};
use yobirin_domain::menu::{Button, Device};
use yobirin_domain::settings::{Settings, SettingsDocument, Site};

use super::draft::Draft;
use super::draft::place::is_at;
use super::load::Load;
use super::nav::words;

pub(super) use entry::Entry;
pub(super) use saving::Saving;

/// The one draft of this browser tab. It outlives the session, so that signing in again in the
/// middle of something loses nothing.
#[derive(Clone, Copy)]
pub(super) struct Store {
    draft: RwSignal<Draft>,
    ready: RwSignal<Load<()>>,
    saving: RwSignal<Saving>,
    /// Problems are shown from the first try to save until it succeeds.
    judging: RwSignal<bool>,
    dirty: Memo<bool>,
    verdict: Memo<Result<Settings, Vec<Problem>>>,
}

impl Store {
    /// An empty store.
    pub(super) fn new() -> Self {
        let draft = RwSignal::new(Draft::default());
        Self {
            draft,
            ready: RwSignal::new(Load::Loading),
            saving: RwSignal::new(Saving::Idle),
            judging: RwSignal::new(false),
            dirty: Memo::new(move |_| draft.with(Draft::is_dirty)),
            verdict: Memo::new(move |_| check(draft.with(|draft| draft.document().clone()))),
        }
    }

    /// How loading stands.
    pub(super) fn ready(self) -> Load<()> {
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
        self.draft.update(|draft| draft.edit(change));
        if !matches!(self.saving.get_untracked(), Saving::Idle | Saving::Busy) {
            self.saving.set(Saving::Idle);
        }
    }

    /// Gives up every change.
    pub(super) fn discard(self) {
        self.draft.update(Draft::discard);
        self.judging.set(false);
        self.saving.set(Saving::Idle);
    }

    /// The settings, when the document is sound, or what is wrong with it.
    pub(super) fn verdict(self) -> Memo<Result<Settings, Vec<Problem>>> {
        self.verdict
    }

    /// What is wrong, once there has been a try to save.
    pub(super) fn problems(self) -> Vec<Problem> {
        if !self.judging.get() {
            return Vec::new();
        }
        let ours = self.verdict.with(|verdict| verdict.clone().err());
        match (ours, self.saving.get()) {
            (Some(problems), _) | (None, Saving::Invalid(problems)) => problems,
            (None, _) => Vec::new(),
        }
    }

    /// What is wrong at a field, in words.
    pub(super) fn problem_at(
        self,
        path: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) -> Signal<Option<String>> {
        let words = &words().problem;
        Signal::derive(move || {
            if !self.judging.get() {
                return None;
            }
            let path = path()?;
            let problems = self.problems();
            let here = problems
                .iter()
                .find(|problem| is_at(&problem.path, &path))?;
            Some(words.of(&here.fault))
        })
    }

    /// The office.
    pub(super) fn site(self) -> Entry<Site> {
        Entry::new(
            self,
            |document| Some(&document.site),
            |document| Some(&mut document.site),
            |_| Some("site".to_owned()),
        )
    }

    /// One host.
    pub(super) fn host(self, id: HostId) -> Entry<Host> {
        let (a, b, c) = (id.clone(), id.clone(), id);
        Entry::new(
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
    pub(super) fn group(self, id: GroupId) -> Entry<Group> {
        let (a, b, c) = (id.clone(), id.clone(), id);
        Entry::new(
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
    pub(super) fn device(self, id: DeviceId) -> Entry<Device> {
        let (a, b, c) = (id.clone(), id.clone(), id);
        Entry::new(
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
    pub(super) fn button(self, id: ButtonId) -> Entry<Button> {
        let (a, b, c) = (id.clone(), id.clone(), id);
        Entry::new(
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

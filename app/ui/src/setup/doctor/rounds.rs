//! Looking at Chatwork for the doctor. Members are read room by room, so the number of rooms in one
//! go is bounded: Chatwork allows few requests, and calls go first.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;
use yobirin_api::chatwork::{Connection, ContactRequest, Person, RoomKind};
use yobirin_domain::diagnose::{
    Finding, Observations, ObservedConnection, ObservedRequest, examine, rooms_to_read,
};
use yobirin_domain::model::id::RoomId;
use yobirin_domain::model::settings::Settings;

use crate::platform::clock;
use crate::relay_client::{Answered, ClientError};
use crate::setup::session::Signed;
use crate::setup::store::Store;

/// Rooms whose members are read in one go.
const ROOMS: usize = 60;

/// A tablet that was heard of so recently is on, in milliseconds.
const LIFE_SIGN: u64 = 2 * 60 * 1000;

/// How the examination stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::setup) enum Stage {
    /// Nothing was asked yet.
    Never,
    /// A quick look, without members: on its way, or taken.
    Glance,
    /// Connection, rooms, contacts and tablets are being read.
    Looking,
    /// Members are being read: so many rooms of so many.
    Members(usize, usize),
    /// As far as it goes.
    Done,
}

/// What the doctor has seen in this visit.
#[derive(Clone, Copy)]
pub(in crate::setup) struct Doctor {
    signed: Signed,
    store: Store,
    seen: RwSignal<Observations>,
    pub(in crate::setup) stage: RwSignal<Stage>,
    /// Why something could not be read.
    pub(super) failure: RwSignal<Option<ClientError>>,
    findings: Memo<Vec<Finding>>,
}

impl Doctor {
    pub(in crate::setup) fn new(signed: Signed, store: Store) -> Self {
        let seen = RwSignal::new(Observations::default());
        let findings = Memo::new(move |_| {
            let settings = store.with(|document| Settings::from_trusted(document.clone()));
            let today = clock::today(&settings.site().time_zone);
            seen.with(|seen| examine(&settings, seen, today))
        });
        Self {
            signed,
            store,
            seen,
            stage: RwSignal::new(Stage::Never),
            failure: RwSignal::new(None),
            findings,
        }
    }

    /// What is wrong, worst first; follows the draft.
    pub(in crate::setup) fn findings(self) -> Vec<Finding> {
        self.findings.get()
    }

    /// True while something is being read.
    pub(in crate::setup) fn is_busy(self) -> bool {
        matches!(self.stage.get(), Stage::Looking | Stage::Members(..))
    }

    /// Rooms whose members decide about mentions and were not read yet.
    pub(super) fn unread(self) -> Vec<RoomId> {
        let settings = self
            .store
            .with(|document| Settings::from_trusted(document.clone()));
        let today = clock::today(&settings.site().time_zone);
        self.seen.with(|seen| {
            let there = |room: &RoomId| match &seen.rooms {
                Some(rooms) => rooms.contains_key(room) && !seen.members.contains_key(room),
                None => false,
            };
            let rooms = rooms_to_read(&settings, today);
            rooms.into_iter().filter(there).collect()
        })
    }

    /// A quick look, if there was none yet: everything but members.
    pub(in crate::setup) fn glance(self) {
        if self.stage.get_untracked() == Stage::Never {
            self.stage.set(Stage::Glance);
            spawn_local(self.look());
        }
    }

    /// The whole examination, anew.
    pub(super) fn examine(self) {
        if matches!(
            self.stage.get_untracked(),
            Stage::Looking | Stage::Members(..)
        ) {
            return;
        }
        self.stage.set(Stage::Looking);
        spawn_local(async move {
            self.look().await;
            let _ = self.seen.try_update(|seen| seen.members.clear());
            self.read_members().await;
        });
    }

    /// Reads on where the bound stopped it.
    pub(super) fn read_on(self) {
        spawn_local(self.read_members());
    }

    /// Accepts a contact request, and looks again at what that changes.
    pub(super) fn accept(self, request: u64) {
        if self.is_busy() {
            return;
        }
        let stage = self.stage.get_untracked();
        self.stage.set(Stage::Looking);
        spawn_local(async move {
            let accepted = self.signed.accept_contact(request).await;
            self.look().await;
            if let Err(error) = accepted {
                let _ = self.failure.try_set(Some(error));
            }
            let _ = self.stage.try_set(stage);
        });
    }

    async fn look(self) {
        let _ = self.failure.try_set(None);
        let devices = self.kept(self.signed.devices().await);
        let connection = self.kept(self.signed.connection().await);
        let link = connection.map(|connection| match connection {
            Connection::Disconnected => ObservedConnection::None,
            Connection::Refused { .. } => ObservedConnection::Refused,
            Connection::Connected { bot, .. } => ObservedConnection::Connected(bot.account),
        });
        let (mut rooms, mut contacts, mut requests) = (None, None, None);
        if matches!(link, Some(ObservedConnection::Connected(_))) {
            rooms = self.kept(self.signed.rooms().await);
            contacts = self.kept(self.signed.contacts().await);
            requests = self.kept(self.signed.contact_requests().await);
        }
        let _ = self.seen.try_update(|seen| {
            seen.connection = link;
            let paired = devices.map(|devices| {
                let paired = devices.into_iter().filter(|tablet| tablet.paired.is_some());
                paired.collect::<Vec<_>>()
            });
            let left_out = [
                rooms.as_ref().map(|list| list.unreadable),
                contacts.as_ref().map(|list| list.unreadable),
                requests.as_ref().map(|list| list.unreadable),
            ];
            seen.unreadable = left_out.into_iter().flatten().sum();
            let late = paired.iter().flatten().filter_map(|tablet| {
                let trouble = tablet.heartbeat.as_ref()?.stream?;
                // A stream that is cut is now and then not there.
                let now = clock::now();
                let is_on = |seen: u64| tablet.online || now.abs_diff(seen) < LIFE_SIGN;
                (tablet.last_seen.is_some_and(is_on)).then(|| (tablet.id.clone(), trouble))
            });
            seen.streams = late.collect();
            seen.paired = paired.map(|paired| paired.into_iter().map(|tablet| tablet.id).collect());
            seen.rooms = rooms.map(|rooms| {
                let rooms = rooms.entries.into_iter();
                rooms
                    .map(|room| (room.id, room.kind == RoomKind::Group))
                    .collect()
            });
            let requests = requests.map(|list| list.entries).unwrap_or_default();
            let request = |request: ContactRequest| ObservedRequest {
                id: request.id,
                account: request.person.account,
                name: request.person.name,
            };
            seen.requests = requests.into_iter().map(request).collect();
            seen.contacts = contacts.map(|contacts| {
                let accounts = contacts
                    .entries
                    .iter()
                    .map(|person| person.account)
                    .collect();
                meet(seen, contacts.entries);
                accounts
            });
        });
    }

    async fn read_members(self) {
        let mut rooms = self.unread();
        rooms.truncate(ROOMS);
        let total = rooms.len();
        for (done, room) in rooms.into_iter().enumerate() {
            if self.stage.try_set(Stage::Members(done, total)).is_some() {
                return; // set-up is gone
            }
            let Some(members) = self.kept(self.signed.members(room).await) else {
                break;
            };
            let _ = self.seen.try_update(|seen| {
                let people = members.entries.iter();
                let accounts: BTreeSet<_> = people.map(|person| person.account).collect();
                seen.members.insert(room, accounts);
                seen.unreadable += members.unreadable;
                meet(seen, members.entries);
            });
        }
        let _ = self.stage.try_set(Stage::Done);
    }

    fn kept<T>(self, answer: Answered<T>) -> Option<T> {
        match answer {
            Ok(value) => Some(value),
            Err(error) => {
                let _ = self.failure.try_set(Some(error));
                None
            }
        }
    }
}

fn meet(seen: &mut Observations, people: Vec<Person>) {
    let names = people
        .into_iter()
        .map(|person| (person.account, person.name));
    seen.people.extend(names);
}

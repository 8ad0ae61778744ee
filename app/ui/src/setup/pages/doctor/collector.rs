//! Collects what the diagnosis needs from the relay and from Chatwork. Members are read room by room, and only of so
//! many rooms in one run, to leave enough of Chatwork's rate limit for calls.

use std::collections::BTreeSet;

use futures_util::future::{join, join3};
use leptos::prelude::*;
use leptos::task::spawn_local;
use yobirin_api::chatwork::{Connection, ContactRequest, Person, RoomKind};
use yobirin_domain::diagnose::{
    Finding, Observations, ObservedConnection, ObservedRequest, Severity, examine, rooms_to_read,
};
use yobirin_domain::model::id::{AccountId, RoomId};
use yobirin_domain::model::settings::Settings;
use yobirin_domain::tablet_presence::TabletPresence;

use crate::api::admin::AdminClient;
use crate::api::response::{ApiResult, ClientError};
use crate::browser::clock;
use crate::setup::draft_store::DraftStore;

/// Maximum of rooms whose members are read in one run.
const MAX_ROOMS_PER_RUN: usize = 60;

/// Time since the last contact within which a tablet counts as on, in milliseconds.
const ONLINE_WITHIN_MS: u64 = 2 * 60 * 1000;

/// Stage of the diagnosis, from the first request to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Not started.
    NotStarted,
    /// The quick check, which reads no members, is running or finished.
    Quick,
    /// Reading connection, rooms, contacts and tablets.
    Reading,
    /// Reading members: the number of rooms that are done, and that are read in this run.
    ReadingMembers { done: usize, total: usize },
    /// Finished.
    Done,
}

/// The diagnosis: what was observed in this visit, and the findings that follow from it and the draft.
#[derive(Clone, Copy)]
pub(crate) struct Doctor {
    admin: AdminClient,
    store: DraftStore,
    observations: RwSignal<Observations>,
    pub(crate) stage: RwSignal<Stage>,
    /// Error of the last request that failed.
    pub(crate) failure: RwSignal<Option<ClientError>>,
    /// True once everything but the members was read, or could not be read.
    is_collected: RwSignal<bool>,
    /// Findings that a button of their card has repaired; see [`Self::is_repaired`].
    repaired: RwSignal<Vec<Finding>>,
    findings: Memo<Vec<Finding>>,
}

impl Doctor {
    pub(crate) fn new(admin: AdminClient, store: DraftStore) -> Self {
        let observations = RwSignal::new(Observations::default());
        let findings = Memo::new(move |_| {
            let settings = store.with(|document| Settings::unvalidated(document.clone()));
            let today = clock::today(&settings.site().time_zone);
            observations.with(|observations| examine(&settings, observations, today))
        });
        Self {
            admin,
            store,
            observations,
            stage: RwSignal::new(Stage::NotStarted),
            failure: RwSignal::new(None),
            is_collected: RwSignal::new(false),
            repaired: RwSignal::new(Vec::new()),
            findings,
        }
    }

    /// Findings, worst first; tracks the draft.
    pub(crate) fn findings(self) -> Vec<Finding> {
        self.findings.get()
    }

    /// Number of findings that are problems; tracks the draft.
    pub(crate) fn problem_count(self) -> usize {
        self.findings.with(|findings| {
            findings
                .iter()
                .filter(|finding| finding.is_problem())
                .count()
        })
    }

    /// True once a quick check or a diagnosis has read everything but the members, or could not.
    pub(crate) fn is_collected(self) -> bool {
        self.is_collected.get()
    }

    /// True while a check is reading, so that findings may be added or removed.
    pub(crate) fn is_reading(self) -> bool {
        self.is_busy() || !self.is_collected()
    }

    /// True while requests are in flight.
    pub(crate) fn is_busy(self) -> bool {
        matches!(
            self.stage.get(),
            Stage::Reading | Stage::ReadingMembers { .. }
        )
    }

    /// Rooms whose members are needed and not read yet.
    pub(crate) fn unread_rooms(self) -> Vec<RoomId> {
        let settings = self
            .store
            .with(|document| Settings::unvalidated(document.clone()));
        let today = clock::today(&settings.site().time_zone);
        self.observations.with(|observations| {
            let is_unread = |room: &RoomId| match &observations.rooms {
                Some(rooms) => rooms.contains_key(room) && !observations.members.contains_key(room),
                None => false,
            };
            let rooms = rooms_to_read(&settings, today);
            rooms.into_iter().filter(is_unread).collect()
        })
    }

    /// Runs the quick check, unless something ran already.
    pub(crate) fn quick_check(self) {
        if self.stage.get_untracked() == Stage::NotStarted {
            self.stage.set(Stage::Quick);
            spawn_local(self.collect());
        }
    }

    /// Runs the complete diagnosis.
    pub(crate) fn examine(self) {
        if matches!(
            self.stage.get_untracked(),
            Stage::Reading | Stage::ReadingMembers { .. }
        ) {
            return;
        }
        self.stage.set(Stage::Reading);
        self.repaired.update(Vec::clear);
        spawn_local(async move {
            self.collect().await;
            let _ = self.observations.try_update(|observations| {
                observations.members.clear();
                observations.read_only.clear();
            });
            self.read_members().await;
        });
    }

    /// Reads the members of one room, unless they are read already or a diagnosis is reading members.
    pub(crate) fn examine_room(self, room: RoomId) {
        let is_known = self
            .observations
            .with_untracked(|observations| observations.members.contains_key(&room));
        if !is_known {
            self.examine_room_again(room);
        }
    }

    /// Reads the members of one room, also when they are read already.
    pub(crate) fn examine_room_again(self, room: RoomId) {
        self.quick_check();
        let stage = self.stage.get_untracked();
        if !matches!(stage, Stage::Reading | Stage::ReadingMembers { .. }) {
            spawn_local(async move {
                self.read_members_of(room).await;
            });
        }
    }

    /// Reads the members of the rooms that the last run left out.
    pub(crate) fn continue_reading(self) {
        self.failure.set(None);
        spawn_local(self.read_members());
    }

    /// Findings of a severity, with those that were repaired on their card, whose cards stay; tracks the draft.
    pub(crate) fn entries(self, severity: Severity) -> Vec<Finding> {
        let mut entries = self.findings();
        let repaired = self.repaired.get().into_iter();
        entries.extend(repaired.filter(|finding| self.is_repaired(finding)));
        entries.retain(|finding| finding.severity() == severity);
        entries.sort();
        entries
    }

    /// True for a finding that was repaired on its card and is gone since then; tracks the draft. Whoever was accepted
    /// without being a host counts until they are one.
    pub(crate) fn is_repaired(self, finding: &Finding) -> bool {
        let is_host = |account: AccountId| {
            self.store.with(|document| {
                let mut hosts = document.hosts.iter();
                hosts.any(|host| host.account == Some(account))
            })
        };
        let is_settled = match finding {
            Finding::RequestWaiting {
                request,
                host: None,
            } => is_host(request.account),
            _ => false,
        };
        self.repaired.with(|repaired| repaired.contains(finding))
            && !self.findings.with(|findings| findings.contains(finding))
            && !is_settled
    }

    /// Remembers that a button of the finding's card repairs it.
    pub(crate) fn record_repair(self, finding: Finding) {
        let _ = self.repaired.try_update(|repaired| {
            if !repaired.contains(&finding) {
                repaired.push(finding);
            }
        });
    }

    /// Forgets repairs that need no further step, when the page is left.
    pub(crate) fn forget_finished_repairs(self) {
        let needs_step =
            |finding: &Finding| matches!(finding, Finding::RequestWaiting { host: None, .. });
        let _ = self
            .repaired
            .try_update(|repaired| repaired.retain(needs_step));
    }

    /// Accepts the contact request of a finding, and reads everything but the members again.
    pub(crate) fn accept(self, request: u64, finding: Finding) {
        if self.is_busy() {
            return;
        }
        let stage = self.stage.get_untracked();
        self.stage.set(Stage::Reading);
        spawn_local(async move {
            let accepted = self.admin.accept_contact(request).await;
            if accepted.is_ok() {
                self.record_repair(finding);
            }
            self.collect().await;
            if let Err(error) = accepted {
                self.record_failure(error);
            }
            let _ = self.stage.try_set(stage);
        });
    }

    /// Reads everything but the members.
    async fn collect(self) {
        let _ = self.failure.try_set(None);
        let (devices, connection) = join(self.admin.devices(), self.admin.connection()).await;
        let devices = self.ok_or_record(devices);
        let connection = self.ok_or_record(connection);
        let connection_state = connection.map(|connection| match connection {
            Connection::Disconnected => ObservedConnection::None,
            Connection::Refused { .. } => ObservedConnection::Refused,
            Connection::Connected { bot, .. } => ObservedConnection::Connected(bot.account),
        });
        let (mut rooms, mut contacts, mut requests) = (None, None, None);
        if matches!(connection_state, Some(ObservedConnection::Connected(_))) {
            let (rooms_read, contacts_read, requests_read) = join3(
                self.admin.rooms(),
                self.admin.contacts(),
                self.admin.contact_requests(),
            )
            .await;
            rooms = self.ok_or_record(rooms_read);
            contacts = self.ok_or_record(contacts_read);
            requests = self.ok_or_record(requests_read);
        }
        let _ = self.observations.try_update(|observations| {
            observations.connection = connection_state;
            let paired = devices.map(|devices| {
                let paired = devices
                    .into_iter()
                    .filter(|tablet| tablet.paired_at.is_some());
                paired.collect::<Vec<_>>()
            });
            let unreadable_counts = [
                rooms.as_ref().map(|list| list.unreadable),
                contacts.as_ref().map(|list| list.unreadable),
                requests.as_ref().map(|list| list.unreadable),
            ];
            observations.unreadable = unreadable_counts.into_iter().flatten().sum();
            let stream_troubles = paired.iter().flatten().filter_map(|tablet| {
                let trouble = tablet.heartbeat.as_ref()?.stream?;
                // Not only `online`, because a stream that a proxy keeps cutting is down now and then.
                let silence = clock::now().abs_diff(tablet.last_seen?);
                let is_on = tablet.online || silence < ONLINE_WITHIN_MS;
                is_on.then(|| (tablet.id.clone(), trouble))
            });
            observations.streams = stream_troubles.collect();
            let silent = paired.iter().flatten();
            observations.silent = silent
                .filter(|tablet| tablet.presence() == TabletPresence::Silent)
                .map(|tablet| tablet.id.clone())
                .collect();
            observations.paired =
                paired.map(|paired| paired.into_iter().map(|tablet| tablet.id).collect());
            observations.rooms = rooms.map(|rooms| {
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
            observations.requests = requests.into_iter().map(request).collect();
            observations.contacts = contacts.map(|contacts| {
                let accounts = contacts
                    .entries
                    .iter()
                    .map(|person| person.account)
                    .collect();
                add_names(observations, contacts.entries);
                accounts
            });
        });
        let _ = self.is_collected.try_set(true);
    }

    /// Reads the members of unread rooms, until one cannot be read.
    async fn read_members(self) {
        let mut rooms = self.unread_rooms();
        rooms.truncate(MAX_ROOMS_PER_RUN);
        let total = rooms.len();
        for (done, room) in rooms.into_iter().enumerate() {
            let stage = Stage::ReadingMembers { done, total };
            let is_disposed = self.stage.try_set(stage).is_some();
            if is_disposed {
                return; // the admin has signed out
            }
            if !self.read_members_of(room).await {
                break;
            }
        }
        let _ = self.stage.try_set(Stage::Done);
    }

    /// Reads the members of one room. Returns false when they cannot be read.
    async fn read_members_of(self, room: RoomId) -> bool {
        let Some(members) = self.ok_or_record(self.admin.members(room).await) else {
            return false;
        };
        let _ = self.observations.try_update(|observations| {
            let accounts = |is_wanted: fn(&Person) -> bool| -> BTreeSet<AccountId> {
                let people = members.entries.iter().filter(|person| is_wanted(person));
                people.map(|person| person.account).collect()
            };
            observations.members.insert(room, accounts(|_| true));
            let readers = accounts(|person| person.is_read_only);
            observations.read_only.insert(room, readers);
            observations.unreadable += members.unreadable;
            add_names(observations, members.entries);
        });
        true
    }

    /// The value of a response; records its error.
    fn ok_or_record<T>(self, response: ApiResult<T>) -> Option<T> {
        match response {
            Ok(value) => Some(value),
            Err(error) => {
                self.record_failure(error);
                None
            }
        }
    }

    fn record_failure(self, error: ClientError) {
        let _ = self.failure.try_set(Some(error));
    }
}

/// Adds the names by which findings call people.
fn add_names(observations: &mut Observations, people: Vec<Person>) {
    let names = people
        .into_iter()
        .map(|person| (person.account, person.name));
    observations.people.extend(names);
}

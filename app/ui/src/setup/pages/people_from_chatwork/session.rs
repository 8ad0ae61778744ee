//! Lists read from Chatwork, the proposal made from them, and the choices of the admin.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_api::chatwork::{Person as ChatworkPerson, RoomKind};
use yobirin_domain::model::id::{AccountId, HostId, RoomId};
use yobirin_domain::people_from_chatwork::{
    Account, Applied, Choice, NewIds, Person, Proposal, Room, apply, propose,
};

use crate::api::admin::AdminClient;
use crate::api::response::{ApiResult, ClientError};
use crate::browser::random;
use crate::setup::draft::cascade_delete::remove_host;
use crate::setup::draft_store::DraftStore;
use crate::setup::shared::chatwork_directory::ChatworkDirectory;

/// Maximum of rooms whose members are read: calls have priority within Chatwork's rate limit.
const MAX_ROOMS: usize = 30;

/// Progress of reading from Chatwork.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Contacts and rooms are in flight.
    Contacts,
    /// Members of rooms are in flight: rooms done, rooms in total.
    Members(usize, usize),
    /// Finished; false when something could not be read.
    Done(bool),
    /// The contacts could not be read.
    Failed(ClientError),
}

/// Result of applying the choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) applied: Applied,
    /// Hosts removed.
    pub(crate) removed: usize,
}

/// One visit of the page.
#[derive(Clone, Copy)]
pub(crate) struct PeopleSession {
    admin: AdminClient,
    store: DraftStore,
    accounts: RwSignal<Vec<Account>>,
    rooms: RwSignal<Vec<Room>>,
    pub(crate) reading: RwSignal<Reading>,
    pub(crate) proposal: Memo<Proposal>,
    /// Ticks that differ from the proposal.
    ticks: RwSignal<BTreeMap<AccountId, bool>>,
    /// True when departments become groups.
    pub(crate) departments: RwSignal<bool>,
    refused_rooms: RwSignal<BTreeSet<RoomId>>,
    removed: RwSignal<BTreeSet<HostId>>,
    pub(crate) outcome: RwSignal<Option<Outcome>>,
}

impl PeopleSession {
    /// Starts reading; reading ends with the current owner.
    pub(crate) fn start() -> Self {
        let store = expect_context::<DraftStore>();
        let directory = expect_context::<ChatworkDirectory>();
        let accounts = RwSignal::new(Vec::<Account>::new());
        let rooms = RwSignal::new(Vec::<Room>::new());
        let reading = RwSignal::new(Reading::Contacts);
        let proposal = Memo::new(move |_| {
            let bot = directory.bot().map(|bot| bot.account);
            let is_complete = reading.get() == Reading::Done(true);
            let accounts = accounts.with(|accounts| {
                let others = accounts.iter();
                let others = others.filter(|account| Some(account.id) != bot);
                others.cloned().collect::<Vec<_>>()
            });
            rooms.with(|rooms| {
                store.with(|document| propose(document, &accounts, rooms, is_complete))
            })
        });
        let session = Self {
            admin: expect_context(),
            store,
            accounts,
            rooms,
            reading,
            proposal,
            ticks: RwSignal::new(BTreeMap::new()),
            departments: RwSignal::new(true),
            refused_rooms: RwSignal::new(BTreeSet::new()),
            removed: RwSignal::new(BTreeSet::new()),
            outcome: RwSignal::new(None),
        };
        session.read();
        session
    }

    /// Reads contacts, rooms and members.
    pub(crate) fn read(self) {
        self.reading.set(Reading::Contacts);
        spawn_local_scoped_with_cancellation(async move {
            let end = match self.read_all().await {
                Ok(is_complete) => Reading::Done(is_complete),
                Err(error) => Reading::Failed(error),
            };
            let _ = self.reading.try_set(end);
        });
    }

    async fn read_all(self) -> ApiResult<bool> {
        let contacts = self.admin.contacts().await?;
        let mut is_complete = contacts.unreadable == 0;
        let listed = contacts.entries.into_iter();
        let _ = self
            .accounts
            .try_set(listed.map(|person| account(person, true)).collect());
        let rooms = self.admin.rooms().await?;
        is_complete &= rooms.unreadable == 0;
        let groups = rooms.entries.into_iter();
        let groups = groups.filter(|room| room.kind == RoomKind::Group);
        let groups: Vec<Room> = groups
            .map(|room| Room {
                id: room.id,
                name: room.name,
            })
            .collect();
        let _ = self.rooms.try_set(groups.clone());
        is_complete &= groups.len() <= MAX_ROOMS;
        let total = groups.len().min(MAX_ROOMS);
        for (done, room) in groups.into_iter().take(total).enumerate() {
            let _ = self.reading.try_set(Reading::Members(done, total));
            let Ok(members) = self.admin.members(room.id).await else {
                is_complete = false;
                continue;
            };
            is_complete &= members.unreadable == 0;
            let listed = members.entries.into_iter();
            let _ = self.accounts.try_update(|accounts| {
                accounts.extend(listed.map(|person| account(person, false)));
            });
        }
        Ok(is_complete)
    }

    /// True when nothing could be read because no contact is there.
    pub(crate) fn has_nobody(self) -> bool {
        matches!(self.reading.get(), Reading::Done(_))
            && self.proposal.with(|proposal| proposal.people.is_empty())
    }

    /// True once reading has ended without an error.
    pub(crate) fn is_read(self) -> bool {
        matches!(self.reading.get(), Reading::Done(_))
    }

    /// True when there is a person who can be added or linked.
    pub(crate) fn has_open_person(self) -> bool {
        self.proposal
            .with(|proposal| proposal.people.iter().any(Person::is_open))
    }

    /// True when the person is chosen.
    pub(crate) fn is_chosen(self, person: &Person) -> bool {
        let decided = self
            .ticks
            .with(|ticks| ticks.get(&person.account.id).copied());
        person.is_open() && decided.unwrap_or(person.is_proposed())
    }

    /// Chooses people, or not.
    pub(crate) fn choose(self, accounts: impl IntoIterator<Item = AccountId>, is_chosen: bool) {
        self.ticks.update(|ticks| {
            ticks.extend(accounts.into_iter().map(|account| (account, is_chosen)));
        });
    }

    /// Number of chosen people.
    pub(crate) fn chosen_count(self) -> usize {
        self.proposal.with(|proposal| {
            let people = proposal.people.iter();
            people.filter(|person| self.is_chosen(person)).count()
        })
    }

    /// True when the room is chosen for its group.
    pub(crate) fn is_room_chosen(self, room: RoomId) -> bool {
        self.refused_rooms.with(|refused| !refused.contains(&room))
    }

    pub(crate) fn choose_room(self, room: RoomId, is_chosen: bool) {
        self.refused_rooms.update(|refused| {
            if is_chosen {
                refused.remove(&room);
            } else {
                refused.insert(room);
            }
        });
    }

    /// True when the host is chosen for removal.
    pub(crate) fn is_removed(self, host: &HostId) -> bool {
        self.removed.with(|removed| removed.contains(host))
    }

    pub(crate) fn choose_removal(self, host: HostId, is_removed: bool) {
        self.removed.update(|removed| {
            if is_removed {
                removed.insert(host);
            } else {
                removed.remove(&host);
            }
        });
    }

    /// True when applying would change something.
    pub(crate) fn has_choice(self) -> bool {
        let has_room = self.proposal.with(|proposal| {
            let mut rooms = proposal.rooms.iter();
            rooms.any(|found| self.is_room_chosen(found.room.id))
        });
        let removes = self.removed.with(|removed| !removed.is_empty());
        self.chosen_count() > 0 || has_room || removes
    }

    /// Writes the choice into the draft, as one undo step.
    pub(crate) fn apply(self) {
        let proposal = self.proposal.get_untracked();
        let chosen = untrack(|| {
            let people = proposal.people.iter();
            let people = people.filter(|person| self.is_chosen(person));
            people.map(|person| person.account.id).collect()
        });
        let rooms = untrack(|| {
            let rooms = proposal.rooms.iter().map(|found| found.room.id);
            rooms.filter(|room| self.is_room_chosen(*room)).collect()
        });
        let choice = Choice {
            people: chosen,
            departments: self.departments.get_untracked(),
            rooms,
        };
        let removed = self.removed.get_untracked();
        let mut applied = Applied::default();
        self.store.edit(|document| {
            let mut ids = NewIds {
                host: &mut random::host_id,
                group: &mut random::group_id,
            };
            applied = apply(document, &proposal, &choice, &mut ids);
            for host in &removed {
                remove_host(document, host);
            }
        });
        self.removed.set(BTreeSet::new());
        self.outcome.set(Some(Outcome {
            applied,
            removed: removed.len(),
        }));
    }
}

fn account(person: ChatworkPerson, is_contact: bool) -> Account {
    Account {
        id: person.account,
        name: person.name,
        department: person.department,
        is_contact,
    }
}

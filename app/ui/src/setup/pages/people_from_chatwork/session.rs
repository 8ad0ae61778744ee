//! Lists read from Chatwork, the proposal that is made of them, and the choice of the admin.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_api::ErrorCode;
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
    /// Contacts and rooms are being read.
    Contacts,
    /// Members of rooms are being read: the number of rooms that are done, and that are read in all.
    Members { done: usize, total: usize },
    /// Finished.
    Done {
        /// False when something was not read.
        is_complete: bool,
        /// Error that ended the reading early: Chatwork's limit is used up.
        limit: Option<ClientError>,
    },
    /// The contacts or the rooms could not be read.
    Failed(ClientError),
}

impl Reading {
    /// True when everything was read.
    fn is_complete(&self) -> bool {
        matches!(self, Self::Done { is_complete, .. } if *is_complete)
    }
}

/// Result of applying the choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Numbers of what was added.
    pub(crate) applied: Applied,
    /// Number of removed hosts.
    pub(crate) removed: usize,
}

/// State of the page or of the guide's step, from its opening until it is left.
#[derive(Clone, Copy)]
pub(crate) struct PeopleSession {
    admin: AdminClient,
    store: DraftStore,
    /// Contacts and members, as read so far.
    accounts: RwSignal<Vec<Account>>,
    /// Group chats of the bot, as read so far.
    rooms: RwSignal<Vec<Room>>,
    pub(crate) reading: RwSignal<Reading>,
    pub(crate) proposal: Memo<Proposal>,
    /// People whom the admin has chosen (true) or not (false); the others are chosen as proposed.
    decisions: RwSignal<BTreeMap<AccountId, bool>>,
    /// True while departments become groups.
    pub(crate) makes_groups: RwSignal<bool>,
    refused_rooms: RwSignal<BTreeSet<RoomId>>,
    /// Hosts that are chosen for removal.
    removed: RwSignal<BTreeSet<HostId>>,
    /// Result of the last time that the choice was applied.
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
            let is_complete = reading.with(Reading::is_complete);
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
            decisions: RwSignal::new(BTreeMap::new()),
            makes_groups: RwSignal::new(true),
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
                Ok(done) => done,
                Err(error) => Reading::Failed(error),
            };
            let _ = self.reading.try_set(end);
        });
    }

    /// Reads everything.
    async fn read_all(self) -> ApiResult<Reading> {
        let contacts = self.admin.contacts().await?;
        let mut is_complete = contacts.unreadable == 0;
        let listed = contacts.entries.into_iter();
        let _ = self
            .accounts
            .try_set(listed.map(|person| account(person, true)).collect());
        let rooms = self.admin.rooms().await?;
        is_complete &= rooms.unreadable == 0;
        let rooms = rooms.entries.into_iter();
        let group_chats = rooms.filter(|room| room.kind == RoomKind::Group);
        let group_chats: Vec<Room> = group_chats
            .map(|room| Room {
                id: room.id,
                name: room.name,
            })
            .collect();
        let _ = self.rooms.try_set(group_chats.clone());
        is_complete &= group_chats.len() <= MAX_ROOMS;
        let total = group_chats.len().min(MAX_ROOMS);
        for (done, room) in group_chats.into_iter().take(total).enumerate() {
            let _ = self.reading.try_set(Reading::Members { done, total });
            let members = match self.admin.members(room.id).await {
                Ok(members) => members,
                Err(error) if error.code() == Some(ErrorCode::ChatworkLimited) => {
                    let (is_complete, limit) = (false, Some(error));
                    return Ok(Reading::Done { is_complete, limit });
                }
                Err(_) => {
                    is_complete = false;
                    continue;
                }
            };
            is_complete &= members.unreadable == 0;
            let listed = members.entries.into_iter();
            let _ = self.accounts.try_update(|accounts| {
                accounts.extend(listed.map(|person| account(person, false)));
            });
        }
        let limit = None;
        Ok(Reading::Done { is_complete, limit })
    }

    /// True when the reading has ended and has found nobody but the bot.
    pub(crate) fn has_nobody(self) -> bool {
        self.is_read() && self.proposal.with(|proposal| proposal.people.is_empty())
    }

    /// True once the reading has ended; also when some rooms could not be read, but not when it has failed.
    pub(crate) fn is_read(self) -> bool {
        matches!(self.reading.get(), Reading::Done { .. })
    }

    /// True when there is a person who can be added or linked.
    pub(crate) fn has_open_person(self) -> bool {
        self.proposal
            .with(|proposal| proposal.people.iter().any(Person::is_open))
    }

    /// True when the person is chosen.
    pub(crate) fn is_chosen(self, person: &Person) -> bool {
        let decision = self
            .decisions
            .with(|decisions| decisions.get(&person.account.id).copied());
        person.is_open() && decision.unwrap_or(person.is_proposed())
    }

    /// Chooses people, or with `is_chosen` false leaves them out.
    pub(crate) fn choose(self, accounts: impl IntoIterator<Item = AccountId>, is_chosen: bool) {
        self.decisions.update(|decisions| {
            decisions.extend(accounts.into_iter().map(|account| (account, is_chosen)));
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

    /// Chooses the room for its group, or with `is_chosen` false leaves it out.
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

    /// Chooses the host for removal, or with `is_removed` false keeps it.
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
            rooms.any(|proposal| self.is_room_chosen(proposal.room.id))
        });
        let has_removal = self.removed.with(|removed| !removed.is_empty());
        self.chosen_count() > 0 || has_room || has_removal
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
            let rooms = proposal.rooms.iter().map(|proposal| proposal.room.id);
            rooms.filter(|room| self.is_room_chosen(*room)).collect()
        });
        let choice = Choice {
            people: chosen,
            departments: self.makes_groups.get_untracked(),
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

/// A person of Chatwork's lists as the proposal takes them.
fn account(person: ChatworkPerson, is_contact: bool) -> Account {
    Account {
        id: person.account,
        name: person.name,
        department: person.department,
        is_contact,
    }
}

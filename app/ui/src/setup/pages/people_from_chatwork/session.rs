//! Lists read from Chatwork, the proposal that is made of them, and the choice of the admin.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_api::ErrorCode;
use yobirin_api::chatwork::{Person as ChatworkPerson, RoomKind};
use yobirin_domain::model::id::{AccountId, HostId, RoomId};
use yobirin_domain::people_from_chatwork::{
    Account, Applied, MatchedGroup, NewIds, OpenGroup, PeopleChoices, Person, Proposal, Room,
    apply, open_groups, propose,
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
    pub(crate) rooms: RwSignal<Vec<Room>>,
    pub(crate) reading: RwSignal<Reading>,
    pub(crate) proposal: Memo<Proposal>,
    /// Groups whose room or person in charge can be chosen.
    pub(crate) open_groups: Memo<Vec<OpenGroup>>,
    /// People whom the admin has chosen (true) or not (false); the others are chosen as proposed.
    decisions: RwSignal<BTreeMap<AccountId, bool>>,
    /// True while departments become groups.
    pub(crate) makes_groups: RwSignal<bool>,
    /// Rooms that the admin has chosen for groups, or none; the other groups get the proposed room.
    chosen_rooms: RwSignal<BTreeMap<MatchedGroup, Option<RoomId>>>,
    /// People whom the admin has put in charge of groups.
    chosen_in_charge: RwSignal<BTreeMap<MatchedGroup, AccountId>>,
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
        let decisions = RwSignal::new(BTreeMap::new());
        let makes_groups = RwSignal::new(true);
        let open_groups = Memo::new(move |_| {
            proposal.with(|proposal| {
                let chosen = chosen_accounts(proposal, decisions);
                store.with(|document| open_groups(document, proposal, &chosen, makes_groups.get()))
            })
        });
        let session = Self {
            admin: expect_context(),
            store,
            accounts,
            rooms,
            reading,
            proposal,
            open_groups,
            decisions,
            makes_groups,
            chosen_rooms: RwSignal::new(BTreeMap::new()),
            chosen_in_charge: RwSignal::new(BTreeMap::new()),
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

    /// True when there is a person who is added unless the admin decides otherwise.
    pub(crate) fn has_proposed_person(self) -> bool {
        self.proposal.with(|proposal| {
            let mut people = proposal.people.iter();
            people.any(|person| person.is_open() && person.is_proposed())
        })
    }

    /// True when the person is chosen.
    pub(crate) fn is_chosen(self, person: &Person) -> bool {
        self.decisions
            .with(|decisions| is_chosen(person, decisions))
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

    /// Room that the group will get: the chosen one, else the proposed one.
    pub(crate) fn room_of(self, group: &MatchedGroup) -> Option<RoomId> {
        let chosen = self.chosen_rooms.with(|rooms| rooms.get(group).copied());
        chosen.unwrap_or_else(|| {
            self.proposal.with(|proposal| {
                let mut rooms = proposal.rooms.iter();
                let proposed = rooms.find(|proposed| proposed.group == *group);
                proposed.map(|proposed| proposed.room.id)
            })
        })
    }

    /// Chooses the room for the group, or none.
    pub(crate) fn choose_room(self, group: MatchedGroup, room: Option<RoomId>) {
        self.chosen_rooms.update(|rooms| {
            rooms.insert(group, room);
        });
    }

    /// Person who will be put in charge of the group; `None` when nobody is chosen, or the chosen person is not to be
    /// added any more.
    pub(crate) fn in_charge_of(self, group: &MatchedGroup) -> Option<AccountId> {
        let chosen = self
            .chosen_in_charge
            .with(|people| people.get(group).copied())?;
        self.open_groups.with(|groups| {
            let open = groups.iter().find(|open| open.group == *group)?;
            open.candidates.contains(&chosen).then_some(chosen)
        })
    }

    /// Puts a person in charge of the group, or nobody.
    pub(crate) fn choose_in_charge(self, group: MatchedGroup, account: Option<AccountId>) {
        self.chosen_in_charge.update(|people| {
            match account {
                Some(account) => people.insert(group, account),
                None => people.remove(&group),
            };
        });
    }

    /// Everything that is chosen now; tracked.
    fn choice(self) -> PeopleChoices {
        let open_groups = self.open_groups.get();
        let with_room = open_groups.iter().filter(|open| open.lacks_room);
        let rooms =
            with_room.filter_map(|open| Some((open.group.clone(), self.room_of(&open.group)?)));
        let in_charge = open_groups
            .iter()
            .filter_map(|open| Some((open.group.clone(), self.in_charge_of(&open.group)?)));
        PeopleChoices {
            people: self
                .proposal
                .with(|proposal| chosen_accounts(proposal, self.decisions)),
            departments: self.makes_groups.get(),
            rooms: rooms.collect(),
            in_charge: in_charge.collect(),
        }
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
        let choice = self.choice();
        let has_removal = self.removed.with(|removed| !removed.is_empty());
        has_removal
            || !choice.people.is_empty()
            || !choice.rooms.is_empty()
            || !choice.in_charge.is_empty()
    }

    /// Writes the choice into the draft, as one undo step.
    pub(crate) fn apply(self) {
        let proposal = self.proposal.get_untracked();
        let choice = untrack(|| self.choice());
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

/// True when the admin has chosen the person, or has not decided about a person who is proposed.
fn is_chosen(person: &Person, decisions: &BTreeMap<AccountId, bool>) -> bool {
    let decision = decisions.get(&person.account.id).copied();
    person.is_open() && decision.unwrap_or(person.is_proposed())
}

/// Accounts of the chosen people; tracked.
fn chosen_accounts(
    proposal: &Proposal,
    decisions: RwSignal<BTreeMap<AccountId, bool>>,
) -> BTreeSet<AccountId> {
    decisions.with(|decisions| {
        let people = proposal.people.iter();
        let chosen = people.filter(|person| is_chosen(person, decisions));
        chosen.map(|person| person.account.id).collect()
    })
}

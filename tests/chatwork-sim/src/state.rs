//! Everything that is true in the simulated Chatwork right now, and every way it may change.
//!
//! Knows nothing of HTTP. Changes are told on a broadcast, for the page and for waiting tests.

mod chat;
mod contacts;
mod message;
mod posting;
mod rooms;
mod tokens;

use std::collections::{BTreeMap, HashMap};

use tokio::sync::broadcast;

pub(crate) use chat::Chat;
pub(crate) use contacts::Contact;
pub use contacts::ContactRequest;
pub use message::Message;
pub(crate) use posting::{NotPosted, NotRead};
pub(crate) use tokens::TokenState;

use crate::limits::{PostWindow, RequestWindow};
use crate::office::{Account, Office};
use crate::{AccountId, MessageId, Options, RequestId, RoomId};

/// Where message ids begin: 19 digits, as today's.
const FIRST_MESSAGE: MessageId = 2_043_118_640_273_195_009;

/// How much they grow by. Odd, and far from a multiple of 256: who keeps ids in floating-point
/// numbers loses digits and shows.
const MESSAGE_STEP: MessageId = 65_537;

/// What listeners are told.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// A message was stored.
    Message(Message),
    /// Rooms, members, contacts or accounts are not what they were.
    Changed,
}

/// A wish that this office cannot fulfil, from the control API or from Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// No such account.
    #[error("there is no account {0}")]
    Account(AccountId),
    /// No such room.
    #[error("there is no room {0}")]
    Room(RoomId),
    /// The account is not in the room.
    #[error("account {account} is not in room {room}")]
    NotInRoom {
        /// Who.
        account: AccountId,
        /// And where not.
        room: RoomId,
    },
    /// A message without words.
    #[error("a message needs words")]
    EmptyBody,
    /// They are contacts already, or one and the same.
    #[error("accounts {0} and {1} cannot become contacts")]
    Contacts(AccountId, AccountId),
}

#[derive(Debug)]
pub(crate) struct World {
    options: Options,
    accounts: BTreeMap<AccountId, Account>,
    chats: BTreeMap<RoomId, Chat>,
    /// Both ways: who, with whom, and their direct chat.
    contacts: BTreeMap<(AccountId, AccountId), RoomId>,
    requests: BTreeMap<RequestId, ContactRequest>,
    tokens: HashMap<String, TokenState>,
    calls: HashMap<String, RequestWindow>,
    posts: HashMap<(AccountId, RoomId), PostWindow>,
    next_message: MessageId,
    events: broadcast::Sender<Event>,
}

impl World {
    pub(crate) fn new(office: Office, options: Options) -> Self {
        let contacts = office
            .contacts
            .iter()
            .flat_map(|&(one, other, room)| [((one, other), room), ((other, one), room)])
            .collect();
        let state = |account| TokenState {
            account,
            revoked: false,
            refused_until: std::time::Duration::ZERO,
        };
        Self {
            options,
            accounts: office
                .accounts
                .into_iter()
                .map(|a| (a.account_id, a))
                .collect(),
            chats: office
                .rooms
                .into_iter()
                .map(|room| (room.room_id, Chat::new(room)))
                .collect(),
            contacts,
            requests: office
                .requests
                .into_iter()
                .map(|r| (r.request_id, r))
                .collect(),
            tokens: office
                .tokens
                .into_iter()
                .map(|(text, id)| (text, state(id)))
                .collect(),
            calls: HashMap::new(),
            posts: HashMap::new(),
            next_message: FIRST_MESSAGE,
            events: broadcast::Sender::new(1024),
        }
    }

    pub(crate) fn listen(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    pub(crate) fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.values()
    }

    pub(crate) fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.get(&id)
    }

    pub(crate) fn add_account(&mut self, account: Account) {
        self.accounts.insert(account.account_id, account);
        self.tell(Event::Changed);
    }

    fn known(&self, account: AccountId) -> Result<(), Unfit> {
        self.accounts
            .contains_key(&account)
            .then_some(())
            .ok_or(Unfit::Account(account))
    }

    /// Nobody listening is no error.
    fn tell(&self, event: Event) {
        let _ = self.events.send(event);
    }
}

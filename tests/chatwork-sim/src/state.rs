//! State of the simulated Chatwork and the operations on it.
//!
//! Independent of HTTP. Changes are published on a broadcast channel to the page and to waiting tests.

mod chat;
mod contacts;
mod counters;
mod editing;
mod error;
mod message;
mod posting;
mod rooms;
mod tasks;
mod tokens;
mod webhooks;

use std::collections::{BTreeMap, HashMap};

use tokio::sync::{broadcast, mpsc};

pub(crate) use chat::{Chat, MessagePage};
pub(crate) use contacts::Contact;
pub use contacts::ContactRequest;
pub use counters::CounterLag;
pub(crate) use counters::RoomCounters;
pub(crate) use editing::EditError;
pub use error::StateError;
pub use message::Message;
pub(crate) use posting::{PostError, ReadError};
pub use tasks::{LimitType, Task, TaskStatus};
pub(crate) use tasks::{NewTask, NewTaskError, TaskError};
pub(crate) use tokens::TokenState;

use crate::limits::{PostWindow, RequestWindow};
use crate::office::{Account, Office};
use crate::webhook::{DeliveryWork, Outbox, WebhookRegistry};
use crate::{AccountId, MessageId, Options, RequestId, RoomId, TaskId};

/// First message id: 19 digits, as Chatwork's.
const FIRST_MESSAGE: MessageId = 2_043_118_640_273_195_009;

/// Step between message ids. Odd and not near a multiple of 256, so that a client that stores ids as
/// floating-point numbers loses digits visibly.
const MESSAGE_STEP: MessageId = 65_537;

/// Number of events that a slow subscriber may fall behind.
const EVENT_CAPACITY: usize = 1_024;

/// A published change.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// A message was stored.
    Message(Message),
    /// A message was edited or deleted.
    Edited(Message),
    /// A delivery to a webhook ended.
    Delivery,
    /// Rooms, members, contacts, accounts or tasks changed.
    Changed,
}

#[derive(Debug)]
pub(crate) struct ChatworkState {
    options: Options,
    accounts: BTreeMap<AccountId, Account>,
    chats: BTreeMap<RoomId, Chat>,
    /// Direct chat of each pair of contacts; each pair is in the map twice, in both orders.
    contacts: BTreeMap<(AccountId, AccountId), RoomId>,
    contact_requests: BTreeMap<RequestId, ContactRequest>,
    tokens: HashMap<String, TokenState>,
    /// Requests of each token within the rate limit's window.
    token_requests: HashMap<String, RequestWindow>,
    /// Posts of each account in each room within the rate limit's window.
    posts: HashMap<(AccountId, RoomId), PostWindow>,
    next_message: MessageId,
    tasks: BTreeMap<TaskId, Task>,
    webhooks: WebhookRegistry,
    outbox: Outbox,
    /// Channel to the task that sends deliveries to webhooks.
    dispatcher: mpsc::UnboundedSender<DeliveryWork>,
    events: broadcast::Sender<Event>,
}

impl ChatworkState {
    pub(crate) fn new(
        office: Office,
        options: Options,
        dispatcher: mpsc::UnboundedSender<DeliveryWork>,
    ) -> Self {
        let now = options.clock.now();
        let chat = |room| {
            let mut chat = Chat::new(room);
            chat.set_counter_lag(options.counter_lag, now);
            chat
        };
        let contacts = office
            .contacts
            .iter()
            .flat_map(|&(one, other, room)| [((one, other), room), ((other, one), room)])
            .collect();
        let token_state = |account| TokenState {
            account,
            revoked: false,
            refused_until: std::time::Duration::ZERO,
        };
        Self {
            accounts: office
                .accounts
                .into_iter()
                .map(|account| (account.account_id, account))
                .collect(),
            chats: office
                .rooms
                .into_iter()
                .map(|room| (room.room_id, chat(room)))
                .collect(),
            options,
            contacts,
            contact_requests: office
                .requests
                .into_iter()
                .map(|request| (request.request_id, request))
                .collect(),
            tokens: office
                .tokens
                .into_iter()
                .map(|(text, id)| (text, token_state(id)))
                .collect(),
            token_requests: HashMap::new(),
            posts: HashMap::new(),
            next_message: FIRST_MESSAGE,
            tasks: BTreeMap::new(),
            webhooks: WebhookRegistry::default(),
            outbox: Outbox::default(),
            dispatcher,
            events: broadcast::Sender::new(EVENT_CAPACITY),
        }
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<Event> {
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
        self.publish(Event::Changed);
    }

    fn check_account(&self, account: AccountId) -> Result<(), StateError> {
        self.accounts
            .contains_key(&account)
            .then_some(())
            .ok_or(StateError::NoSuchAccount(account))
    }

    /// Publishes a change; having no subscriber is not an error.
    fn publish(&self, event: Event) {
        let _ = self.events.send(event);
    }
}

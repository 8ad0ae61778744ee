//! Rate-limited client of Chatwork's API, with the account whose token is in use.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use reqwest::Method;
use serde::de::DeserializeOwned;
use yobirin_api::Millis;
use yobirin_api::chatwork::{
    Bot, Connection, ContactRequest, Listing, NewRoom, Outage, Person, Room, RoomKind,
};
use yobirin_domain::model::id::{AccountId, MessageId, Reference, RoomId};
use yobirin_domain::routing::Destination;

use super::account::Account;
use super::classify::{self, PostOutcome, RecentLookup};
use super::contact_cache::ContactCache;
use super::error::GatewayError;
use super::in_flight::InFlight;
use super::rate_limit::{Purpose, RateLimiter};
use super::token::Token;
use super::transport::{HttpReply, Transport, TransportError};
use super::wire::{self, WireList, WireMe, WireMessage, WirePerson, WireRequest, WireRoom};
use crate::clock::Clock;

/// Rate-limited client of Chatwork's API.
#[derive(Debug)]
pub struct ChatworkGateway {
    transport: Transport,
    clock: Clock,
    limits: Mutex<RateLimiter>,
    in_flight: InFlight,
    account: RwLock<Option<Arc<Account>>>,
    contacts: ContactCache,
}

impl ChatworkGateway {
    /// Creates a gateway without an account.
    pub fn new(transport: Transport, clock: Clock) -> Self {
        let (limits, account) = (Mutex::default(), RwLock::default());
        Self {
            transport,
            clock,
            limits,
            in_flight: InFlight::default(),
            account,
            contacts: ContactCache::default(),
        }
    }

    /// Sets the account in use, or none.
    pub fn set_account(&self, account: Option<Account>) {
        self.contacts.forget();
        self.limits().forget_server_quota();
        *self.account.write().unwrap_or_else(PoisonError::into_inner) = account.map(Arc::new);
    }

    /// Returns the account in use, whether Chatwork accepts its token or not.
    pub fn account(&self) -> Option<Arc<Account>> {
        self.account
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// True while calls can be delivered.
    pub fn is_delivering(&self) -> bool {
        self.account()
            .is_some_and(|account| account.refused.is_none())
    }

    /// Records that the token is refused. False when that is known already, or concerns another account.
    pub fn refuse(&self, account: &Arc<Account>, now: Millis) -> bool {
        let mut current = self.account.write().unwrap_or_else(PoisonError::into_inner);
        let is_current = current
            .as_ref()
            .is_some_and(|current| Arc::ptr_eq(current, account) && current.refused.is_none());
        if is_current {
            let refused = Account {
                refused: Some(now),
                ..Account::clone(account)
            };
            *current = Some(Arc::new(refused));
        }
        is_current
    }

    /// Records that the token is accepted again. False when that concerns another account.
    pub fn resume(&self, account: &Arc<Account>, outage: Outage) -> bool {
        let mut current = self.account.write().unwrap_or_else(PoisonError::into_inner);
        let is_current = current
            .as_ref()
            .is_some_and(|current| Arc::ptr_eq(current, account));
        if is_current {
            let resumed = Account {
                refused: None,
                outage: Some(outage),
                ..Account::clone(account)
            };
            *current = Some(Arc::new(resumed));
        }
        is_current
    }

    /// Returns the connection as set-up shows it.
    pub fn connection(&self) -> Connection {
        match self.account() {
            None => Connection::Disconnected,
            Some(account) => match account.refused {
                None => Connection::Connected {
                    bot: account.bot.clone(),
                    since: account.since,
                    outage: account.outage,
                },
                Some(since) => Connection::Refused {
                    bot: account.bot.clone(),
                    since,
                },
            },
        }
    }

    /// Locks the rate limiter.
    pub fn limits(&self) -> MutexGuard<'_, RateLimiter> {
        self.limits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the account that a token belongs to.
    pub async fn me(&self, token: &Token, purpose: Purpose) -> Result<Bot, GatewayError> {
        let reply = self.get(token, purpose, "/me").await?;
        let me: Option<WireMe> = serde_json::from_slice(&reply.body).ok();
        me.map(Bot::from)
            .ok_or(GatewayError::UnexpectedReply(reply.status))
    }

    /// Lists the rooms of the bot.
    pub async fn rooms(&self, account: &Account) -> Result<Listing<Room>, GatewayError> {
        let rooms: WireList<WireRoom> = self.list(account, Purpose::Setup, "/rooms").await?;
        Ok(rooms.into_listing())
    }

    /// Lists the members of a room.
    pub async fn members(
        &self,
        account: &Account,
        room: RoomId,
    ) -> Result<Listing<Person>, GatewayError> {
        let path = format!("/rooms/{room}/members");
        let members: WireList<WirePerson> = self.list(account, Purpose::Setup, &path).await?;
        Ok(members.into_listing())
    }

    /// Lists the bot's contacts, and caches their private rooms.
    pub async fn contacts(
        &self,
        account: &Account,
        purpose: Purpose,
    ) -> Result<Listing<Person>, GatewayError> {
        let contacts: WireList<WirePerson> = self.list(account, purpose, "/contacts").await?;
        self.contacts.set(&contacts.entries);
        Ok(contacts.into_listing())
    }

    /// Lists the contact requests that wait for the bot's answer.
    pub async fn contact_requests(
        &self,
        account: &Account,
    ) -> Result<Listing<ContactRequest>, GatewayError> {
        let path = "/incoming_requests";
        let requests: WireList<WireRequest> = self.list(account, Purpose::Setup, path).await?;
        Ok(requests.into_listing())
    }

    /// Accepts a contact request.
    pub async fn accept_contact(&self, account: &Account, id: u64) -> Result<(), GatewayError> {
        let path = format!("/incoming_requests/{id}");
        self.change(account, Method::PUT, &path, &[]).await?;
        self.contacts.forget();
        Ok(())
    }

    /// Creates a group chat with the bot and these people, all of whom may invite others.
    pub async fn make_room(&self, account: &Account, new: &NewRoom) -> Result<Room, GatewayError> {
        let bot = account.bot.account;
        let people = new.people.iter().filter(|person| **person != bot);
        let admins: Vec<String> = [bot]
            .iter()
            .chain(people)
            .map(AccountId::to_string)
            .collect();
        let admins = admins.join(",");
        let form = [("name", new.name.as_str()), ("members_admin_ids", &admins)];
        let reply = self.change(account, Method::POST, "/rooms", &form).await?;
        let id = wire::room_id(&reply.body).ok_or(GatewayError::UnexpectedReply(reply.status))?;
        Ok(Room {
            id,
            name: new.name.clone(),
            kind: RoomKind::Group,
        })
    }

    /// Returns the room to post to for a destination; `None` for an account that is not a contact.
    pub async fn room_of(
        &self,
        account: &Account,
        to: Destination,
    ) -> Result<Option<RoomId>, GatewayError> {
        let person = match to {
            Destination::Room(room) => return Ok(Some(room)),
            Destination::Account(person) => person,
        };
        if let Some(room) = self.contacts.room_of(person) {
            return Ok(Some(room));
        }
        self.contacts(account, Purpose::Calls).await?;
        Ok(self.contacts.room_of(person))
    }

    /// Forgets the cached contacts, after a private room turned out to be closed.
    pub fn forget_contacts(&self) {
        self.contacts.forget();
    }

    /// Posts a message. The caller has counted it in the rate limiter.
    pub async fn post(&self, account: &Account, room: RoomId, text: &str) -> PostOutcome {
        let sent = self.in_flight.begin();
        let reply = self.transport.post(&account.token, room, text).await;
        drop(sent);
        if let Ok(reply) = &reply {
            self.observe_quota(reply);
        }
        let now = self.clock.now();
        let outcome = classify::classify_post(reply.as_ref().map_err(|error| *error), now);
        let mut limits = self.limits();
        match &outcome {
            PostOutcome::Delivered(_)
            | PostOutcome::Rejected(_)
            | PostOutcome::TokenRefused
            | PostOutcome::RoomLimited(_) => limits.record_success(),
            PostOutcome::Retry | PostOutcome::Unknown => limits.record_failure(now),
            PostOutcome::Limited(until) => limits.block(*until),
        }
        outcome
    }

    /// Looks for a message of the bot among a room's recent ones.
    pub async fn find_message(
        &self,
        account: &Account,
        room: RoomId,
        reference: Reference,
        since: Millis,
        except: Option<&MessageId>,
    ) -> Result<RecentLookup, GatewayError> {
        // force=1, because the read cursor of force=0 is shared with every other reader of this account.
        let path = format!("/rooms/{room}/messages?force=1");
        let reply = self.get(&account.token, Purpose::Calls, &path).await?;
        self.observe_quota(&reply);
        if reply.hides_messages && reply.status == 204 {
            return Ok(RecentLookup::Unclear);
        }
        let messages: WireList<WireMessage> = read_list(&reply, &path)?;
        let bot: AccountId = account.bot.account;
        Ok(classify::find_message(
            &messages, bot, reference, since, except,
        ))
    }

    async fn list<T: DeserializeOwned>(
        &self,
        account: &Account,
        purpose: Purpose,
        path: &str,
    ) -> Result<WireList<T>, GatewayError> {
        let reply = self.get(&account.token, purpose, path).await?;
        self.observe_quota(&reply);
        read_list(&reply, path)
    }

    async fn get(
        &self,
        token: &Token,
        purpose: Purpose,
        path: &str,
    ) -> Result<HttpReply, GatewayError> {
        self.send_limited(purpose, self.transport.get(token, path))
            .await
    }

    async fn change(
        &self,
        account: &Account,
        method: Method,
        path: &str,
        form: &[(&str, &str)],
    ) -> Result<HttpReply, GatewayError> {
        let request = self.transport.change(&account.token, method, path, form);
        let reply = self.send_limited(Purpose::Setup, request).await?;
        self.observe_quota(&reply);
        Ok(reply)
    }

    /// Reads what Chatwork says of its general limit in an answer to the account in use.
    fn observe_quota(&self, reply: &HttpReply) {
        let (now, in_flight) = (self.clock.now(), self.in_flight.count());
        let until = reply.reset.and_then(|seconds| seconds.checked_mul(1000));
        let left = reply.remaining.and_then(|left| usize::try_from(left).ok());
        if let Some((left, until)) = left.zip(until) {
            self.limits().observe_quota(left, until, in_flight, now);
        }
    }

    /// Sends a request within the limits and classifies its answer.
    async fn send_limited(
        &self,
        purpose: Purpose,
        request: impl Future<Output = Result<HttpReply, TransportError>>,
    ) -> Result<HttpReply, GatewayError> {
        let sent = self.clock.now();
        {
            let now = sent;
            let mut limits = self.limits();
            let free = limits.next_request_at(purpose, now);
            if free > now {
                return Err(GatewayError::RateLimited(free));
            }
            limits.count_request(now);
        }
        let in_flight = self.in_flight.begin();
        let reply = request.await;
        drop(in_flight);
        let now = self.clock.now();
        let result = Self::classify_reply(reply, now);
        let mut limits = self.limits();
        limits.request_ended(sent, now);
        match &result {
            Ok(_)
            | Err(
                GatewayError::TokenRefused | GatewayError::NoSuchRoom | GatewayError::BadRequest,
            ) => {
                limits.record_success();
            }
            Err(GatewayError::RateLimited(until)) => limits.block(*until),
            Err(_) => limits.record_failure(now),
        }
        result
    }

    /// Classifies the answer to any request but a post.
    fn classify_reply(
        reply: Result<HttpReply, TransportError>,
        now: Millis,
    ) -> Result<HttpReply, GatewayError> {
        let reply = reply?;
        Err(match reply.status {
            200 | 204 => return Ok(reply),
            400..=499 if !classify::is_chatwork_error(&reply) => {
                GatewayError::UnexpectedReply(reply.status)
            }
            401 => GatewayError::TokenRefused,
            403 | 404 => GatewayError::NoSuchRoom,
            429 => GatewayError::RateLimited(classify::limit_ends_at(&reply, now)),
            400..=499 => GatewayError::BadRequest,
            status => GatewayError::UnexpectedReply(status),
        })
    }
}

/// Reads the list in an answer. Unreadable entries are logged by number only: they may hold names.
fn read_list<T: DeserializeOwned>(
    reply: &HttpReply,
    path: &str,
) -> Result<WireList<T>, GatewayError> {
    let list =
        wire::list(reply.status, &reply.body).ok_or(GatewayError::UnexpectedReply(reply.status))?;
    let unreadable = list.unreadable.len();
    if unreadable > 0 {
        tracing::warn!(
            path,
            unreadable,
            "left out unreadable entries of a Chatwork list"
        );
    }
    Ok(list)
}

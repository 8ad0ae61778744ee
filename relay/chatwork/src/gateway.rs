//! Rate-limited client of Chatwork's API, with the account whose token is in use.

mod messages;
mod tasks;

use std::sync::Arc;

use parking_lot::RwLock;
use reqwest::Method;
use serde::de::DeserializeOwned;
use yobirin_api::Millis;
use yobirin_api::chatwork::{
    Bot, Connection, ContactRequest, Listing, NewRoom, Outage, Person, Room, RoomKind,
};
use yobirin_domain::chatwork_rate_limit::Purpose;
use yobirin_domain::model::id::{AccountId, RoomId};
use yobirin_domain::routing::Destination;

use super::account::Account;
use super::classify::{self, PostOutcome};
use super::contact_cache::ContactCache;
use super::error::GatewayError;
use super::permit::{Health, Limits, Permit};
use super::token::Token;
use super::transport::{HttpReply, Transport, TransportError};
use super::wire::{self, WireList, WireMe, WirePerson, WireRequest, WireRoom};
use crate::clock::Clock;

/// Rate-limited client of Chatwork's API.
#[derive(Debug)]
pub struct ChatworkGateway {
    transport: Transport,
    clock: Clock,
    limits: Limits,
    account: RwLock<Option<Arc<Account>>>,
    contacts: ContactCache,
}

impl ChatworkGateway {
    /// Creates a gateway without an account.
    pub fn new(transport: Transport, clock: Clock) -> Self {
        Self {
            transport,
            limits: Limits::new(clock.clone()),
            clock,
            account: RwLock::default(),
            contacts: ContactCache::default(),
        }
    }

    /// Sets the account in use, or none.
    pub fn set_account(&self, account: Option<Account>) {
        self.contacts.forget();
        self.limits.forget_server_quota();
        *self.account.write() = account.map(Arc::new);
    }

    /// Returns the account in use, whether Chatwork accepts its token or not.
    pub fn account(&self) -> Option<Arc<Account>> {
        self.account.read().clone()
    }

    /// Returns the account in use, while Chatwork accepts its token.
    pub fn accepted_account(&self) -> Option<Arc<Account>> {
        self.account()
            .filter(|account| account.refused_since.is_none())
    }

    /// True while an account is connected and Chatwork accepts its token.
    pub fn has_accepted_token(&self) -> bool {
        self.accepted_account().is_some()
    }

    /// Records that Chatwork refuses the token of an account, since `now`. False, with nothing recorded, when the
    /// refusal is recorded already or another account is in use.
    pub fn record_token_refused(&self, account: &Arc<Account>, now: Millis) -> bool {
        account.refused_since.is_none()
            && self.replace(account, |account| account.refused_since = Some(now))
    }

    /// Records that Chatwork accepts the token of an account again, after an outage that has ended. False, with nothing
    /// recorded, when another account is in use.
    pub fn record_token_accepted(&self, account: &Arc<Account>, ended_outage: Outage) -> bool {
        self.replace(account, |account| {
            account.refused_since = None;
            account.outage = Some(ended_outage);
        })
    }

    /// Changes the account in use. False, with nothing changed, when `account` is not the account in use.
    fn replace(&self, account: &Arc<Account>, change: impl FnOnce(&mut Account)) -> bool {
        let mut current = self.account.write();
        let is_current = current
            .as_ref()
            .is_some_and(|current| Arc::ptr_eq(current, account));
        if is_current {
            let mut changed = Account::clone(account);
            change(&mut changed);
            *current = Some(Arc::new(changed));
        }
        is_current
    }

    /// Returns the connection as set-up shows it.
    pub fn connection(&self) -> Connection {
        match self.account() {
            None => Connection::Disconnected,
            Some(account) => match account.refused_since {
                None => Connection::Connected {
                    bot: account.bot.clone(),
                    since: account.connected_at,
                    outage: account.outage,
                },
                Some(since) => Connection::Refused {
                    bot: account.bot.clone(),
                    since,
                },
            },
        }
    }

    /// Returns the limits that every request keeps.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    fn permit(&self, purpose: Purpose) -> Result<Permit, GatewayError> {
        let permit = self.limits.permit_request(purpose);
        permit.map_err(GatewayError::RateLimited)
    }

    /// Reads the account that a token belongs to. `purpose` is [`Purpose::NewToken`] or [`Purpose::Probe`].
    pub async fn me(&self, token: &Token, purpose: Purpose) -> Result<Bot, GatewayError> {
        let permit = self.permit(purpose)?;
        let reply = self.get(permit, token, "/me").await?;
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
    pub async fn contacts(&self, account: &Account) -> Result<Listing<Person>, GatewayError> {
        let contacts = self.read_contacts(account, Purpose::Setup).await?;
        Ok(contacts.into_listing())
    }

    async fn read_contacts(
        &self,
        account: &Account,
        purpose: Purpose,
    ) -> Result<WireList<WirePerson>, GatewayError> {
        let contacts: WireList<WirePerson> = self.list(account, purpose, "/contacts").await?;
        self.contacts.set(&contacts.entries);
        Ok(contacts)
    }

    /// Lists the contact requests that the bot has not accepted yet.
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
        let permit = self.permit(Purpose::Setup)?;
        self.request(permit, &account.token, Method::PUT, &path, &[])
            .await?;
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
        let permit = self.permit(Purpose::Setup)?;
        let reply = self
            .request(permit, &account.token, Method::POST, "/rooms", &form)
            .await?;
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
        self.read_contacts(account, Purpose::Call).await?;
        Ok(self.contacts.room_of(person))
    }

    /// Forgets the cached contacts, after a private room turned out to be closed.
    pub fn forget_contacts(&self) {
        self.contacts.forget();
    }

    /// Posts a message.
    pub async fn post(
        &self,
        permit: Permit,
        account: &Account,
        room: RoomId,
        text: &str,
    ) -> PostOutcome {
        let path = format!("/rooms/{room}/messages");
        let form = [("body", text), ("self_unread", "0")];
        self.send_post(permit, account, &path, &form).await
    }

    /// Posts a message or a task, and classifies the response.
    async fn send_post(
        &self,
        permit: Permit,
        account: &Account,
        path: &str,
        form: &[(&str, &str)],
    ) -> PostOutcome {
        let request = self
            .transport
            .send(permit, &account.token, Method::POST, path, form);
        let (sent, reply) = request.await;
        let reply = reply.as_ref().map_err(|error| *error);
        let outcome = classify::classify_post(reply, self.clock.now());
        let health = match outcome {
            PostOutcome::Delivered(_) | PostOutcome::Rejected(_) | PostOutcome::TokenRefused => {
                Health::Works
            }
            PostOutcome::Retry | PostOutcome::Unknown => Health::Fails,
            PostOutcome::Limited(wait) => Health::Limited(wait),
            PostOutcome::RoomLimited(wait) => Health::RoomLimited(wait),
        };
        sent.record_response(reply.ok().and_then(HttpReply::quota), health);
        outcome
    }

    async fn list<T: DeserializeOwned>(
        &self,
        account: &Account,
        purpose: Purpose,
        path: &str,
    ) -> Result<WireList<T>, GatewayError> {
        let permit = self.permit(purpose)?;
        let reply = self.get(permit, &account.token, path).await?;
        read_list(&reply, path)
    }

    async fn get(
        &self,
        permit: Permit,
        token: &Token,
        path: &str,
    ) -> Result<HttpReply, GatewayError> {
        self.request(permit, token, Method::GET, path, &[]).await
    }

    /// Sends any request but a post, and classifies the response.
    async fn request(
        &self,
        permit: Permit,
        token: &Token,
        method: Method,
        path: &str,
        form: &[(&str, &str)],
    ) -> Result<HttpReply, GatewayError> {
        let request = self.transport.send(permit, token, method, path, form);
        let (sent, reply) = request.await;
        let quota = reply.as_ref().ok().and_then(HttpReply::quota);
        let result = Self::classify_reply(reply, self.clock.now());
        let health = match &result {
            Ok(_)
            | Err(
                GatewayError::TokenRefused
                | GatewayError::NotFoundOrForbidden
                | GatewayError::BadRequest,
            ) => Health::Works,
            Err(GatewayError::RoomLimited(wait)) => Health::RoomLimited(*wait),
            Err(GatewayError::RateLimited(wait)) => Health::Limited(*wait),
            Err(_) => Health::Fails,
        };
        sent.record_response(quota, health);
        result
    }

    /// Classifies the response to any request but a post.
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
            403 | 404 => GatewayError::NotFoundOrForbidden,
            429 if wire::is_room_limit(&reply.body) => {
                GatewayError::RoomLimited(classify::ROOM_LIMIT_WAIT_MS)
            }
            429 => GatewayError::RateLimited(classify::limit_wait(&reply, now)),
            400..=499 => GatewayError::BadRequest,
            status => GatewayError::UnexpectedReply(status),
        })
    }
}

/// Reads the list in a response. Unreadable entries are logged by number only: they may hold names.
fn read_list<T: DeserializeOwned>(
    reply: &HttpReply,
    path: &str,
) -> Result<WireList<T>, GatewayError> {
    let list = wire::parse_list(reply.status, &reply.body)
        .ok_or(GatewayError::UnexpectedReply(reply.status))?;
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

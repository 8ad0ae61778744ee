//! Contacts, and requests to become one.

use serde::Serialize;

use super::{Event, Unfit, World};
use crate::office::{Account, Room};
use crate::{AccountId, RequestId, RoomId};

/// Requests made while the simulator runs count up from here.
const FIRST_NEW_REQUEST: RequestId = 9_000_001;

/// Somebody asks somebody to become contacts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContactRequest {
    /// Names the request.
    pub request_id: RequestId,
    /// Who asks.
    pub from: AccountId,
    /// Who is asked.
    pub to: AccountId,
    /// What they say along with it.
    pub message: String,
}

/// One account's contact and their direct chat.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Contact<'a> {
    pub(crate) account: &'a Account,
    pub(crate) room: RoomId,
}

impl World {
    pub(crate) fn contacts_of(&self, account: AccountId) -> impl Iterator<Item = Contact<'_>> {
        self.contacts
            .range((account, AccountId::MIN)..=(account, AccountId::MAX))
            .filter_map(|(&(_, other), &room)| {
                Some(Contact {
                    account: self.account(other)?,
                    room,
                })
            })
    }

    pub(crate) fn direct_room(&self, one: AccountId, other: AccountId) -> Option<RoomId> {
        self.contacts.get(&(one, other)).copied()
    }

    pub(crate) fn contact_requests(&self) -> impl Iterator<Item = &ContactRequest> {
        self.requests.values()
    }

    pub(crate) fn requests_to(&self, account: AccountId) -> impl Iterator<Item = &ContactRequest> {
        self.contact_requests()
            .filter(move |request| request.to == account)
    }

    /// Lets `from` ask `to` to become contacts.
    pub(crate) fn request_contact(
        &mut self,
        from: AccountId,
        to: AccountId,
        message: String,
    ) -> Result<RequestId, Unfit> {
        self.known(from)?;
        self.known(to)?;
        if from == to || self.contacts.contains_key(&(from, to)) {
            return Err(Unfit::Contacts(from, to));
        }
        let last = self.requests.keys().next_back().map_or(0, |last| last + 1);
        let request_id = last.max(FIRST_NEW_REQUEST);
        self.requests.insert(
            request_id,
            ContactRequest {
                request_id,
                from,
                to,
                message,
            },
        );
        self.tell(Event::Changed);
        Ok(request_id)
    }

    /// Accepts a request made to `asked`. Both are contacts now and have a direct chat.
    pub(crate) fn accept(&mut self, asked: AccountId, id: RequestId) -> Option<Contact<'_>> {
        let from = self.decline(asked, id)?.from;
        let room = match self.direct_room(asked, from) {
            Some(room) => room,
            None => self.befriend(asked, from),
        };
        Some(Contact {
            account: self.account(from)?,
            room,
        })
    }

    /// Takes a request made to `asked` away.
    pub(crate) fn decline(&mut self, asked: AccountId, id: RequestId) -> Option<ContactRequest> {
        if self.requests.get(&id)?.to != asked {
            return None;
        }
        let request = self.requests.remove(&id);
        self.tell(Event::Changed);
        request
    }

    /// Ends a contact. The direct chat stays in the books, but neither side is in it any more.
    pub(crate) fn part(&mut self, one: AccountId, other: AccountId) -> Result<(), Unfit> {
        let room = self
            .contacts
            .remove(&(one, other))
            .ok_or(Unfit::Contacts(one, other))?;
        self.contacts.remove(&(other, one));
        self.set_members(room, Vec::new())
    }

    fn befriend(&mut self, one: AccountId, other: AccountId) -> RoomId {
        let room = self.fresh_room();
        self.contacts.insert((one, other), room);
        self.contacts.insert((other, one), room);
        self.add_room(Room::direct(room, one, other));
        room
    }
}

//! Contacts and contact requests.

use serde::Serialize;

use super::{ChatworkState, Event, StateError};
use crate::office::{Account, Room};
use crate::{AccountId, RequestId, RoomId};

/// First id of contact requests made while the simulator runs.
const FIRST_NEW_REQUEST: RequestId = 9_000_001;

/// A pending contact request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContactRequest {
    /// Id of the request.
    pub request_id: RequestId,
    /// The requesting account.
    pub from: AccountId,
    /// The requested account.
    pub to: AccountId,
    /// Message of the request.
    pub message: String,
}

/// A contact of an account, with the direct chat.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Contact<'a> {
    pub(crate) account: &'a Account,
    pub(crate) room: RoomId,
}

impl ChatworkState {
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
        self.contact_requests.values()
    }

    pub(crate) fn requests_to(&self, account: AccountId) -> impl Iterator<Item = &ContactRequest> {
        self.contact_requests()
            .filter(move |request| request.to == account)
    }

    /// Adds a contact request from `from` to `to`.
    pub(crate) fn request_contact(
        &mut self,
        from: AccountId,
        to: AccountId,
        message: String,
    ) -> Result<RequestId, StateError> {
        self.check_account(from)?;
        self.check_account(to)?;
        if from == to || self.contacts.contains_key(&(from, to)) {
            return Err(StateError::CannotBeContacts(from, to));
        }
        let after_last = self
            .contact_requests
            .keys()
            .next_back()
            .map_or(0, |last| last + 1);
        let request_id = after_last.max(FIRST_NEW_REQUEST);
        self.contact_requests.insert(
            request_id,
            ContactRequest {
                request_id,
                from,
                to,
                message,
            },
        );
        self.publish(Event::Changed);
        Ok(request_id)
    }

    /// Accepts a request made to `recipient`; the accounts become contacts with a direct chat.
    pub(crate) fn accept(&mut self, recipient: AccountId, id: RequestId) -> Option<Contact<'_>> {
        let from = self.remove_request(recipient, id)?.from;
        let room = match self.direct_room(recipient, from) {
            Some(room) => room,
            None => self.add_contact(recipient, from),
        };
        Some(Contact {
            account: self.account(from)?,
            room,
        })
    }

    /// Removes a request made to `recipient`.
    pub(crate) fn remove_request(
        &mut self,
        recipient: AccountId,
        id: RequestId,
    ) -> Option<ContactRequest> {
        if self.contact_requests.get(&id)?.to != recipient {
            return None;
        }
        let request = self.contact_requests.remove(&id);
        self.publish(Event::Changed);
        request
    }

    /// Removes a contact. The direct chat remains without members.
    pub(crate) fn remove_contact(
        &mut self,
        one: AccountId,
        other: AccountId,
    ) -> Result<(), StateError> {
        let room = self
            .contacts
            .remove(&(one, other))
            .ok_or(StateError::NotContacts(one, other))?;
        self.contacts.remove(&(other, one));
        self.set_members(room, Vec::new())
    }

    fn add_contact(&mut self, one: AccountId, other: AccountId) -> RoomId {
        let room = self.next_room_id();
        self.contacts.insert((one, other), room);
        self.contacts.insert((other, one), room);
        self.add_room(Room::direct(room, one, other));
        room
    }
}

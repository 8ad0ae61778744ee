//! Control of a simulator by tests, without HTTP.

use std::time::Duration;

use super::Sim;
use crate::{
    Account, AccountId, Fault, FaultId, Member, Message, RequestId, Role, RoomId, StateError,
};

impl Sim {
    /// Injects a fault, from the next request on.
    pub fn inject(&self, fault: Fault) -> FaultId {
        self.shared.faults().inject(fault)
    }

    /// Removes a fault; returns whether it was still pending.
    pub fn remove_fault(&self, fault: FaultId) -> bool {
        self.shared.faults().remove(fault)
    }

    /// Removes all faults. Requests that already hang keep hanging.
    pub fn clear_faults(&self) {
        self.shared.faults().clear();
    }

    /// Revokes a token: 401 from now on. Returns whether the token exists.
    pub fn revoke_token(&self, token: &str) -> bool {
        self.shared.state().set_revoked(token, true)
    }

    /// Refuses a token with 401 for this time by the simulator's clock. Returns whether the token exists.
    pub fn refuse_token_for(&self, token: &str, time: Duration) -> bool {
        self.shared.state().refuse_token_for(token, time)
    }

    /// Restores a revoked token. Returns whether the token exists.
    pub fn restore_token(&self, token: &str) -> bool {
        self.shared.state().set_revoked(token, false)
    }

    /// Posts as a person using Chatwork would: neither rate limits nor faults apply.
    ///
    /// # Errors
    /// Returns an error if the account or room is unknown, the account is not in the room, or `body` is empty.
    pub fn post_as(
        &self,
        room: RoomId,
        author: AccountId,
        body: &str,
    ) -> Result<Message, StateError> {
        self.shared.state().post_as(room, author, body.to_owned())
    }

    /// Adds an account, or changes the one with its id.
    pub fn add_account(&self, account: Account) {
        self.shared.state().add_account(account);
    }

    /// Creates a group room.
    ///
    /// # Errors
    /// Returns an error if a member is unknown.
    pub fn create_room(&self, name: &str, members: Vec<Member>) -> Result<RoomId, StateError> {
        self.shared.state().create_room(name, "", members)
    }

    /// Deletes a room; later posts to it are refused.
    ///
    /// # Errors
    /// Returns an error if there is no such room.
    pub fn delete_room(&self, room: RoomId) -> Result<(), StateError> {
        self.shared.state().delete_room(room)
    }

    /// Adds an account to a room, or changes its role there.
    ///
    /// # Errors
    /// Returns an error if the account or the room is unknown.
    pub fn set_member(
        &self,
        room: RoomId,
        account: AccountId,
        role: Role,
    ) -> Result<(), StateError> {
        self.shared.state().set_member(room, account, role)
    }

    /// Removes an account from a room.
    ///
    /// # Errors
    /// Returns an error if it is not there.
    pub fn remove_member(&self, room: RoomId, account: AccountId) -> Result<(), StateError> {
        self.shared.state().remove_member(room, account)
    }

    /// Adds a contact request from `from` to `to`.
    ///
    /// # Errors
    /// Returns an error if one of them is unknown, or they are contacts already.
    pub fn request_contact(
        &self,
        from: AccountId,
        to: AccountId,
        message: &str,
    ) -> Result<RequestId, StateError> {
        self.shared
            .state()
            .request_contact(from, to, message.to_owned())
    }

    /// Ends the contact of two accounts; neither can use their direct chat any more.
    ///
    /// # Errors
    /// Returns an error if they are not contacts.
    pub fn remove_contact(&self, one: AccountId, other: AccountId) -> Result<(), StateError> {
        self.shared.state().remove_contact(one, other)
    }
}

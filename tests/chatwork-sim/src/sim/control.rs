//! Stirring a simulator: what tests make happen without going through the API.

use std::time::Duration;

use super::Sim;
use crate::{Account, AccountId, Fault, FaultId, Member, Message, RequestId, Role, RoomId, Unfit};

impl Sim {
    /// Injects a fault; it hits from the next call on.
    pub fn inject(&self, fault: Fault) -> FaultId {
        self.shared.faults().inject(fault)
    }

    /// Takes a fault back. Says whether it was still there.
    pub fn withdraw(&self, fault: FaultId) -> bool {
        self.shared.faults().withdraw(fault)
    }

    /// Takes all faults back. Calls that already hang go on hanging.
    pub fn clear_faults(&self) {
        self.shared.faults().clear();
    }

    /// Revokes a token: 401 from now on. Says whether there is such a token.
    pub fn revoke(&self, token: &str) -> bool {
        self.shared.world().set_revoked(token, true)
    }

    /// Refuses a token for a while by the simulator's clock: 401, then it works again. Says whether
    /// there is such a token.
    pub fn refuse_for(&self, token: &str, time: Duration) -> bool {
        self.shared.world().refuse_for(token, time)
    }

    /// Restores a revoked token. Says whether there is such a token.
    pub fn restore(&self, token: &str) -> bool {
        self.shared.world().set_revoked(token, false)
    }

    /// Writes as a person in Chatwork would: no limit applies, faults do not either.
    ///
    /// # Errors
    /// When the account or room is unknown, the account is not in the room, or `body` is empty.
    pub fn say(&self, room: RoomId, author: AccountId, body: &str) -> Result<Message, Unfit> {
        self.shared.world().say(room, author, body.to_owned())
    }

    /// Adds an account, or changes the one with its id.
    pub fn add_account(&self, account: Account) {
        self.shared.world().add_account(account);
    }

    /// Makes a group room.
    ///
    /// # Errors
    /// When a member is unknown.
    pub fn create_room(&self, name: &str, members: Vec<Member>) -> Result<RoomId, Unfit> {
        self.shared.world().create_room(name, "", members)
    }

    /// Dissolves a room: whoever posts there is refused.
    ///
    /// # Errors
    /// When there is no such room.
    pub fn dissolve_room(&self, room: RoomId) -> Result<(), Unfit> {
        self.shared.world().dissolve(room)
    }

    /// Brings an account into a room, or changes its role there.
    ///
    /// # Errors
    /// When the account or the room is unknown.
    pub fn set_member(&self, room: RoomId, account: AccountId, role: Role) -> Result<(), Unfit> {
        self.shared.world().set_member(room, account, role)
    }

    /// Takes an account out of a room.
    ///
    /// # Errors
    /// When it is not there.
    pub fn remove_member(&self, room: RoomId, account: AccountId) -> Result<(), Unfit> {
        self.shared.world().remove_member(room, account)
    }

    /// Lets `from` ask `to` to become contacts.
    ///
    /// # Errors
    /// When one of them is unknown, or they are contacts already.
    pub fn request_contact(
        &self,
        from: AccountId,
        to: AccountId,
        message: &str,
    ) -> Result<RequestId, Unfit> {
        self.shared
            .world()
            .request_contact(from, to, message.to_owned())
    }

    /// Ends the contact of two accounts; neither can use their direct chat any more.
    ///
    /// # Errors
    /// When they are not contacts.
    pub fn remove_contact(&self, one: AccountId, other: AccountId) -> Result<(), Unfit> {
        self.shared.world().part(one, other)
    }
}

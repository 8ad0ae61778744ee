//! Cache of the private rooms by account: the bot's contacts, until an account is missing in them.

use std::collections::HashMap;

use parking_lot::Mutex;
use yobirin_domain::model::id::{AccountId, RoomId};

use super::wire::WirePerson;

/// Contacts of the last listing; `None` before the first one.
#[derive(Debug, Default)]
pub(super) struct ContactCache(Mutex<Option<HashMap<AccountId, RoomId>>>);

impl ContactCache {
    pub(super) fn room_of(&self, account: AccountId) -> Option<RoomId> {
        let known = self.0.lock();
        known.as_ref()?.get(&account).copied()
    }

    pub(super) fn set(&self, contacts: &[WirePerson]) {
        let rooms = contacts
            .iter()
            .filter_map(|c| Some((c.account_id, c.room_id?)))
            .collect();
        *self.0.lock() = Some(rooms);
    }

    pub(super) fn forget(&self) {
        *self.0.lock() = None;
    }
}

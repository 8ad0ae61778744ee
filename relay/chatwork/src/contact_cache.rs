//! Cache of the private rooms of the bot's contacts. The contacts are listed again when an account is missing.

use std::collections::HashMap;

use parking_lot::Mutex;
use yobirin_domain::model::id::{AccountId, RoomId};

use super::wire::WirePerson;

/// Contacts of the last listing; `None` before the first one.
#[derive(Debug, Default)]
pub(super) struct ContactCache(Mutex<Option<HashMap<AccountId, RoomId>>>);

impl ContactCache {
    pub(super) fn room_of(&self, account: AccountId) -> Option<RoomId> {
        let rooms = self.0.lock();
        rooms.as_ref()?.get(&account).copied()
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

//! An account as messages and tasks show it.

use serde::Serialize;

use crate::AccountId;
use crate::shared::Shared;
use crate::state::ChatworkState;

#[derive(Debug, Serialize)]
pub(super) struct AccountSummary {
    account_id: AccountId,
    name: String,
    avatar_image_url: String,
}

impl AccountSummary {
    pub(super) fn new(id: AccountId, state: &ChatworkState, shared: &Shared) -> Self {
        Self {
            account_id: id,
            name: state
                .account(id)
                .map(|account| account.name.clone())
                .unwrap_or_default(),
            avatar_image_url: shared.avatar(id),
        }
    }
}

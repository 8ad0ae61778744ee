//! A person or a bot.

use serde::{Deserialize, Serialize};

use crate::AccountId;

/// Somebody who can write messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// 識別ID: fixed, numeric.
    pub account_id: AccountId,
    /// The name as shown.
    pub name: String,
    /// How the name is read. Chatwork does not know it; the page shows it.
    #[serde(default)]
    pub kana: String,
    /// Department, as in the profile.
    #[serde(default)]
    pub department: String,
    /// The id a user chooses; optional, and of no use to a program.
    #[serde(default)]
    pub chatwork_id: String,
}

impl Account {
    /// An account with a name and nothing else in its profile.
    #[must_use]
    pub fn named(account_id: AccountId, name: &str) -> Self {
        Self {
            account_id,
            name: name.to_owned(),
            kana: String::new(),
            department: String::new(),
            chatwork_id: String::new(),
        }
    }
}

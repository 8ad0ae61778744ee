//! A person or a bot.

use serde::{Deserialize, Serialize};

use crate::AccountId;

/// An account that can post messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// 識別ID: fixed, numeric.
    pub account_id: AccountId,
    /// Display name.
    pub name: String,
    /// Reading of the name in kana. Chatwork has no such field; the page searches by it.
    #[serde(default)]
    pub kana: String,
    /// Department of the profile.
    #[serde(default)]
    pub department: String,
    /// The id that the user chose; may be empty. The API accepts it nowhere.
    #[serde(default)]
    pub chatwork_id: String,
}

impl Account {
    /// An account with a name and an otherwise empty profile.
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

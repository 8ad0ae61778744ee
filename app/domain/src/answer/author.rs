//! Author of an answer, as the tablet and the history name them.

use serde::{Deserialize, Serialize};

use crate::model::id::AccountId;
use crate::model::settings::Settings;

/// Author of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AnswerAuthor {
    /// A host, by the name that visitors see.
    Host(String),
    /// An account that belongs to no host (社内の者).
    Colleague,
    /// Unknown: the answers to the call were erased, at the office's request or by retention.
    Erased,
}

impl AnswerAuthor {
    /// Author with this Chatwork account.
    #[must_use]
    pub fn of(settings: &Settings, account: AccountId) -> Self {
        let mut hosts = settings.hosts().iter();
        match hosts.find(|host| host.account == Some(account)) {
            Some(host) => Self::Host(host.shown_name().to_owned()),
            None => Self::Colleague,
        }
    }
}

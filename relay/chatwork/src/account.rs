//! Chatwork account in use.

use yobirin_api::Millis;
use yobirin_api::chatwork::{Bot, Outage};

use super::token::Token;

/// A connected Chatwork account.
#[derive(Clone, Debug)]
pub struct Account {
    /// API token.
    pub token: Token,
    /// Chatwork account that the token belongs to.
    pub bot: Bot,
    /// Time of connecting.
    pub connected_at: Millis,
    /// Start of Chatwork's refusal of the token; `None` while the token is accepted.
    pub refused_since: Option<Millis>,
    /// Latest outage: a time in which Chatwork refused the token, until it accepted it again.
    pub outage: Option<Outage>,
}

//! The Chatwork account in use.

use yobirin_api::Millis;
use yobirin_api::chatwork::{Bot, Outage};

use super::token::Token;

/// The token in use.
#[derive(Clone, Debug)]
pub struct Account {
    /// API token.
    pub token: Token,
    /// Chatwork account that the token belongs to.
    pub bot: Bot,
    /// Time of connecting.
    pub since: Millis,
    /// Since when Chatwork refuses the token.
    pub refused: Option<Millis>,
    /// The last time in which it did and then took it again.
    pub outage: Option<Outage>,
}

//! Talking to Chatwork: the token, the client, what its answers mean, and its limits kept by us.
//! What is posted and when is the outbox's business.

mod answer;
mod breaker;
mod client;
mod contacts;
mod in_flight;
mod limits;
mod link;
mod outcome;
#[cfg(test)]
mod properties;
mod token;

pub use client::Timeouts;
pub(crate) use client::TransportError;
pub(crate) use client::{Transport, is_loopback};
pub(crate) use limits::Purpose;
pub(crate) use link::{Account, ChatworkGateway, GatewayError};
pub(crate) use outcome::{PostOutcome, RecentLookup};
pub(crate) use token::Token;

//! Talking to Chatwork: the token, the client, what its answers mean, and its limits kept by us.
//! What is posted and when is the outbox's business.

mod circuit_breaker;
mod classify;
mod contact_cache;
mod gateway;
mod in_flight;
#[cfg(test)]
mod properties;
mod rate_limit;
mod server_quota;
mod token;
mod transport;
mod wire;

pub(crate) use classify::{PostOutcome, RecentLookup};
pub(crate) use gateway::{Account, ChatworkGateway, GatewayError};
pub(crate) use rate_limit::Purpose;
pub(crate) use token::Token;
pub use transport::Timeouts;
pub(crate) use transport::TransportError;
pub(crate) use transport::{Transport, is_loopback};

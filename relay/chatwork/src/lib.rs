//! Client of Chatwork's API (v2): transport, wire types, classification of answers, rate limits and circuit breaker.
//! When something is posted is decided by the outbox of `yobirin-relay`.

mod account;
mod circuit_breaker;
mod classify;
mod clock;
mod contact_cache;
mod error;
mod gateway;
mod in_flight;
#[cfg(test)]
mod properties;
mod rate_limit;
mod server_quota;
mod token;
mod transport;
mod wire;

pub use account::Account;
pub use classify::{PostOutcome, RecentLookup};
pub use clock::Clock;
pub use error::GatewayError;
pub use gateway::ChatworkGateway;
pub use rate_limit::{Purpose, RateLimiter};
pub use token::Token;
pub use transport::{CHATWORK_UNREACHABLE, Timeouts, Transport, TransportError, is_loopback};

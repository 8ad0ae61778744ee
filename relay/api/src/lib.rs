//! Contract between app and relay: requests, responses, events and errors, as JSON under `/api`. Types only;
//! rules are in `yobirin-domain`.

pub mod account;
pub mod alarm;
pub mod call;
pub mod chatwork;
pub mod device;
pub mod error;
pub mod event;
pub mod message;
pub mod personal;
pub mod session;
pub mod settings;
pub mod webhook;

pub use error::{ErrorBody, ErrorCode, RELAY_HEADER};

/// Time in milliseconds since 1970-01-01 UTC, by the clock of the writer. Also a duration in milliseconds, where the name
/// of the field or constant says so.
pub type Millis = u64;

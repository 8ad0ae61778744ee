//! The rules of Yobirin, in plain Rust: no DOM, no I/O, no async, no clock, no randomness.
//!
//! The app decides with these modules where a call goes; the relay asks the same modules whether a
//! document is sound and whether a call stays within reach. Whatever needs an `if` about the
//! business lives here and nowhere else.

pub mod admission;
pub mod call;
pub mod caller_limits;
pub mod change;
pub mod chatwork_id;
pub mod check;
pub mod day;
pub mod delivery;
pub mod directory;
pub mod doctor;
#[cfg(test)]
pub(crate) mod example;
pub mod export;
pub mod fair_turns;
pub mod hours;
pub mod id;
pub mod import;
pub mod lang;
pub mod menu;
pub mod message;
pub mod offer;
pub mod own_edit;
pub mod password;
mod places;
pub mod plan;
pub mod reach;
pub mod recipients;
pub mod route;
#[cfg(feature = "openapi")]
mod schema;
pub mod search;
pub mod settings;
pub mod stream;
pub mod suggest;
pub mod table;
pub mod text;

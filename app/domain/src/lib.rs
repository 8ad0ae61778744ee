//! The rules of Yobirin in plain Rust: no DOM, I/O, async, clock or randomness.
//!
//! The app uses these modules to route calls and compose messages; the relay uses them to validate
//! settings documents and admit calls. Business rules live here and nowhere else.

pub mod account_match;
pub mod admission;
pub mod alarm;
pub mod answer;
mod argsort;
pub mod backoff;
pub mod bot_message;
pub mod caller_address;
pub mod caller_limits;
pub mod catalog;
pub mod chatwork_id;
pub mod chatwork_rate_limit;
pub mod clock_step;
pub mod compose;
pub mod csv;
pub mod diagnose;
pub mod diff;
pub mod engine_feature;
pub mod escalation;
pub mod export;
pub mod fair_queue;
pub mod history_period;
pub mod history_text;
pub mod holidays;
pub mod import;
pub mod in_charge;
pub mod leader_lease;
pub mod link_reach;
pub mod message;
pub mod missed_visit;
pub mod model;
pub mod names;
pub mod outbound_policy;
pub mod password;
pub mod people_from_chatwork;
pub mod purpose_notice;
pub mod qr;
pub mod recipients;
pub mod retention;
pub mod routing;
#[cfg(feature = "openapi")]
mod schema;
pub mod search;
pub mod self_edit;
pub mod setup_progress;
pub mod stream;
pub mod tablet_checks;
pub mod tablet_presence;
#[cfg(test)]
pub(crate) mod test_office;
pub mod text;
pub mod typed_code;
pub mod validate;

//! What the tests of the relay stand on: a desk (relay, simulated Chatwork, admin), tablets, calls.
//!
//! Everything is loopback and on port 0. A desk must be closed with [`Desk::close`], which fails the
//! test when accepted work is left undelivered.

// Failing loudly is how a harness speaks.
#![allow(clippy::unwrap_used, clippy::missing_panics_doc, clippy::print_stderr)]

mod browser;
mod calls;
mod chaos_proxy;
mod event_stream;
mod observe;
mod office;
mod postgres;
mod process;
mod raw_client;
mod tablet;
mod test_app;

pub use browser::{Browser, error, json, refusal, status};
pub use calls::{CallDraft, DIRECT, ROOM};
pub use chaos_proxy::Gate;
pub use event_stream::Stream;
pub use observe::posts;
pub use office::{HOST, LOBBY, SIDE_DOOR, settings};
pub use postgres::{database_of, execute, is_on_postgres};
pub use process::Program;
pub use raw_client::RawClient;
pub use tablet::Tablet;
pub use test_app::{Desk, Neighbour, PASSWORD, eventually};

//! What the tests of the relay stand on: a desk (relay, simulated Chatwork, admin), tablets, calls.
//!
//! Everything is loopback and on port 0. A desk must be closed with [`Desk::close`], which fails the
//! test when accepted work is left undelivered.

// Failing loudly is how a harness speaks.
#![allow(clippy::unwrap_used, clippy::missing_panics_doc, clippy::print_stderr)]

mod browser;
mod calls;
mod desk;
mod gate;
mod office;
mod postgres;
mod process;
mod raw;
mod stream;
mod tablet;
mod watching;

pub use browser::{Browser, error, json, refusal, status};
pub use calls::{CallDraft, DIRECT, ROOM};
pub use desk::{Desk, Neighbour, PASSWORD, eventually};
pub use gate::Gate;
pub use office::{HOST, LOBBY, SIDE_DOOR, settings};
pub use postgres::{database_of, execute, is_on_postgres};
pub use process::Program;
pub use raw::RawClient;
pub use stream::Stream;
pub use tablet::Tablet;
pub use watching::posts;

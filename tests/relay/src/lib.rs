//! Harness of the relay's tests: [`TestApp`] (relay, simulated Chatwork, admin), tablets, calls.
//!
//! All servers listen on free loopback ports. Every test ends with [`TestApp::close`], which fails when an
//! accepted call has no final state.

// A harness reports failures by panicking.
#![allow(clippy::unwrap_used, clippy::missing_panics_doc, clippy::print_stderr)]

mod answers;
mod browser;
mod calls;
mod chaos_proxy;
mod event_stream;
mod eventually;
mod observe;
mod office;
mod postgres;
mod process;
mod raw_client;
mod tablet;
mod test_app;

pub use answers::{hanako, private_room, settings_with_answers};
pub use browser::{Browser, error, json, refusal, status};
pub use calls::{CallDraft, ROOM};
pub use chaos_proxy::ChaosProxy;
pub use event_stream::EventStream;
pub use eventually::eventually;
pub use observe::fault_on_posts;
pub use office::{HOST, LOBBY, SIDE_DOOR, settings};
pub use postgres::{database_of, execute, has_postgres};
pub use process::Program;
pub use raw_client::RawClient;
pub use tablet::Tablet;
pub use test_app::{PASSWORD, SecondRelay, TestApp};

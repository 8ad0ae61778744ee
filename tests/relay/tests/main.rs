//! The relay against the simulated Chatwork, over HTTP on both sides.

// Failing loudly is how tests speak.
#![allow(clippy::unwrap_used)]

mod backup;
mod calls;
mod chatwork;
mod delivery;
mod devices;
mod events;
mod http;
mod program;
mod retention;
mod session;
mod settings;
mod settling;
mod two_relays;

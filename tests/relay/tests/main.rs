//! The relay against the simulated Chatwork, over HTTP on both sides.

// Failing loudly is how tests speak.
#![allow(clippy::unwrap_used)]

mod account;
mod backup;
mod calls;
mod cancelling;
mod chatwork;
mod delivery;
mod devices;
mod events;
mod http;
mod messages;
mod metrics;
mod openapi;
mod permissions;
mod program;
mod retention;
mod session;
mod settings;
mod settling;
mod slow;
mod tls;
mod two_relays;
mod versions;

//! The relay against the simulated Chatwork, over HTTP on both sides.

// Failing loudly is how tests speak.
#![allow(clippy::unwrap_used)]

mod account;
mod admission;
mod asvs;
mod backlog;
mod backup;
mod calls;
mod cancelling;
mod chatwork;
mod clocks;
mod connections;
mod delivery;
mod devices;
mod doubt;
mod events;
mod fairness;
mod fallback;
mod history;
mod http;
mod kills;
mod limits;
mod logs;
mod memory;
mod messages;
mod metrics;
mod odd_answers;
mod openapi;
mod own_page;
mod password_storm;
mod permissions;
mod program;
mod reauthentication;
mod refused_token;
mod reset;
mod retention;
mod revoking;
mod second_step;
mod session;
mod settings;
mod settling;
mod slow;
mod storage;
mod storms;
mod tablet_sessions;
mod tls;
mod two_relays;
mod unfinished_bodies;
mod versions;

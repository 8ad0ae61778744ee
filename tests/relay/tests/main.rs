//! Tests of the relay against the simulated Chatwork, over HTTP on both sides.

// Tests report failures by panicking.
#![allow(clippy::unwrap_used)]

mod account;
mod admission;
mod architecture;
mod asvs;
mod backlog;
mod backup;
mod calls;
mod cancellation;
mod chatwork;
mod clock_steps;
mod concurrency;
mod connections;
mod delivery;
mod devices;
mod events;
mod fairness;
mod fallback;
mod history;
mod http;
mod installer;
mod kills;
mod limits;
mod logs;
mod malformed_responses;
mod memory;
mod messages;
mod metrics;
mod missed_visit;
mod openapi;
mod password_flood;
mod permissions;
mod program;
mod reauthentication;
mod reconcile;
mod refused_token;
mod reset;
mod retention;
mod revocation;
mod self_service;
mod session;
mod settings;
mod slow_clients;
mod storage;
mod tablet_sessions;
mod tls;
mod two_factor;
mod two_relays;
mod unfinished_bodies;
mod unknown_outcome;
mod versions;
mod webhook;

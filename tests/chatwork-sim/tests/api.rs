//! Tests of the simulator over HTTP, one module for each part of its API.

mod api {
    pub(crate) mod client;
    mod contacts;
    mod control;
    mod counters;
    mod editing;
    mod faults;
    mod hidden_messages;
    mod limits;
    mod messages;
    mod page;
    mod receiver;
    mod rooms;
    mod tasks;
    mod transport;
    mod webhook_control;
    mod webhooks;
}

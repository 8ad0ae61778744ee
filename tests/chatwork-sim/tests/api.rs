//! Tests of the simulator over HTTP, one module for each part of its API.

mod api {
    pub(crate) mod client;
    mod contacts;
    mod control;
    mod faults;
    mod limits;
    mod messages;
    mod page;
    mod rooms;
    mod transport;
}

//! The simulator keeps what `chatwork-api.md` promises, over real HTTP. One binary; a module for
//! each part of the promise.

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

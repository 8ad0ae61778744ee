//! The thin relay: what happens between a tablet's request and the message in Chatwork. Everything else in this
//! crate is a room around it.
//!
//! Read in this order: `admission` (whether a call is accepted), `outbox` (how its deliveries get to Chatwork),
//! `forwarder` (the handles that it uses), `connection` (the account that posts them), `bot_message` (the relay's own messages). Where a call goes and
//! what it says was decided on the tablet, with `yobirin-domain`.

pub(crate) mod admission;
pub(crate) mod bot_message;
pub(crate) mod connection;
pub(crate) mod forwarder;
pub(crate) mod outbox;

//! The thin relay: from a tablet's request to the message in Chatwork. The rest of this crate serves it.
//!
//! Read in this order: `admission` (checks a call), `outbox` (delivers it to Chatwork), `forwarder` (the
//! handles that the outbox uses), `connection` (the account that posts), `bot_message` (the relay's own
//! messages), `webhook` (Chatwork says that a room is to be read). Routing and wording happen on the tablet,
//! with `yobirin-domain`.

pub(crate) mod admission;
pub(crate) mod bot_message;
pub(crate) mod connection;
pub(crate) mod forwarder;
pub(crate) mod outbox;
pub(crate) mod webhook;

//! The thin relay: from a tablet's request to the message in Chatwork. The rest of this crate serves it.
//!
//! Read in this order: `admission` (checks a call), `outbox` (delivers it to Chatwork), `forwarder` (the
//! handles that the outbox uses), `connection` (the account that posts), `bot_message` (the relay's own
//! messages), `listener` (reads rooms for answers), `post_edits` (shows answers in the posts of a call). Routing and
//! wording happen on the tablet, with `yobirin-domain`.

pub(crate) mod admission;
pub(crate) mod bot_message;
pub(crate) mod connection;
pub(crate) mod forwarder;
pub(crate) mod listener;
pub(crate) mod listener_handle;
pub(crate) mod outbox;
pub(crate) mod post_edits;

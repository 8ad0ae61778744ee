//! The tablet's calls: a queue that survives reloads, and its synchronization with the relay.

mod backoff;
pub(crate) mod build_call;
pub(crate) mod call_store;
mod cancellation;
mod follow_up;
pub(crate) mod listed_calls;
pub(crate) mod listening;
pub(crate) mod local_call_status;
mod persisted_call;
pub(crate) mod prepared_call;
pub(crate) mod queue;
mod queued_call;
pub(crate) mod sync;

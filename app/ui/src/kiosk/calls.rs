//! A visitor's calls on the tablet: the queue that survives a restart, and its send_any_status with the relay.

pub(crate) mod backoff;
pub(crate) mod build_call;
pub(crate) mod cancellation;
pub(crate) mod local_call_status;
pub(crate) mod prepared_call;
pub(crate) mod queue;
pub(crate) mod queued_call;
pub(crate) mod sync;

//! Alarms: gathers the facts that `domain::alarm` decides from, and does what it decides. The leader alone decides and
//! tells; the other relays show its memory.

mod facts;
mod task;

pub(crate) use facts::free_disk_percent;
pub(crate) use task::run;

//! Alarms: gathers the facts for `domain::alarm`, and carries out its decisions. Only the leader decides and notifies; the
//! other relays show the alarm state that it has stored.

mod facts;
mod task;

pub(crate) use facts::free_disk_percent;
pub(crate) use task::run;

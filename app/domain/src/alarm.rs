//! Alarms: incidents of tablets and of the relay that an office is notified of. The relay gathers [`AlarmFacts`],
//! posts, edits and stores the [`AlarmState`]; which incidents there are, and what is posted or edited about them, is
//! decided here.
//!
//! One incident has one post, which is edited in place when the incident grows or ends. An edit notifies nobody, so a
//! tablet that falls silent long after others have is another incident. An incident that ends and returns within an hour
//! is the same one. Posts are made during opening hours only; an incident that began outside them is posted when the
//! office opens, if it still lasts.

mod condition;
mod example;
mod facts;
mod notice;
mod observe;
mod posts;
mod public_address;
mod silent_tablets;
#[cfg(test)]
mod simulation;
mod state;
#[cfg(test)]
mod tests;
mod text;
mod watch;
#[cfg(test)]
mod week;

pub use condition::{AlarmCondition, SilentTablet};
pub use example::example_posts;
pub use facts::{AlarmFacts, FailedCalls, LastBackup, TabletContact};
pub use notice::Notice;
pub use observe::IncidentChange;
pub use posts::PostEdit;
pub use public_address::is_public;
pub use state::{AlarmState, Incident, MovedPost, NoticeState, PostState, WebhookState};
pub use text::alarm_test_message;
pub use watch::Watch;

const MINUTE: u64 = 60 * 1000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Time without a heartbeat after which a tablet is silent, in milliseconds.
pub const SILENCE_MILLIS: u64 = 3 * MINUTE;
/// Time for which other silent tablets join an incident that was posted. Tablets behind one switch fall silent within
/// a minute or two.
const GROUP_MILLIS: u64 = 5 * MINUTE;
/// Time for which failed calls are one incident.
const FAILED_CALLS_MILLIS: u64 = 30 * MINUTE;
/// Time for which failed calls wait to be posted: a long weekend.
const UNPOSTED_CALLS_MILLIS: u64 = 4 * DAY;
/// Time within which an incident that returns is the same one.
const REOPEN_MILLIS: u64 = HOUR;
/// Free share of the disk below which an incident begins, in percent.
const MIN_DISK_FREE_PERCENT: u8 = 5;
/// Remaining validity of a certificate below which an incident begins.
const MIN_CERTIFICATE_MILLIS: u64 = 14 * DAY;
/// Requests left under Chatwork's limit, of 300 in five minutes, below which an incident begins.
const MIN_REQUESTS_LEFT: usize = 30;
/// Time between two attempts to post about the same incident.
const POST_RETRY_MILLIS: u64 = HOUR;
/// Time after the end of an incident for which a failed edit of its post is tried again.
const EDIT_LIFE_MILLIS: u64 = DAY;

//! Facts that the rules of alarms read. Times are milliseconds since 1970 by the relay's clock.

use std::collections::BTreeMap;

use super::SILENCE_MILLIS;
use crate::fair_queue::RESERVED_REQUESTS;
use crate::model::delivery::DeliveryState;
use crate::model::hours::{DeviceHours, Hours, LocalDateTime};
use crate::model::id::{CallId, DeviceId};
use crate::model::settings::Settings;

/// Facts that the rules of alarms read: state of tablets, relay and Chatwork at one time.
pub struct AlarmFacts<'a> {
    /// Time of the facts.
    pub now: u64,
    /// Time since which heartbeats could arrive without a gap, by [`super::Watch::since`].
    pub watched_since: u64,
    /// Paired tablets.
    pub tablets: Vec<TabletContact>,
    /// Calls that failed since [`super::AlarmState::failed_calls_seen`].
    pub failed_calls: FailedCalls,
    /// Free share of the data directory's disk, in percent; `None` when it cannot be read.
    pub disk_free_percent: Option<u8>,
    /// End of the certificate's validity; `None` without one.
    pub certificate_ends: Option<u64>,
    /// Last good backup.
    pub last_backup: LastBackup,
    /// Requests that calls may still send under Chatwork's limit.
    pub requests_left: usize,
    /// True while a Chatwork account is connected.
    pub is_connected: bool,
    /// True while Chatwork refuses the token.
    pub is_token_refused: bool,
    /// True while Chatwork does not respond.
    pub is_chatwork_unreachable: bool,
    /// True while calls wait for Chatwork's limits.
    pub calls_wait: bool,
    /// States of the posts of [`super::AlarmState::posts_in_outbox`].
    pub posts: BTreeMap<CallId, DeliveryState>,
    /// Converts a time to date and time of day of the office.
    pub local: &'a (dyn Fn(u64) -> LocalDateTime + Sync),
}

/// Last contact with a paired tablet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabletContact {
    /// Device.
    pub device: DeviceId,
    /// Time of the last heartbeat, or of the pairing.
    pub last_seen: u64,
}

/// Calls that ended without any message in Chatwork.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FailedCalls {
    /// Number of calls.
    pub count: u32,
    /// Time at which the last one ended.
    pub last: u64,
    /// Number of the last event of these calls. Further failed calls have later events.
    pub last_event: u64,
}

/// Last good backup, as far as the relay knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LastBackup {
    /// Backups are made by other programs.
    #[default]
    Unknown,
    /// No backup was made yet.
    Never,
    /// Time of the backup.
    At(u64),
}

impl AlarmFacts<'_> {
    /// True when a post may be handed to the outbox: calls come first.
    pub(super) fn may_post(&self) -> bool {
        let has_accepted_token = self.is_connected && !self.is_token_refused;
        has_accepted_token && !self.calls_wait && self.requests_left > RESERVED_REQUESTS
    }

    /// True when the office is open at this time.
    pub(super) fn is_open(&self, settings: &Settings, at: u64) -> bool {
        let site = settings.site();
        let week = site.opening_hours.as_ref();
        Hours::of(week, &DeviceHours::AsSite, &site.closed_days).is_open((self.local)(at))
    }

    /// True when a tablet is expected to have sent a heartbeat: its opening hours began [`SILENCE_MILLIS`] ago or
    /// earlier, so that a tablet which is switched on when they begin is not silent.
    pub(super) fn is_expected(&self, settings: &Settings, device: &DeviceId) -> bool {
        let site = settings.site();
        let mut devices = settings.devices().iter();
        let Some(device) = devices.find(|configured| configured.id == *device) else {
            return false;
        };
        let hours = Hours::of(
            site.opening_hours.as_ref(),
            &device.opening_hours,
            &site.closed_days,
        );
        let is_open = |at| hours.is_open((self.local)(at));
        is_open(self.now) && is_open(self.now.saturating_sub(SILENCE_MILLIS))
    }
}

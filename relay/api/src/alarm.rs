//! Alarms: incidents that the relay knows of, and tests of the channels by which an office is notified of them.

use std::fmt;

use serde::{Deserialize, Serialize};
use yobirin_domain::alarm::{AlarmCondition, AlarmState, Incident};
use yobirin_domain::model::id::RoomId;

use crate::Millis;
use crate::message::SentMessage;

/// `GET /api/alarms`: open incidents, and the channels by which the office is notified of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlarmReport {
    /// Open incidents, oldest first.
    pub open: Vec<OpenAlarm>,
    /// Host name of the alarm webhook; missing without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook: Option<String>,
    /// Time of the last good backup that `yobirin-relay backup` wrote; missing when there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_backup: Option<Millis>,
    /// Room in which alarms are posted; missing without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posted_to: Option<RoomId>,
    /// Time at which the relay last checked for incidents; missing before the first check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<Millis>,
}

impl AlarmReport {
    /// Report of the incidents that are open in this alarm state at `now`, without the channels.
    #[must_use]
    pub fn of(alarms: &AlarmState, now: Millis) -> Self {
        Self {
            open: alarms.open().map(OpenAlarm::from).collect(),
            checked: Some(now),
            ..Self::default()
        }
    }
}

/// Incident that has not ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenAlarm {
    /// Kind of the incident, with its figures.
    pub condition: AlarmCondition,
    /// Time at which it began.
    pub since: Millis,
    /// True when Chatwork stored a post about it.
    pub is_posted: bool,
}

impl From<&Incident> for OpenAlarm {
    fn from(incident: &Incident) -> Self {
        Self {
            condition: incident.condition.clone(),
            since: incident.since,
            is_posted: incident.is_posted(),
        }
    }
}

/// `POST /api/alarms/test`: sends an alarm that says it is a test. The response is an [`AlarmTestResult`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TestAlarm {
    /// Channel to test.
    pub target: AlarmTarget,
}

/// Channel by which the office is notified of alarms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AlarmTarget {
    /// Room of the saved settings; 422 `destination_not_allowed` without one.
    Room,
    /// Alarm webhook; 404 without one.
    Webhook,
}

/// Result of `POST /api/alarms/test`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlarmTestResult {
    /// Message to the room, whose state `GET /api/messages/{id}` returns. Missing for the webhook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<SentMessage>,
    /// Failure of the webhook; missing when it accepted the test, and for the room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_failure: Option<WebhookFailure>,
}

/// Failure of a request to the alarm webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum WebhookFailure {
    /// No response: name or server unknown, connection refused, or too slow.
    Unreachable,
    /// The host is on a private network, which was not allowed.
    PrivateAddress,
    /// The response had another status than 2xx; redirects are not followed.
    Status {
        /// HTTP status.
        status: u16,
    },
}

impl fmt::Display for WebhookFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable => f.write_str("no response"),
            Self::PrivateAddress => f.write_str("host on a private network"),
            Self::Status { status } => write!(f, "response with status {status}"),
        }
    }
}

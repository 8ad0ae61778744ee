//! Settings of alarms: where the office is notified of incidents of its tablets and of the relay.

use serde::{Deserialize, Serialize};

use super::id::RoomId;

/// Room of the alarms, and the limit that an office can choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct AlarmSettings {
    /// Room in which alarms are posted; without it, nothing is posted in Chatwork.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomId>,
    /// Age of the last backup, in days, from which an alarm is raised. When absent, no age raises one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backup_days: Option<u16>,
}

impl AlarmSettings {
    /// True for the default settings, which the JSON form leaves out.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

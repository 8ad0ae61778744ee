//! Settings of alarms: where the office is told of incidents of its tablets and of the relay.

use serde::{Deserialize, Serialize};

use super::id::RoomId;

/// Room of the alarms, and their limits that an office can choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct AlarmSettings {
    /// Room in which alarms are posted; without it, nothing is posted in Chatwork.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomId>,
    /// Age of the last backup, in days, from which it is an incident. When absent, no age is an incident.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backup_days: Option<u16>,
}

impl AlarmSettings {
    /// True when nothing is chosen, which the document leaves out.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

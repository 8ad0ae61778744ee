//! Steps of escalation as the settings document holds them, for the site and for single buttons.
//! [`crate::escalation`] finds their destinations.

use serde::{Deserialize, Serialize};

/// Maximum number of steps of one escalation. Our decision.
pub const MAX_ESCALATION_STEPS: usize = 5;
/// Minimum time before the first step and between two steps, in seconds. Our decision: a host needs time to read and
/// to reply.
pub const MIN_STEP_GAP_SECONDS: u16 = 15;
/// Latest time of a step, in seconds: one minute before [`crate::model::call::DEADLINE_MILLIS`].
pub const MAX_STEP_SECONDS: u16 = 14 * 60;

/// Further notification (再通知), sent if nobody has answered within [`Self::after_seconds`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EscalationStep {
    /// Time from the arrival of the call's first message, in seconds; [`MIN_STEP_GAP_SECONDS`] to
    /// [`MAX_STEP_SECONDS`].
    pub after_seconds: u16,
    /// Recipients.
    pub to: EscalationTarget,
}

/// Recipients of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EscalationTarget {
    /// The destinations of the call itself, once more.
    Again,
    /// The delegates of the called host or of the in-charge hosts, in private chats.
    Delegates,
    /// The in-charge hosts of the group, in private chats.
    InCharge,
    /// The group's room, else the nearest ancestor's, else the default room.
    GroupRoom,
    /// The default room.
    DefaultRoom,
}

impl EscalationTarget {
    /// All targets in display order.
    pub const ALL: [Self; 5] = [
        Self::Again,
        Self::Delegates,
        Self::InCharge,
        Self::GroupRoom,
        Self::DefaultRoom,
    ];

    /// Stable name for tests and CSS, the same as in the JSON form.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Again => "again",
            Self::Delegates => "delegates",
            Self::InCharge => "in_charge",
            Self::GroupRoom => "group_room",
            Self::DefaultRoom => "default_room",
        }
    }
}

//! Conditions that raise an alarm, with the figures that their texts show.

use serde::{Deserialize, Serialize};

use crate::model::id::DeviceId;

/// Condition that raises an alarm: the kind of an incident. Times are milliseconds since 1970 by the relay's clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AlarmCondition {
    /// Paired tablets without a heartbeat for three minutes. Tablets that fall silent together are one incident.
    TabletsSilent {
        /// Tablets that are silent, and tablets that came back meanwhile.
        tablets: Vec<SilentTablet>,
    },
    /// Calls that ended without any message in Chatwork: rejected or expired.
    CallsFailed {
        /// Number of calls.
        calls: u32,
        /// Time of the last one.
        last: u64,
    },
    /// Less than 5 % of the data directory's disk is free.
    DiskLow {
        /// Free share, in whole percent.
        free_percent: u8,
    },
    /// The relay's certificate ends within 14 days.
    CertificateEnds {
        /// End of its validity.
        ends: u64,
    },
    /// The last good backup is older than the settings allow.
    BackupOld {
        /// Time of the last good backup; absent when there was none, or when its time lies in the future.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last: Option<u64>,
    },
    /// Chatwork's request limit is nearly used.
    LimitNearlyUsed,
    /// Chatwork refuses the token. Cannot be posted in Chatwork.
    TokenRefused,
    /// Chatwork does not respond. Cannot be posted in Chatwork.
    ChatworkUnreachable,
}

/// Tablet of an [`AlarmCondition::TabletsSilent`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SilentTablet {
    /// Device.
    pub device: DeviceId,
    /// Time of its last heartbeat before it fell silent, or of its pairing.
    pub since: u64,
    /// Time at which it came back; absent while it is silent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<u64>,
    /// Number of times that it fell silent during this incident.
    pub times: u32,
}

impl AlarmCondition {
    /// Name of the kind, as in JSON.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::TabletsSilent { .. } => "tablets_silent",
            Self::CallsFailed { .. } => "calls_failed",
            Self::DiskLow { .. } => "disk_low",
            Self::CertificateEnds { .. } => "certificate_ends",
            Self::BackupOld { .. } => "backup_old",
            Self::LimitNearlyUsed => "limit_nearly_used",
            Self::TokenRefused => "token_refused",
            Self::ChatworkUnreachable => "chatwork_unreachable",
        }
    }

    /// True for a condition that can be posted in Chatwork; false when it keeps the relay from posting there.
    #[must_use]
    pub fn can_be_posted(&self) -> bool {
        !matches!(self, Self::TokenRefused | Self::ChatworkUnreachable)
    }
}

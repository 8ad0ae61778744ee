//! Features of a tablet's browser that the kiosk uses if the browser has them. The tablet reports the missing ones.

use serde::{Deserialize, Serialize};

/// A feature of a browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EngineFeature {
    /// Secure context, that is https: without it, browsers hide most of the other features.
    SecureContext,
    /// Screen Wake Lock API, which keeps the screen on.
    WakeLock,
    /// Fullscreen API.
    FullScreen,
    /// Installation as an app.
    Installation,
    /// Service worker, which opens the kiosk without network.
    OfflineStart,
    /// Storage with free space, in which the kiosk keeps calls until they are sent.
    Storage,
    /// Storage that the browser does not clear by itself.
    PersistentStorage,
    /// Battery Status API.
    BatteryLevel,
}

impl EngineFeature {
    /// All features, the most important first.
    pub const ALL: [Self; 8] = [
        Self::SecureContext,
        Self::WakeLock,
        Self::Storage,
        Self::OfflineStart,
        Self::PersistentStorage,
        Self::FullScreen,
        Self::Installation,
        Self::BatteryLevel,
    ];

    /// Name of the feature in the browser's report and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SecureContext => "secure_context",
            Self::WakeLock => "wake_lock",
            Self::FullScreen => "full_screen",
            Self::Installation => "installation",
            Self::OfflineStart => "offline_start",
            Self::Storage => "storage",
            Self::PersistentStorage => "persistent_storage",
            Self::BatteryLevel => "battery_level",
        }
    }

    /// The features named in `report`, separated by spaces; unknown names are skipped.
    #[must_use]
    pub fn in_report(report: &str) -> Vec<Self> {
        let is_named = |feature: &Self| report.split(' ').any(|name| name == feature.name());
        Self::ALL.into_iter().filter(is_named).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_names_features_as_json_does() {
        for feature in EngineFeature::ALL {
            let json = serde_json::to_string(&feature).unwrap();
            assert_eq!(json, format!("\"{}\"", feature.name()));
        }
        let read = EngineFeature::in_report("battery_level wake_lock teleport");
        let expected = [EngineFeature::WakeLock, EngineFeature::BatteryLevel];
        assert_eq!(read, expected, "in the order of importance, once each");
        assert!(EngineFeature::in_report("").is_empty());
    }
}

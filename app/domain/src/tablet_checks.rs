//! Checklist that a person works through before visitors use a tablet. The tablet reports the checks that are met; a
//! person confirms the checks that no browser can detect.

use serde::{Deserialize, Serialize};

/// Kind of machine, which decides the instructions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TabletKind {
    /// An iPad or iPhone.
    Ipad,
    /// An Android tablet.
    Android,
    /// Any other machine.
    #[default]
    Pc,
}

impl TabletKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Ipad, Self::Android, Self::Pc];

    /// Name of the kind for tests and styles.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Ipad => "ipad",
            Self::Android => "android",
            Self::Pc => "pc",
        }
    }
}

/// One line of the checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TabletCheck {
    /// The kiosk runs as an installed app.
    Installed,
    /// The kiosk fills the screen.
    FullScreen,
    /// The screen stays on: the browser holds a wake lock.
    Awake,
    /// Leaving the kiosk asks for a PIN.
    ExitPin,
    /// Visitors cannot leave the app (Guided Access, screen pinning, a kiosk account): a person confirms it.
    Pinned,
    /// The address begins with https.
    Https,
    /// The address can be opened from other machines.
    Reachable,
}

impl TabletCheck {
    /// All checks, in the order in which a person works through them.
    pub const ALL: [Self; 7] = [
        Self::Reachable,
        Self::Https,
        Self::Installed,
        Self::FullScreen,
        Self::Awake,
        Self::ExitPin,
        Self::Pinned,
    ];

    /// Name of the check for tests and styles.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Installed => "installed",
            Self::FullScreen => "full-screen",
            Self::Awake => "awake",
            Self::ExitPin => "exit-pin",
            Self::Pinned => "pinned",
            Self::Https => "https",
            Self::Reachable => "reachable",
        }
    }
}

/// State of a tablet's checklist, as the tablet reports it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TabletReport {
    /// Kind of machine that the kiosk runs on.
    pub kind: TabletKind,
    /// Checks that are met, at most one entry each.
    pub met: Vec<TabletCheck>,
}

impl TabletReport {
    /// True when the check is met.
    #[must_use]
    pub fn is_met(&self, check: TabletCheck) -> bool {
        self.met.contains(&check)
    }

    /// True when the check applies. At an address that only this machine can open, browsers need no https: the screen
    /// stays on and the app opens while offline.
    #[must_use]
    pub fn applies(&self, check: TabletCheck) -> bool {
        check != TabletCheck::Https || self.is_met(TabletCheck::Reachable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_reads_as_the_names_of_its_checks() {
        let report = TabletReport {
            kind: TabletKind::Ipad,
            met: vec![TabletCheck::ExitPin, TabletCheck::FullScreen],
        };
        let json = serde_json::to_string(&report).unwrap();
        assert_eq!(json, r#"{"kind":"ipad","met":["exit_pin","full_screen"]}"#);
        assert_eq!(serde_json::from_str::<TabletReport>(&json).unwrap(), report);
        assert!(report.is_met(TabletCheck::ExitPin) && !report.is_met(TabletCheck::Awake));
    }

    #[test]
    fn https_is_asked_for_only_at_an_address_that_other_machines_can_open() {
        let mut report = TabletReport {
            met: vec![TabletCheck::Awake],
            ..TabletReport::default()
        };
        for check in TabletCheck::ALL {
            assert_eq!(report.applies(check), check != TabletCheck::Https);
        }
        report.met.push(TabletCheck::Reachable);
        assert!(TabletCheck::ALL.iter().all(|&check| report.applies(check)));
    }

    #[test]
    fn every_check_is_listed_once() {
        for (index, check) in TabletCheck::ALL.iter().enumerate() {
            assert!(!TabletCheck::ALL[..index].contains(check), "{check:?}");
        }
        assert_eq!(TabletCheck::ALL.len(), TabletCheck::Reachable as usize + 1);
    }
}

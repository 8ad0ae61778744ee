//! Tablets as the relay knows them: pairing and heartbeats. A *device* is an entry of the settings, with name and
//! menu; a *tablet* is the hardware whose browser is paired as a device.

use serde::{Deserialize, Serialize};
use yobirin_domain::engine_feature::EngineFeature;
use yobirin_domain::model::id::DeviceId;
use yobirin_domain::qr::QrDrawing;
use yobirin_domain::stream::StreamTrouble;
use yobirin_domain::tablet_checks::{TabletCheck, TabletReport};
use yobirin_domain::tablet_presence::TabletPresence;
use yobirin_domain::text::{self, Lines};

use crate::Millis;

/// Lifetime of a pairing code and of a pairing request, in milliseconds (10 minutes).
pub const PAIRING_CODE_LIFE: Millis = 10 * 60 * 1000;

/// `POST /api/devices/{id}/pairing-code`: a new single-use code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PairingCode {
    /// Eight letters of RFC 8628's alphabet (`BCDFGHJKLMNPQRSTVWXZ`), written `XXXX-XXXX`.
    pub code: String,
    /// Link that pairs the tablet which opens it.
    pub link: String,
    /// Time of expiry.
    pub expires: Millis,
}

/// `POST /api/pair`: the code as typed. Case, spaces and hyphens do not matter.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// Pairing code.
    pub code: String,
}

/// Response to `POST /api/pair`, together with the device cookie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Paired {
    /// Device that this browser is paired as.
    pub device: DeviceId,
}

/// Response to `POST /api/pairing-requests`, by which an unpaired tablet asks for an admin's approval: state of the
/// pairing request, which is bound to a cookie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PairingRequest {
    /// Not approved yet.
    Waiting {
        /// Code by which an admin recognizes the tablet, as [`PairingCode::code`].
        code: String,
        /// Link to the approval in set-up.
        link: String,
        /// QR code of the link.
        qr: Option<QrDrawing>,
    },
    /// Approved: this browser is paired as the device.
    Approved(DeviceId),
}

/// `GET /api/pairing-requests`: pairing request of an unpaired tablet that waits for approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaitingPairingRequest {
    /// Code that the tablet shows.
    pub code: String,
    /// Network address of the tablet.
    pub address: String,
    /// Time of expiry, which is [`PAIRING_CODE_LIFE`] after the tablet's first request.
    pub expires: Millis,
    /// Duration since the tablet's latest request by the relay's clock, at most ten seconds too long.
    pub silent_for: Millis,
}

/// `GET /api/devices`: state of a device's tablet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceStatus {
    /// Id of the device.
    pub id: DeviceId,
    /// Time of pairing; `None` when no tablet is paired as the device.
    pub paired_at: Option<Millis>,
    /// True while the tablet's event stream is open. When relays share a database, also for 90 seconds after the
    /// latest pairing or heartbeat, because the stream may be open to another relay.
    pub online: bool,
    /// Time of the latest pairing or heartbeat.
    pub last_seen: Option<Millis>,
    /// Duration since [`Self::last_seen`] by the relay's clock; `None` when no tablet is paired.
    #[serde(default)]
    pub silent_for: Option<Millis>,
    /// Last heartbeat.
    pub heartbeat: Option<Heartbeat>,
}

impl DeviceStatus {
    /// Presence of the tablet.
    #[must_use]
    pub fn presence(&self) -> TabletPresence {
        TabletPresence::of(self.paired_at.is_some(), self.online, self.silent_for)
    }
}

/// `POST /api/heartbeat`, about once a minute: a tablet's own state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Heartbeat {
    /// Version of the app, at most 40 characters.
    pub version: String,
    /// Calls in the tablet's own queue.
    pub queued: u32,
    /// Battery charge, 0 to 100 percent, if the browser reports it.
    #[serde(default)]
    pub battery: Option<u8>,
    /// Features that the tablet's browser lacks, each once at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<EngineFeature>,
    /// Last crash of the app, while it is recent (text of at most [`Crash::MAX_TEXT_CHARS`] characters).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crash: Option<Crash>,
    /// Fault of the tablet's event stream, while there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream: Option<StreamTrouble>,
    /// State of the tablet's checklist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checks: Option<TabletReport>,
}

impl Heartbeat {
    /// Maximum length of the version, in characters.
    pub const MAX_VERSION: usize = 40;

    /// Checks every field.
    ///
    /// # Errors
    /// A description of the first invalid field.
    pub fn check(&self) -> Result<(), String> {
        let version = text::check(&self.version, Self::MAX_VERSION, Lines::One);
        version.map_err(|error| format!("version: {error}"))?;
        if self.lacks.len() > EngineFeature::ALL.len() {
            return Err("lacks: each feature once at most".to_owned());
        }
        if self.battery.is_some_and(|percent| percent > 100) {
            return Err("battery: 0 to 100".to_owned());
        }
        let met_count = self.checks.as_ref().map_or(0, |report| report.met.len());
        if met_count > TabletCheck::ALL.len() {
            return Err("checks.met: each check once at most".to_owned());
        }
        let crash_text = self.crash.as_ref().map_or("", |crash| &crash.text);
        let checked = text::check(crash_text, Crash::MAX_TEXT_CHARS, Lines::Many);
        checked.map_err(|error| format!("crash.text: {error}"))
    }
}

/// Crash of a tablet's app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Crash {
    /// Time of the crash, by the tablet's clock.
    pub at: Millis,
    /// Message of the browser.
    pub text: String,
}

impl Crash {
    /// Maximum length of the text, in characters.
    pub const MAX_TEXT_CHARS: usize = 300;

    /// Cleans the text so that [`Heartbeat::check`] accepts it.
    #[must_use]
    pub fn cleaned(self) -> Self {
        let text = text::clean(&self.text, Self::MAX_TEXT_CHARS, Lines::Many);
        Self { text, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heartbeat_is_bounded_and_a_cleaned_crash_fits_in() {
        let beat = |version: &str, battery, text: &str| Heartbeat {
            version: version.to_owned(),
            battery,
            crash: Some(Crash {
                at: 1,
                text: text.to_owned(),
            }),
            ..Heartbeat::default()
        };
        assert_eq!(beat("1.0", Some(100), "panicked\nat x").check(), Ok(()));
        let repeats = Heartbeat {
            lacks: vec![EngineFeature::WakeLock; EngineFeature::ALL.len() + 1],
            ..beat("1", None, "")
        };
        for (wrong, says) in [
            (repeats, "lacks"),
            (beat("1\0", None, ""), "version: contains"),
            (
                beat(&"1".repeat(Heartbeat::MAX_VERSION + 1), None, ""),
                "version: must",
            ),
            (beat("1", Some(101), ""), "battery"),
            (beat("1", None, "a\0"), "crash.text: contains"),
            (
                beat("1", None, &"a".repeat(Crash::MAX_TEXT_CHARS + 1)),
                "crash.text: must",
            ),
        ] {
            let refused = wrong.check().unwrap_err();
            assert!(refused.starts_with(says), "{refused}");
        }
        let mut repeated = beat("1", None, "");
        repeated.checks = Some(TabletReport {
            met: vec![TabletCheck::Awake; TabletCheck::ALL.len() + 1],
            ..TabletReport::default()
        });
        assert!(repeated.check().unwrap_err().starts_with("checks.met"));
        let mut long = beat("1", None, &"\0a".repeat(Crash::MAX_TEXT_CHARS + 1));
        long.crash = long.crash.map(Crash::cleaned);
        assert_eq!(long.check(), Ok(()));
    }
}

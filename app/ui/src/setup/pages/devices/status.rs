//! Status of a tablet: paired, online, and further facts.

use leptos::prelude::*;
use yobirin_api::device::DeviceStatus;
use yobirin_domain::stream::StreamTrouble;

use crate::browser::clock;
use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::i18n::setup::Words;

use crate::setup::nav::words;

/// Version of the app that the relay serves: that of this page.
const SERVED_VERSION: &str = env!("CARGO_PKG_VERSION");
/// Charge below which the battery is a warning, in percent.
const LOW_BATTERY_PERCENT: u8 = 20;
const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const DAY_MS: u64 = 24 * HOUR_MS;

/// A fact about a tablet.
#[derive(Clone, Debug, PartialEq, Eq)]
enum StatusFact {
    /// Time since the last contact, in milliseconds.
    LastSeen(u64),
    /// Calls queued in the tablet.
    Waiting(u32),
    /// The tablet's event stream is delayed.
    LateEvents(StreamTrouble),
    /// Charge of the battery, in percent.
    Battery(u8),
    /// The tablet runs another version than the relay serves.
    Outdated(String),
    /// The tablet runs the version that the relay serves.
    Current(String),
}

impl StatusFact {
    fn is_bad(&self) -> bool {
        match self {
            Self::Waiting(_) | Self::LateEvents(_) | Self::Outdated(_) => true,
            Self::Battery(percent) => *percent < LOW_BATTERY_PERCENT,
            Self::LastSeen(_) | Self::Current(_) => false,
        }
    }

    fn text(&self, words: &Words) -> String {
        let texts = &words.devices;
        match self {
            Self::LastSeen(ago) => fill(texts.last_seen, &[("time", &elapsed_text(*ago, words))]),
            Self::Waiting(count) => fill(texts.queued_calls, &[("count", &count.to_string())]),
            Self::LateEvents(StreamTrouble::HeldBack) => texts.events_held_back.to_owned(),
            Self::LateEvents(StreamTrouble::Cut) => texts.events_cut.to_owned(),
            Self::Battery(percent) => fill(texts.battery, &[("percent", &percent.to_string())]),
            Self::Outdated(version) => fill(texts.outdated_app, &[("version", version)]),
            Self::Current(version) => fill(texts.current_app, &[("version", version)]),
        }
    }
}

/// Facts about a tablet, warnings first; none for an unpaired tablet.
fn facts(status: &DeviceStatus, now: u64, served: &str) -> Vec<StatusFact> {
    if status.paired.is_none() {
        return Vec::new();
    }
    let mut facts = Vec::new();
    if let Some(heartbeat) = &status.heartbeat {
        if heartbeat.queued > 0 {
            facts.push(StatusFact::Waiting(heartbeat.queued));
        }
        facts.extend(heartbeat.stream.map(StatusFact::LateEvents));
        facts.extend(heartbeat.battery.map(StatusFact::Battery));
        let version = heartbeat.version.clone();
        facts.push(if version == served {
            StatusFact::Current(version)
        } else {
            StatusFact::Outdated(version)
        });
    }
    let seen = status.last_seen.filter(|_| !status.online);
    facts.extend(seen.map(|at| StatusFact::LastSeen(now.saturating_sub(at))));
    facts.sort_by_key(|fact| !fact.is_bad());
    facts
}

/// Text for an elapsed time.
fn elapsed_text(ago: u64, words: &Words) -> String {
    let texts = &words.devices;
    let (label, count) = match ago {
        0..MINUTE_MS => (texts.just_now, 0),
        MINUTE_MS..HOUR_MS => (texts.minutes_ago, ago / MINUTE_MS),
        HOUR_MS..DAY_MS => (texts.hours_ago, ago / HOUR_MS),
        DAY_MS.. => (texts.days_ago, ago / DAY_MS),
    };
    fill(label, &[("count", &count.to_string())])
}

/// Badge: unpaired, online or offline.
#[component]
pub(crate) fn StatusBadge(status: Memo<Option<DeviceStatus>>) -> impl IntoView {
    let texts = &words().devices;
    move || {
        status.get().map(|status| {
            let (label, tone) = match (status.paired, status.online) {
                (None, _) => (texts.unpaired, "todo"),
                (Some(_), true) => (texts.online, "done"),
                (Some(_), false) => (texts.offline, "partly"),
            };
            view! { <span class="badge" data-tone=tone data-state=tone>{label}</span> }
        })
    }
}

/// The facts.
#[component]
pub(crate) fn StatusFacts(status: Memo<Option<DeviceStatus>>) -> impl IntoView {
    let words = words();
    let fact_view = move |fact: StatusFact| {
        let bad = fact.is_bad();
        let sign = bad.then(|| view! { <Icon sign=Sign::WARNING /> });
        view! {
            <span class="device-fact" data-bad=bad.then_some("true")>{sign}{fact.text(words)}</span>
        }
    };
    let label = move || {
        let status = status.get()?;
        let facts = facts(&status, clock::now(), SERVED_VERSION).into_iter();
        Some(facts.map(fact_view).collect_view())
    };
    view! { <span class="state-line">{label}</span> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::setup::SetupLang;
    use yobirin_api::device::Heartbeat;

    fn status(online: bool, heartbeat: Heartbeat) -> DeviceStatus {
        DeviceStatus {
            id: "lobby".parse().unwrap(),
            paired: Some(1),
            online,
            last_seen: Some(1_000_000),
            heartbeat: Some(heartbeat),
        }
    }

    #[test]
    fn warnings_come_before_other_facts() {
        let well = Heartbeat {
            version: "1.0".into(),
            queued: 0,
            battery: Some(80),
            lacks: Vec::new(),
            crash: None,
            stream: None,
            checks: None,
        };
        let current = StatusFact::Current("1.0".into());
        let now = 1_000_000 + 5 * MINUTE_MS;
        let fine = status(true, well.clone());
        assert_eq!(
            facts(&fine, now, "1.0"),
            [StatusFact::Battery(80), current.clone()]
        );
        let behind_proxy = Heartbeat {
            stream: Some(StreamTrouble::HeldBack),
            ..well.clone()
        };
        let late = [
            StatusFact::LateEvents(StreamTrouble::HeldBack),
            StatusFact::Battery(80),
            current.clone(),
        ];
        assert_eq!(facts(&status(true, behind_proxy), now, "1.0"), late);
        let ill = Heartbeat {
            queued: 2,
            battery: Some(12),
            ..well
        };
        let away = status(false, ill);
        let expected = [
            StatusFact::Waiting(2),
            StatusFact::Battery(12),
            StatusFact::Outdated("1.0".into()),
            StatusFact::LastSeen(5 * MINUTE_MS),
        ];
        assert_eq!(facts(&away, now, "1.1"), expected);
        let unpaired = DeviceStatus {
            paired: None,
            ..away
        };
        assert!(facts(&unpaired, now, "1.1").is_empty());
    }

    #[test]
    fn elapsed_time_is_written_in_its_largest_unit() {
        let words = SetupLang::Ja.words();
        for (ago, label) in [
            (0, "たったいま"),
            (59_999, "たったいま"),
            (MINUTE_MS, "1 分前"),
            (HOUR_MS - 1, "59 分前"),
            (3 * HOUR_MS, "3 時間前"),
            (50 * HOUR_MS, "2 日前"),
        ] {
            assert_eq!(elapsed_text(ago, words), label, "{ago} ms");
        }
    }
}

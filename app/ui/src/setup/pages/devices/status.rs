//! Status of a tablet: its presence, and further facts.

use leptos::prelude::*;
use yobirin_api::device::DeviceStatus;
use yobirin_domain::stream::StreamTrouble;
use yobirin_domain::tablet_presence::{TabletPresence, is_older_version};

use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::i18n::setup::Words;

use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::moment::moment_with_age;

/// Version of the app that the relay serves. The relay served this page too, so it is this app's own version.
const SERVED_VERSION: &str = env!("CARGO_PKG_VERSION");
/// Charge below which the battery is a warning, in percent.
pub(super) const LOW_BATTERY_PERCENT: u8 = 20;

/// A fact about a tablet.
#[derive(Clone, Debug, PartialEq, Eq)]
enum StatusFact {
    /// The tablet responds without an event stream: another page covers the kiosk, or it is reconnecting.
    NotInFront,
    /// Time of the last contact, and the milliseconds since.
    LastSeen { at: u64, elapsed: u64 },
    /// Number of calls that wait in the tablet.
    QueuedCalls(u32),
    /// The tablet's event stream is delayed.
    LateEvents(StreamTrouble),
    /// Charge of the battery, in percent.
    Battery(u8),
    /// The tablet runs an older version than the relay serves.
    Outdated(String),
    /// The tablet runs the version that the relay serves.
    Current(String),
}

impl StatusFact {
    /// True for a fact that is a warning.
    fn is_bad(&self) -> bool {
        match self {
            Self::QueuedCalls(_) | Self::LateEvents(_) | Self::Outdated(_) => true,
            Self::Battery(percent) => *percent < LOW_BATTERY_PERCENT,
            Self::NotInFront | Self::LastSeen { .. } | Self::Current(_) => false,
        }
    }

    fn text(&self, words: &Words, time_zone: &str) -> String {
        let texts = &words.devices;
        match self {
            Self::NotInFront => texts.not_in_front.to_owned(),
            Self::LastSeen { at, elapsed } => {
                let time = moment_with_age(words, *at, *elapsed, time_zone);
                fill(texts.last_seen, &[("time", &time)])
            }
            Self::QueuedCalls(count) => fill(texts.queued_calls, &[("count", &count.to_string())]),
            Self::LateEvents(StreamTrouble::HeldBack) => texts.events_held_back.to_owned(),
            Self::LateEvents(StreamTrouble::Cut) => texts.events_cut.to_owned(),
            Self::Battery(percent) => fill(texts.battery, &[("percent", &percent.to_string())]),
            Self::Outdated(version) => fill(texts.outdated_app, &[("version", version)]),
            Self::Current(version) => fill(texts.current_app, &[("version", version)]),
        }
    }
}

/// Facts about a tablet, warnings first; none for an unpaired tablet. `served` is the version that the relay serves.
fn facts(status: &DeviceStatus, served: &str) -> Vec<StatusFact> {
    if status.paired_at.is_none() {
        return Vec::new();
    }
    let mut facts = Vec::new();
    if let Some(heartbeat) = &status.heartbeat {
        if heartbeat.queued > 0 {
            facts.push(StatusFact::QueuedCalls(heartbeat.queued));
        }
        facts.extend(heartbeat.stream.map(StatusFact::LateEvents));
        facts.extend(heartbeat.battery.map(StatusFact::Battery));
        let version = heartbeat.version.clone();
        facts.push(if is_older_version(&version, served) {
            StatusFact::Outdated(version)
        } else {
            StatusFact::Current(version)
        });
    }
    let presence = status.presence();
    // A tablet that has not started since it was paired was never seen.
    if presence != TabletPresence::Connected
        && let Some((at, elapsed)) = status.last_seen.zip(status.silent_for)
    {
        if presence == TabletPresence::Away {
            facts.push(StatusFact::NotInFront);
        }
        facts.push(StatusFact::LastSeen { at, elapsed });
    }
    facts.sort_by_key(|fact| !fact.is_bad());
    facts
}

/// Badge: unpaired, online, not connected or silent.
#[component]
pub(crate) fn StatusBadge(status: Memo<Option<DeviceStatus>>) -> impl IntoView {
    let texts = &words().devices;
    let presence = presence_memo(status);
    move || {
        presence.get().map(|presence| {
            let (label, tone, state) = match presence {
                TabletPresence::Unpaired => (texts.unpaired, "todo", "todo"),
                TabletPresence::Connected => (texts.online, "done", "done"),
                TabletPresence::Away => (texts.offline, "partly", "partly"),
                TabletPresence::Silent => (texts.silent, "bad", "silent"),
            };
            let sign =
                (presence == TabletPresence::Silent).then(|| view! { <Icon sign=Sign::WARNING /> });
            view! { <span class="badge" data-tone=tone data-state=state>{sign}{label}</span> }
        })
    }
}

/// Presence of a tablet; `None` until loaded.
pub(super) fn presence_memo(status: Memo<Option<DeviceStatus>>) -> Memo<Option<TabletPresence>> {
    Memo::new(move |_| status.with(|status| status.as_ref().map(DeviceStatus::presence)))
}

/// Facts about a tablet, each with a sign if it is a warning.
#[component]
pub(crate) fn StatusFacts(status: Memo<Option<DeviceStatus>>) -> impl IntoView {
    let words = words();
    let time_zone = expect_context::<DraftStore>().memo(|document| document.site.time_zone.clone());
    // A memo of the texts: they change once a minute, the status with every poll.
    let texts = Memo::new(move |_| {
        let facts = status.with(|status| Some(facts(status.as_ref()?, SERVED_VERSION)));
        let facts = facts.unwrap_or_default();
        let text = |fact: StatusFact| (fact.is_bad(), fact.text(words, &time_zone.get()));
        facts.into_iter().map(text).collect::<Vec<_>>()
    });
    let fact_view = |(is_bad, text): (bool, String)| {
        let sign = is_bad.then(|| view! { <Icon sign=Sign::WARNING /> });
        view! { <span class="device-fact" data-bad=is_bad.then_some("true")>{sign}{text}</span> }
    };
    let list = move || texts.get().into_iter().map(fact_view).collect_view();
    view! { <span class="state-line">{list}</span> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use yobirin_api::device::Heartbeat;

    /// Five minutes in milliseconds.
    const SILENT_FOR: u64 = 5 * 60_000;

    fn status(online: bool, heartbeat: Heartbeat) -> DeviceStatus {
        DeviceStatus {
            id: "lobby".parse().unwrap(),
            paired_at: Some(1),
            online,
            last_seen: Some(1_000_000),
            silent_for: Some(if online { 20_000 } else { SILENT_FOR }),
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
        let fine = status(true, well.clone());
        assert_eq!(
            facts(&fine, "1.0"),
            [StatusFact::Battery(80), current.clone()]
        );
        let behind_proxy = Heartbeat {
            stream: Some(StreamTrouble::HeldBack),
            ..well.clone()
        };
        let late_first = [
            StatusFact::LateEvents(StreamTrouble::HeldBack),
            StatusFact::Battery(80),
            current.clone(),
        ];
        assert_eq!(facts(&status(true, behind_proxy), "1.0"), late_first);
        let ill = Heartbeat {
            queued: 2,
            battery: Some(12),
            ..well
        };
        let silent = status(false, ill);
        let expected = [
            StatusFact::QueuedCalls(2),
            StatusFact::Battery(12),
            StatusFact::Outdated("1.0".into()),
            StatusFact::LastSeen {
                at: 1_000_000,
                elapsed: SILENT_FOR,
            },
        ];
        assert_eq!(facts(&silent, "1.1"), expected);
        let hidden = DeviceStatus {
            silent_for: Some(20_000),
            heartbeat: None,
            ..silent.clone()
        };
        let contact = StatusFact::LastSeen {
            at: 1_000_000,
            elapsed: 20_000,
        };
        assert_eq!(facts(&hidden, "1.1"), [StatusFact::NotInFront, contact]);
        let unpaired = DeviceStatus {
            paired_at: None,
            ..silent
        };
        assert!(facts(&unpaired, "1.1").is_empty());
    }
}

//! How a tablet is doing: paired and online or not, and what is worth knowing beside that.

use leptos::prelude::*;
use yobirin_api::device::DeviceStatus;
use yobirin_domain::stream::StreamTrouble;

use crate::browser::clock;
use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::i18n::setup::Words;

use crate::setup::nav::words;

/// Version of the app that the relay serves: this one is part of it.
const SERVED: &str = env!("CARGO_PKG_VERSION");
/// Below this charge, in percent, a battery is worth a warning.
const LOW: u8 = 20;
const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Something worth knowing about a tablet.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fact {
    /// Last heard of so long ago, in milliseconds.
    Seen(u64),
    /// Calls that wait in the tablet.
    Waiting(u32),
    /// Events reach it late.
    LateEvents(StreamTrouble),
    /// The battery's charge in percent.
    Battery(u8),
    /// It runs another version than the relay serves.
    Outdated(String),
    /// It runs the version that the relay serves.
    Current(String),
}

impl Fact {
    fn is_bad(&self) -> bool {
        match self {
            Self::Waiting(_) | Self::LateEvents(_) | Self::Outdated(_) => true,
            Self::Battery(percent) => *percent < LOW,
            Self::Seen(_) | Self::Current(_) => false,
        }
    }

    fn in_words(&self, words: &Words) -> String {
        let w = &words.devices;
        match self {
            Self::Seen(ago) => fill(w.last_seen, &[("time", &ago_in_words(*ago, words))]),
            Self::Waiting(count) => fill(w.queued, &[("count", &count.to_string())]),
            Self::LateEvents(StreamTrouble::HeldBack) => w.events_held_back.to_owned(),
            Self::LateEvents(StreamTrouble::Cut) => w.events_cut.to_owned(),
            Self::Battery(percent) => fill(w.battery, &[("percent", &percent.to_string())]),
            Self::Outdated(version) => fill(w.app_outdated, &[("version", version)]),
            Self::Current(version) => fill(w.app_version, &[("version", version)]),
        }
    }
}

/// What is worth knowing of a tablet, most urgent first; nothing of one that is not paired.
fn facts(status: &DeviceStatus, now: u64, served: &str) -> Vec<Fact> {
    if status.paired.is_none() {
        return Vec::new();
    }
    let mut facts = Vec::new();
    if let Some(heartbeat) = &status.heartbeat {
        if heartbeat.queued > 0 {
            facts.push(Fact::Waiting(heartbeat.queued));
        }
        facts.extend(heartbeat.stream.map(Fact::LateEvents));
        facts.extend(heartbeat.battery.map(Fact::Battery));
        let version = heartbeat.version.clone();
        facts.push(if version == served {
            Fact::Current(version)
        } else {
            Fact::Outdated(version)
        });
    }
    let seen = status.last_seen.filter(|_| !status.online);
    facts.extend(seen.map(|at| Fact::Seen(now.saturating_sub(at))));
    facts.sort_by_key(|fact| !fact.is_bad());
    facts
}

/// How long ago something was, as people say it.
fn ago_in_words(ago: u64, words: &Words) -> String {
    let w = &words.devices;
    let (says, count) = match ago {
        0..MINUTE => (w.just_now, 0),
        MINUTE..HOUR => (w.minutes_ago, ago / MINUTE),
        HOUR..DAY => (w.hours_ago, ago / HOUR),
        DAY.. => (w.days_ago, ago / DAY),
    };
    fill(says, &[("count", &count.to_string())])
}

/// Paired and online, or not.
#[component]
pub(crate) fn StateBadge(status: Memo<Option<DeviceStatus>>) -> impl IntoView {
    let w = &words().devices;
    move || {
        status.get().map(|status| {
            let (says, tone) = match (status.paired, status.online) {
                (None, _) => (w.unpaired, "todo"),
                (Some(_), true) => (w.online, "done"),
                (Some(_), false) => (w.offline, "partly"),
            };
            view! { <span class="badge" data-tone=tone data-state=tone>{says}</span> }
        })
    }
}

/// What else there is to know.
#[component]
pub(crate) fn StateLine(status: Memo<Option<DeviceStatus>>) -> impl IntoView {
    let words = words();
    let one = move |fact: Fact| {
        let bad = fact.is_bad();
        let sign = bad.then(|| view! { <Icon sign=Sign::WARNING /> });
        view! {
            <span class="fact" data-bad=bad.then_some("true")>{sign}{fact.in_words(words)}</span>
        }
    };
    let says = move || {
        let status = status.get()?;
        let facts = facts(&status, clock::now(), SERVED).into_iter();
        Some(facts.map(one).collect_view())
    };
    view! { <span class="state-line">{says}</span> }
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
    fn what_needs_a_hand_comes_first_and_what_is_well_is_short() {
        let well = Heartbeat {
            version: "1.0".into(),
            queued: 0,
            battery: Some(80),
            crash: None,
            stream: None,
        };
        let current = Fact::Current("1.0".into());
        let now = 1_000_000 + 5 * MINUTE;
        let fine = status(true, well.clone());
        assert_eq!(
            facts(&fine, now, "1.0"),
            [Fact::Battery(80), current.clone()]
        );
        let behind_proxy = Heartbeat {
            stream: Some(StreamTrouble::HeldBack),
            ..well.clone()
        };
        let late = [
            Fact::LateEvents(StreamTrouble::HeldBack),
            Fact::Battery(80),
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
            Fact::Waiting(2),
            Fact::Battery(12),
            Fact::Outdated("1.0".into()),
            Fact::Seen(5 * MINUTE),
        ];
        assert_eq!(facts(&away, now, "1.1"), expected);
        let unpaired = DeviceStatus {
            paired: None,
            ..away
        };
        assert!(facts(&unpaired, now, "1.1").is_empty());
    }

    #[test]
    fn time_that_has_passed_is_told_as_people_say_it() {
        let words = SetupLang::Ja.words();
        for (ago, says) in [
            (0, "たったいま"),
            (59_999, "たったいま"),
            (MINUTE, "1 分前"),
            (HOUR - 1, "59 分前"),
            (3 * HOUR, "3 時間前"),
            (50 * HOUR, "2 日前"),
        ] {
            assert_eq!(ago_in_words(ago, words), says, "{ago} ms");
        }
    }
}

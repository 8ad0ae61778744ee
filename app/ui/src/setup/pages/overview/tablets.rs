//! Tablets at a glance: how many respond, and a notice while some do not.

use leptos::prelude::*;
use yobirin_domain::tablet_presence::TabletPresence;

use crate::components::{Alert, Tone};
use crate::i18n::fill;
use crate::i18n::setup::{Words, counted};
use crate::router::SetupPage;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Link, words};
use crate::setup::pages::devices::TabletPolling;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::moment::moment_with_age;

/// Numbers of tablets by presence, in one line. A presence that is not loaded is not counted.
fn counts_text(words: &Words, presences: &[Option<TabletPresence>]) -> String {
    let texts = &words.overview;
    let parts = [
        (TabletPresence::Silent, texts.tablets_silent),
        (TabletPresence::Connected, texts.tablets_connected),
        (TabletPresence::Away, texts.tablets_away),
        (TabletPresence::Unpaired, texts.tablets_unpaired),
    ];
    let parts = parts.into_iter().filter_map(|(presence, text)| {
        let tablets = presences.iter();
        let count = tablets.filter(|other| **other == Some(presence)).count();
        (count > 0).then(|| counted(text, count))
    });
    parts.collect::<Vec<_>>().join(texts.counts_separator)
}

/// Numbers of tablets by presence.
#[component]
pub(super) fn TabletCounts(tablets: TabletPolling) -> impl IntoView {
    let words = words();
    let presences = tablets.presences(expect_context::<DraftStore>());
    let text = Memo::new(move |_| {
        let presences = presences.get().into_iter();
        counts_text(
            words,
            &presences.map(|(_, presence)| presence).collect::<Vec<_>>(),
        )
    });
    view! { <p data-tablet-counts="">{move || text.get()}</p> }
}

/// Says which tablets do not respond and what to do. Renders nothing while all respond.
#[component]
pub(super) fn SilentTablets(tablets: TabletPolling) -> impl IntoView {
    let words = words();
    let texts = &words.overview;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let presences = tablets.presences(store);
    let silent = Memo::new(move |_| {
        let presences = presences.get().into_iter();
        let silent = presences.filter(|(_, presence)| *presence == Some(TabletPresence::Silent));
        silent.map(|(id, _)| id).collect::<Vec<_>>()
    });
    move || {
        let silent = silent.get();
        let (title, advice, page, label) = match silent.as_slice() {
            [] => return None,
            [only] => {
                let status = tablets.status(only.clone());
                let name = names.device(only);
                let title = move || {
                    let (last_seen, silent_for) = status.with(|status| {
                        let status = status.as_ref()?;
                        status.last_seen.zip(status.silent_for)
                    })?;
                    let zone = store.with(|document| document.site.time_zone.clone());
                    let time = moment_with_age(words, last_seen, silent_for, &zone);
                    Some(fill(texts.silent_one, &[("name", &name), ("time", &time)]))
                };
                let title = Signal::from(Memo::new(move |_| title()));
                (
                    title,
                    texts.silent_advice,
                    SetupPage::Device(only.clone()),
                    texts.silent_open,
                )
            }
            several => {
                let title = counted(texts.silent_several, several.len());
                let title = Signal::stored(Some(title));
                (
                    title,
                    texts.silent_advice_several,
                    SetupPage::Devices,
                    texts.silent_open_all,
                )
            }
        };
        Some(view! {
            <Alert tone=Tone::Warn kind="silent-tablets">
                <p><strong>{move || title.get()}</strong></p>
                <p>{advice}</p>
                <Link to=page class="button small" action="silent">{label}</Link>
            </Alert>
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::setup::SetupLang;

    #[test]
    fn tablets_are_counted_by_presence_and_silent_ones_are_named_first() {
        let text = |lang: SetupLang, presences: &[TabletPresence]| {
            let presences: Vec<_> = presences.iter().copied().map(Some).collect();
            counts_text(lang.words(), &presences)
        };
        let office = [
            TabletPresence::Connected,
            TabletPresence::Silent,
            TabletPresence::Connected,
            TabletPresence::Unpaired,
        ];
        assert_eq!(
            text(SetupLang::Ja, &office),
            "1\u{a0}台から応答がありません・2\u{a0}台が動いています・1\u{a0}台は未ペアリングです"
        );
        assert_eq!(
            text(SetupLang::En, &office),
            "1 tablet is not responding · 2 tablets are connected · 1 tablet is not paired yet"
        );
        assert_eq!(
            text(SetupLang::En, &[TabletPresence::Connected]),
            "1 tablet is connected"
        );
        assert_eq!(counts_text(SetupLang::Ja.words(), &[None, None]), "");
    }
}

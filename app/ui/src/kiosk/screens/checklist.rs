//! Checklist of the tablet, for staff: ticks that follow the tablet's state, with instructions for this kind of
//! machine.

use leptos::prelude::*;
use yobirin_domain::tablet_checks::{TabletCheck, TabletKind};

use crate::browser::tablet_checks;
use crate::browser::task::spawn;
use crate::components::{Icon, Sign};
use crate::i18n::kiosk::{Checklist, RareWords, kind_name};
use crate::kiosk::rendering::erased;
use crate::kiosk::session::{checklist, load_translations};
use crate::kiosk::state::KioskState;

/// Words that are loaded when they are first shown.
#[derive(Clone, Copy)]
pub(super) enum WordsOnDemand {
    Loading,
    Loaded(&'static RareWords),
    Failed,
}

impl WordsOnDemand {
    /// The words, once they are loaded.
    pub(super) fn loaded(self) -> Option<&'static RareWords> {
        match self {
            Self::Loaded(words) => Some(words),
            Self::Loading | Self::Failed => None,
        }
    }
}

/// Loads the words of the checklist in the present language.
pub(super) fn load_words(kiosk: KioskState) -> RwSignal<WordsOnDemand> {
    let words = RwSignal::new(WordsOnDemand::Loading);
    let lang = kiosk.lang.get_untracked();
    spawn(async move {
        let loaded = load_translations::load_rare(lang).await;
        let loaded = loaded.map_or(WordsOnDemand::Failed, WordsOnDemand::Loaded);
        let _ = words.try_set(loaded); // the card may be closed by now
    });
    words
}

/// Content of the dialog.
pub(crate) fn view(kiosk: KioskState) -> AnyView {
    let words = load_words(kiosk);
    let kind = RwSignal::new(tablet_checks::detected().kind);
    let report = Memo::new(move |_| {
        kiosk.now.get();
        checklist::report(kiosk)
    });
    let content = move || {
        let words = match words.get() {
            WordsOnDemand::Loading => return None,
            WordsOnDemand::Failed => {
                let failure_text = kiosk.words().pairing.unreachable;
                return Some(view! { <p class="notice warn">{failure_text}</p> }.into_any());
            }
            WordsOnDemand::Loaded(words) => &words.checklist,
        };
        let kinds = TabletKind::ALL.map(|option| {
            view! {
                <button
                    type="button"
                    class="button"
                    data-kind=option.key()
                    aria-pressed=move || (kind.get() == option).to_string()
                    on:click=move |_| kind.set(option)
                >
                    {kind_name(option)}
                </button>
            }
            .into_any()
        });
        let lines = TabletCheck::ALL.map(|check| {
            let is_met = Memo::new(move |_| report.with(|report| report.is_met(check)));
            let applies = Memo::new(move |_| report.with(|report| report.applies(check)));
            line(words, check, is_met, applies, kind)
        });
        Some(
            view! {
            <h2>{words.title}</h2>
            <p>{words.lead}</p>
            <div class="access" role="group" aria-label=words.kind>{kinds.into_iter().collect_view()}</div>
            <ul class="checks" role="list">{lines.into_iter().collect_view()}</ul>
            <p>{words.leave}</p>
        }
        .into_any())
    };
    erased(content).into_any()
}

/// Entry of one check: its tick, and while it is not met the instructions.
fn line(
    words: &'static Checklist,
    check: TabletCheck,
    is_met: Memo<bool>,
    applies: Memo<bool>,
    kind: RwSignal<TabletKind>,
) -> AnyView {
    let confirm = (check == TabletCheck::Pinned).then(|| {
        view! {
            <label>
                <input
                    type="checkbox"
                    prop:checked=checklist::is_pinned()
                    on:change=|event| checklist::confirm_pinned(event_target_checked(&event))
                />
                {words.confirm}
            </label>
        }
        .into_any()
    });
    let content = move || {
        let (name, instruction) = words.line(check, kind.get());
        // Word joiners keep the options of a command, such as --kiosk, on one line.
        let instruction = instruction.replace('-', "-\u{2060}");
        let (state, sign) = match is_met.get() {
            true => (words.done, Sign::DONE),
            false => (words.open, Sign::WARNING),
        };
        view! {
            <Icon sign=sign />
            <strong><span class="visually-hidden">{state}": "</span>{name}</strong>
            {(!is_met.get()).then(|| view! { <p>{instruction}</p> }.into_any())}
        }
    };
    view! {
        <li data-check=check.key() data-met=move || is_met.get().to_string() hidden=move || !applies.get()>
            {erased(content)}
            {confirm}
        </li>
    }
    .into_any()
}

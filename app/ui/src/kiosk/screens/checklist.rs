//! Checklist of the tablet, for staff: a tick for each check that the tablet meets, an instruction for each other.

use leptos::prelude::*;
use yobirin_domain::tablet_checks::{TabletCheck, TabletKind};

use crate::browser::tablet_checks;
use crate::components::{Icon, Sign};
use crate::i18n::kiosk::{Checklist, kind_name};
use crate::kiosk::rendering::erased;
use crate::kiosk::screens::words_on_demand::{self, WordsOnDemand};
use crate::kiosk::session::checklist;
use crate::kiosk::state::KioskState;

/// Content of the dialog.
pub(crate) fn view(kiosk: KioskState) -> AnyView {
    let loaded_words = words_on_demand::load(kiosk);
    let kind = RwSignal::new(tablet_checks::detected().kind);
    let report = Memo::new(move |_| {
        kiosk.now.get(); // computed again every second
        checklist::report(kiosk)
    });
    let content = move || {
        let words = match loaded_words.get() {
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

/// Entry of one check: its tick, or the instruction while it is not met.
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

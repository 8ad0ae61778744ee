//! Calls that wait for an answer, on the menu: a strip of a few, and a dialog with all. Both show only the
//! references, which the visitors know.

use leptos::prelude::*;
use yobirin_domain::model::id::CallId;

use crate::i18n::fill;
use crate::i18n::kiosk::{Menu, Words};
use crate::kiosk::calls::listed_calls::{ListedCall, strip_calls};
use crate::kiosk::calls::queue::Queue;
use crate::kiosk::click_handlers::ignore_double_click;
use crate::kiosk::controller;
use crate::kiosk::navigation::Overlay;
use crate::kiosk::render_context::RenderContext;
use crate::kiosk::rendering::erased;
use crate::kiosk::state::KioskState;

/// The strip; empty when no call waits.
pub(super) fn view(context: &RenderContext) -> AnyView {
    let (kiosk, words) = (context.kiosk, &context.words.menu);
    let listed = listed_calls(kiosk);
    let strip = move || {
        let calls = listed.get();
        let shown = strip_calls(&calls);
        let more = calls.len() - shown.len();
        let more = (more > 0).then(|| {
            let label = fill(words.more_calls, &[("n", &more.to_string())]);
            let open = ignore_double_click(move || kiosk.show_overlay(Some(Overlay::ListedCalls)));
            view! { <button type="button" class="button listed-call" data-state="more-calls" on:click=open>{label}</button> }
        });
        (!calls.is_empty()).then(|| {
            view! {
                <div class="listed-calls" role="group" aria-label=words.listed_calls>
                    {entries(kiosk, words, shown)}
                    {more}
                </div>
            }
        })
    };
    erased(strip).into_any()
}

/// Content of the dialog with all calls.
pub(crate) fn dialog_content(kiosk: KioskState, words: &'static Words) -> AnyView {
    let words = &words.menu;
    let listed = listed_calls(kiosk);
    let all = move || entries(kiosk, words, listed.get());
    view! {
        <h2>{words.listed_calls}</h2>
        <div class="listed-calls">{erased(all)}</div>
    }
    .into_any()
}

fn listed_calls(kiosk: KioskState) -> Memo<Vec<ListedCall>> {
    Memo::new(move |_| kiosk.queue.with(Queue::listed_calls))
}

fn entries(kiosk: KioskState, words: &'static Menu, calls: Vec<ListedCall>) -> AnyView {
    let entry = |(id, is_answered)| entry(kiosk, words, id, is_answered);
    let entries: Vec<AnyView> = calls.into_iter().map(entry).collect();
    entries.into_any()
}

fn entry(kiosk: KioskState, words: &'static Menu, id: CallId, is_answered: bool) -> AnyView {
    // The half of the reference before the hyphen is enough to tell a few calls apart; the ellipsis stands for the
    // rest.
    let reference = id.reference().to_string();
    let first_half = reference.split('-').next().unwrap_or_default();
    let label = [first_half, "…"].concat();
    let (class, state_text) = match is_answered {
        true => ("button listed-call answered", words.has_answer),
        false => ("button listed-call", words.awaits_answer),
    };
    let open = ignore_double_click(move || controller::open_call(kiosk, id));
    view! {
        <button type="button" class=class data-state="listed-call" data-answered=is_answered.to_string() on:click=open>
            <strong>{label}</strong>
            <span>{state_text}</span>
        </button>
    }
    .into_any()
}

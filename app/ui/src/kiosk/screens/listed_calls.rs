//! Strip of the menu with the calls that wait for an answer. It shows only their references, which their visitors
//! know.

use leptos::prelude::*;
use yobirin_domain::model::id::CallId;

use crate::kiosk::calls::queue::Queue;
use crate::kiosk::click_handlers::ignore_double_click;
use crate::kiosk::controller;
use crate::kiosk::render_context::RenderContext;
use crate::kiosk::rendering::erased;

/// The strip; empty when no call waits.
pub(super) fn view(context: &RenderContext) -> AnyView {
    let (kiosk, words) = (context.kiosk, &context.words.menu);
    let listed = Memo::new(move |_| kiosk.queue.with(Queue::listed_calls));
    let entry = move |(id, is_answered): (CallId, bool)| {
        // The half of the reference before the hyphen is enough to tell a few calls apart; the ellipsis stands for
        // the rest.
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
    };
    let strip = move || {
        let calls = listed.get();
        (!calls.is_empty()).then(|| {
            let entries: Vec<AnyView> = calls.into_iter().map(entry).collect();
            view! { <div class="listed-calls" role="group" aria-label=words.listed_calls>{entries}</div> }
        })
    };
    erased(strip).into_any()
}

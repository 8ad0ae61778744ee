//! Outside opening hours: a dark screen, and behind it, at a touch, when visitors are received and whom
//! to ask until then.

use leptos::prelude::*;
use yobirin_domain::model::hours::{Hours, LocalDateTime};
use yobirin_domain::model::lang::Lang;

use crate::kiosk::desk::Desk;
use crate::kiosk::parts::{self, part};
use crate::kiosk::shell::Scene;
use crate::locale::fill;
use crate::platform::clock;

/// Seen after a touch.
pub(in crate::kiosk) fn view(scene: &Scene) -> AnyView {
    let words = &scene.words.rest;
    let site = scene.office.settings().site();
    let now = clock::moment(&site.time_zone);
    let hours = scene.office.hours();
    let tag = scene.lang.tag();
    let next = hours
        .next_transition(now)
        .filter(|change| change.opens)
        .map(|change| {
            let day = clock::day_name(change.at.day, tag);
            fill(
                words.next,
                &[("day", &day), ("time", &change.at.time.to_string())],
            )
        });
    let today = match spans(hours, now) {
        spans if spans.is_empty() => words.not_today.to_owned(),
        spans => fill(words.today, &[("hours", &spans)]),
    };
    let call = &scene.words.call;
    // Nobody may be nearby now: without a telephone there is nobody to point to.
    let phone = !site.contact.phone.trim().is_empty();
    let contact = phone.then(|| parts::contact(&site.contact, call.contact, ""));
    view! {
        <section class="message">
            {parts::heading(words.closed)}
            <p class="lead">{today}</p>
            <p class="lead">{next}</p>
            {contact}
        </section>
    }
    .into_any()
}

fn spans(hours: Hours<'_>, now: LocalDateTime) -> String {
    let Hours::Weekly { week, closed } = hours else {
        return String::new();
    };
    if closed.contains(&now.day) {
        return String::new();
    }
    let spans = week.on(now.day.weekday()).iter();
    let spans: Vec<String> = spans
        .map(|span| format!("{}–{}", span.from, span.to))
        .collect();
    spans.join("  ")
}

/// The dark screen. The clock changes its place every minute, so that it leaves no mark.
pub(in crate::kiosk) fn dark(desk: Desk, minute: Memo<u64>) -> AnyView {
    let shown = move || {
        let office = desk.office.get().filter(|_| desk.is_resting())?;
        let time = clock::time_of_day(minute.get() * 60_000, &office.settings().site().time_zone);
        Some(view! {
            <button type="button" class="dark" data-state="rest" data-place=(minute.get() % 5).to_string()>
                <span class="dark-clock">{time}</span>
                <span>{desk.words().rest.wake}</span>
                {(desk.lang.get() != Lang::En).then(|| view! { <span lang="en">"Touch the screen"</span> })}
            </button>
        })
    };
    view! { <div>{part(shown)}</div> }.into_any()
}

//! Outside opening hours: a screensaver, and behind it the opening hours and the contact.

use leptos::prelude::*;
use yobirin_domain::model::closed_days::closed_on;
use yobirin_domain::model::hours::{Hours, LocalDateTime};
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::Site;

use super::listed_calls;
use crate::browser::clock;
use crate::i18n::fill;
use crate::i18n::kiosk::Closed;
use crate::kiosk::render_context::RenderContext;
use crate::kiosk::rendering::erased;
use crate::kiosk::shared_views;
use crate::kiosk::state::KioskState;

/// Number of places where the style sheet puts the screensaver's clock (`.standby[data-place]`); place 0 is the
/// middle.
const CLOCK_PLACES: u64 = 5;

/// Screen that a touch on the screensaver opens: today's hours, the next opening, and the contact.
pub(in crate::kiosk) fn view(context: &RenderContext) -> AnyView {
    let words = &context.words.closed;
    let site = context.settings.site();
    let now = clock::local_date_time(&site.time_zone);
    let hours = context.settings.hours();
    let next_opening = next_opening(hours, now, context.lang, words);
    let hours_today = match todays_hours(hours, now).as_str() {
        "" => closed_today_named(site, now, context.lang, words)
            .unwrap_or_else(|| words.closed_today.to_owned()),
        spans => fill(words.open_today, &[("hours", spans)]),
    };
    let call = &context.words.call;
    // Nobody may be nearby now, so a contact without telephone number is no help.
    let has_phone = !site.contact.phone.trim().is_empty();
    let contact =
        has_phone.then(|| shared_views::contact(site, context.lang, call.contact_by_phone, ""));
    view! {
        <section class="message">
            {shared_views::heading(words.closed_now)}
            <p class="lead">{hours_today}</p>
            <p class="lead">{next_opening}</p>
            {contact}
            {listed_calls::view(context)}
        </section>
    }
    .into_any()
}

/// Sentence that says under which name today is closed, such as 年末年始; `None` when it is not closed under a name.
fn closed_today_named(
    site: &Site,
    now: LocalDateTime,
    lang: Lang,
    words: &Closed,
) -> Option<String> {
    let name = site.closed_days_name(now.day, lang)?;
    Some(fill(words.closed_today_named, &[("name", name)]))
}

/// Sentence with day and time of the next opening; `None` when none is known.
fn next_opening(
    hours: Hours<'_>,
    now: LocalDateTime,
    lang: Lang,
    words: &Closed,
) -> Option<String> {
    let change = hours.next_transition(now).filter(|change| change.opens)?;
    let day = clock::format_day(change.at.day, lang.tag());
    let values = [("day", day.as_str()), ("time", &change.at.time.to_string())];
    let sentence = match change.at.day == now.day {
        true => words.next_opening_today,
        false => words.next_opening,
    };
    Some(fill(sentence, &values))
}

/// Today's opening hours, such as `9:00–12:00  13:00–18:00`; `""` on a closed day.
fn todays_hours(hours: Hours<'_>, now: LocalDateTime) -> String {
    let Hours::Weekly { week, closed } = hours else {
        return String::new();
    };
    if closed_on(closed, now.day).is_some() {
        return String::new();
    }
    let spans = week.on(now.day.weekday()).iter();
    let spans: Vec<String> = spans
        .map(|span| format!("{}–{}", span.from, span.to))
        .collect();
    spans.join("  ")
}

/// Dark screensaver. The clock moves every minute, so that it does not burn into the screen.
pub(in crate::kiosk) fn screensaver(kiosk: KioskState, minute: Memo<u64>) -> AnyView {
    let content = move || {
        let settings = kiosk.settings.get().filter(|_| kiosk.is_screensaver_on())?;
        let site = settings.site();
        let zone = &site.time_zone;
        let time = clock::time_of_day(minute.get() * clock::MINUTE_MS, zone);
        let (lang, words) = (kiosk.lang.get(), &kiosk.words().closed);
        let now = clock::local_date_time(zone);
        let opening = next_opening(settings.hours(), now, lang, words);
        let closed = closed_today_named(site, now, lang, words);
        let closed = closed.unwrap_or_else(|| words.closed_now.to_owned());
        Some(view! {
            <button type="button" class="standby" data-state="rest" data-place=(minute.get() % CLOCK_PLACES).to_string()>
                <span class="standby-clock">{time}</span>
                <span>{closed}</span>
                <span>{opening}</span>
                <span>{words.touch_screen}</span>
                {(lang != Lang::En).then(|| view! { <span lang="en">"Touch the screen"</span> })}
            </button>
        })
    };
    view! { <div>{erased(content)}</div> }.into_any()
}

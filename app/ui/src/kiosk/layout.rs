//! Around every screen: the way back, the office and the clock above; languages, looks and staff below;
//! and what lies over the screen when need be.

use leptos::html::Dialog;
use leptos::prelude::*;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::menu::Icon;
use yobirin_domain::model::settings::StaffHelp;

use super::idle::Countdown;
use crate::browser::clock;
use crate::browser::task::whenever;
use crate::components::{Picture, Sign};
use crate::i18n::fill;
use crate::i18n::kiosk::Words;
use crate::kiosk::navigation::{Flow, Intent, Over, Screen};
use crate::kiosk::screens::accessibility;
use crate::kiosk::screens::staff_exit::{self, Lock};
use crate::kiosk::state::{Desk, Entry};
use crate::kiosk::widgets::{self, once, part, press, renewed};

/// Above the screen.
pub(super) fn top(desk: Desk, screen: Memo<Screen>, minute: Memo<u64>) -> AnyView {
    let start = move || {
        let words = desk.words();
        let office = desk.office.get();
        match (desk.entry.get(), screen.get(), office) {
            (Entry::Open, Screen::Menu, Some(office)) => {
                let site = office.settings().site().clone();
                let name = site.name.trim();
                let welcome =
                    (!name.is_empty()).then(|| fill(words.menu.welcome, &[("office", name)]));
                view! {
                    {site.logo.map(|logo| view! { <img class="logo" src=logo alt="" /> })}
                    <span class="office">{welcome}</span>
                }
                .into_any()
            }
            (Entry::Open, screen, Some(_)) => {
                let calling = matches!(screen, Screen::Call(_));
                let back = (!calling).then(|| {
                    view! {
                        <button type="button" class="button quiet tool" data-state="back" on:click=press(desk, Intent::Back)>
                            <Picture sign=Sign::BACK />
                            {words.frame.back}
                        </button>
                    }
                });
                view! {
                    {back}
                    <button type="button" class="button quiet tool" data-state="home" on:click=press(desk, Intent::Home)>
                        {words.frame.home}
                    </button>
                }
                .into_any()
            }
            _ => ().into_any(),
        }
    };
    let begun = desk.now.get_untracked();
    let ticks = Memo::new(move |_| desk.now.get() != begun);
    let time = move || {
        let now = minute.get() * 60_000;
        let office = desk.office.get()?;
        let zone = &office.settings().site().time_zone;
        // The first time zone takes a browser long: the menu comes first, and is nearly always there.
        Some(match ticks.get() {
            true => clock::time_of_day(now, zone),
            false => clock::time_here(now),
        })
    };
    let bar = widgets::measured_bar("--top-height");
    view! {
        <header class="top" node_ref=bar>
            <div class="top-start">{part(start)}</div>
            <div class="helps">{accessibility::opener(desk)} {staff_exit::clock_to_hold(desk, time)}</div>
        </header>
    }
    .into_any()
}

/// Honest news that concern every screen.
pub(super) fn banner(desk: Desk) -> AnyView {
    // A call under way says for itself how it fares.
    let free = move || {
        let calling = desk
            .flow
            .with(|flow| matches!(flow.screen(), Screen::Call(_)));
        desk.entry.get() == Entry::Open && !calling
    };
    let cut_off = Memo::new(move |_| free() && desk.is_cut_off());
    let undelivered = Memo::new(move |_| free() && !desk.delivering.get());
    let news = move || {
        let words = desk.words();
        match (cut_off.get(), undelivered.get()) {
            (true, _) => Some(words.frame.offline),
            (_, true) => Some(words.frame.chatwork_down),
            _ => None,
        }
    };
    // Nobody may come, so whom to phone is part of the news.
    let phone = move || {
        let office = desk.office.get()?;
        let contact = &office.settings().site().contact;
        let phone = [contact.name.trim(), contact.phone.trim()];
        (!phone[1].is_empty()).then(|| phone.join(" ").trim().to_owned())
    };
    let shown = move |text: &'static str| {
        let phone = phone().map(|phone| {
            view! { <strong class="news-phone"><Picture sign=Sign::PHONE />{phone}</strong> }
        });
        view! {
            <p class="notice warn news" data-state="news">
                <Picture sign=Sign::WARNING />
                <span>{text}</span>
                {phone}
            </p>
        }
    };
    let news = move || {
        let text = news();
        (text, text.map(shown).into_any())
    };
    view! { <div role="status">{renewed(news)}</div> }.into_any()
}

/// Below the screen.
pub(super) fn bottom(desk: Desk, lang: Memo<Lang>) -> AnyView {
    let offered = move || {
        let office = desk.office.get();
        let site = office.map(|office| office.settings().site().languages.clone());
        site.unwrap_or_else(|| Lang::ALL.to_vec())
    };
    let language = move |one: Lang| {
        view! {
            <button
                type="button"
                class="language"
                lang=one.tag()
                data-lang=one.tag()
                aria-pressed=move || (lang.get() == one).to_string()
                on:click=move |_| desk.speak(one)
            >
                {one.own_name()}
            </button>
        }
    };
    let languages = move || {
        let offered = offered();
        (offered.len() > 1).then(|| offered.into_iter().map(language).collect_view())
    };
    let help = Memo::new(move |_| {
        let closed = desk.closed.get();
        let office = desk.office.get()?;
        let help = office.staff_help(!closed);
        // Nobody is there to be called, and there is nothing to show.
        (!closed || help == StaffHelp::Phone).then_some(help)
    });
    let staff = move || {
        let help = help.get()?;
        let label = move || desk.words().frame.staff_label(help);
        // The second click of a double tap that woke the screen calls nobody; a card does no harm.
        let ring = once(move || desk.call_staff());
        let act = move |event| match help {
            StaffHelp::Ring => ring(event),
            StaffHelp::Phone | StaffHelp::Nothing => desk.show(Some(Over::Staff)),
        };
        let sign = match help {
            StaffHelp::Ring => Sign::of(Icon::Bell),
            StaffHelp::Phone => Sign::PHONE,
            StaffHelp::Nothing => Sign::of(Icon::Help),
        };
        Some(view! {
            <button type="button" class="button staff" data-state="staff" data-help=help.key() on:click=act>
                <Picture sign=sign />
                {part(label)}
            </button>
        })
    };
    let bar = widgets::measured_bar("--bottom-height");
    view! {
        <footer class="bottom" node_ref=bar>
            <div class="languages" role="group" aria-label=move || desk.words().frame.languages>
                {part(languages)}
            </div>
            {part(staff)}
        </footer>
    }
    .into_any()
}

/// The last seconds before the tablet goes back to its menu.
pub(super) fn countdown(desk: Desk) -> AnyView {
    let is_shown = Memo::new(move |_| {
        let told = matches!(desk.flow.with(|flow| flow.screen().clone()), Screen::Call(id)
            if desk.queue.with(|queue| queue.is_done(id)));
        matches!(desk.countdown.get(), Countdown::Seconds(_)) && !told
    });
    let shown = move || {
        is_shown.get().then(|| {
            let words = desk.words();
            // Not read from a memo, which would go on knowing every countdown there ever was.
            let left = move || match desk.countdown.get() {
                Countdown::Seconds(left) => {
                    fill(words.frame.idle_left, &[("n", &left.to_string())])
                }
                Countdown::Long | Countdown::Over => String::new(),
            };
            view! {
                <div class="countdown" data-state="countdown">
                    <p>
                        <strong>{words.frame.idle}</strong>
                        <span class="left" aria-hidden="true">{part(left)}</span>
                    </p>
                    // Any tap gives the whole time again, so it needs nothing of its own to do.
                    <button type="button" class="button main">{words.frame.stay}</button>
                </div>
            }
        })
    };
    view! { <div role="status">{part(shown)}</div> }.into_any()
}

/// What lies over everything: a card for staff, looks, or the way out.
pub(super) fn over(desk: Desk) -> AnyView {
    let dialog = NodeRef::<Dialog>::new();
    let over = Memo::new(move |_| desk.flow.with(Flow::over));
    let lock = Lock::new();
    whenever(move || {
        let wanted = over.get().is_some();
        let Some(dialog) = dialog.get() else {
            return;
        };
        if wanted && !dialog.open() {
            let _ = dialog.show_modal(); // only fails when it is open already
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    let inside = move || {
        let words = desk.words();
        let (card, close) = match over.get()? {
            Over::Staff => (staff(desk, words), "button main big"),
            Over::Access => (accessibility::card(desk, words), "button main big"),
            Over::Exit => (staff_exit::card(desk, words, lock), "button big"),
        };
        Some(view! {
            {card}
            <button type="button" class=close data-state="close" on:click=move |_| desk.show(None)>
                {words.frame.close}
            </button>
        })
    };
    view! {
        <dialog class="dialog card-over" node_ref=dialog on:close=move |_| desk.show(None)>
            {part(inside)}
        </dialog>
    }
    .into_any()
}

/// Whom to talk to.
fn staff(desk: Desk, words: &'static Words) -> AnyView {
    let contact = desk.office.with_untracked(|office| {
        office
            .as_ref()
            .map(|office| office.settings().site().contact.clone())
    });
    let contact = contact.unwrap_or_default();
    let say = words.frame.staff_none;
    view! {
        <h2>{words.frame.staff_title}</h2>
        {widgets::contact(&contact, words.call.contact, say)}
    }
    .into_any()
}

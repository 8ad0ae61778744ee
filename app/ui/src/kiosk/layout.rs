//! Around every screen: the way back, the office and the clock above; languages, looks and staff below;
//! and what lies over the screen when need be.

use leptos::html::Dialog;
use leptos::prelude::*;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::menu::Icon;
use yobirin_domain::model::settings::StaffHelp;

use super::idle::Countdown;
use crate::browser::clock;
use crate::browser::task::run_effect;
use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::i18n::kiosk::Words;
use crate::kiosk::navigation::{Intent, Navigation, Overlay, Screen};
use crate::kiosk::screens::accessibility;
use crate::kiosk::screens::staff_exit::{self, PinLockout};
use crate::kiosk::state::{KioskPhase, KioskState};
use crate::kiosk::widgets::{self, erased, ignore_double_click, on_press, rebuilt_by_key};

/// Above the screen.
pub(super) fn header(kiosk: KioskState, screen: Memo<Screen>, minute: Memo<u64>) -> AnyView {
    let start = move || {
        let words = kiosk.words();
        let office = kiosk.settings.get();
        match (kiosk.phase.get(), screen.get(), office) {
            (KioskPhase::Open, Screen::Menu, Some(office)) => {
                let site = office.document().site().clone();
                let name = site.name.trim();
                let welcome =
                    (!name.is_empty()).then(|| fill(words.menu.welcome, &[("office", name)]));
                view! {
                    {site.logo.map(|logo| view! { <img class="logo" src=logo alt="" /> })}
                    <span class="office">{welcome}</span>
                }
                .into_any()
            }
            (KioskPhase::Open, screen, Some(_)) => {
                let calling = matches!(screen, Screen::Call(_));
                let back = (!calling).then(|| {
                    view! {
                        <button type="button" class="button quiet tool" data-state="back" on:click=on_press(kiosk, Intent::Back)>
                            <Icon sign=Sign::BACK />
                            {words.frame.back}
                        </button>
                    }
                });
                view! {
                    {back}
                    <button type="button" class="button quiet tool" data-state="home" on:click=on_press(kiosk, Intent::Home)>
                        {words.frame.home}
                    </button>
                }
                .into_any()
            }
            _ => ().into_any(),
        }
    };
    let begun = kiosk.now.get_untracked();
    let ticks = Memo::new(move |_| kiosk.now.get() != begun);
    let time = move || {
        let now = minute.get() * 60_000;
        let office = kiosk.settings.get()?;
        let zone = &office.document().site().time_zone;
        // The first time zone takes a browser long: the menu comes first, and is nearly always there.
        Some(match ticks.get() {
            true => clock::time_of_day(now, zone),
            false => clock::local_time_of_day(now),
        })
    };
    let bar = widgets::measured_bar("--top-height");
    view! {
        <header class="top" node_ref=bar>
            <div class="top-start">{erased(start)}</div>
            <div class="helps">{accessibility::open_button(kiosk)} {staff_exit::clock_with_long_press(kiosk, time)}</div>
        </header>
    }
    .into_any()
}

/// Honest news that concern every screen.
pub(super) fn banner(kiosk: KioskState) -> AnyView {
    // A call under way says for itself how it fares.
    let free = move || {
        let calling = kiosk
            .navigation
            .with(|navigation| matches!(navigation.screen(), Screen::Call(_)));
        kiosk.phase.get() == KioskPhase::Open && !calling
    };
    let cut_off = Memo::new(move |_| free() && kiosk.is_offline());
    let undelivered = Memo::new(move |_| free() && !kiosk.is_delivering.get());
    let news = move || {
        let words = kiosk.words();
        match (cut_off.get(), undelivered.get()) {
            (true, _) => Some(words.frame.offline),
            (_, true) => Some(words.frame.chatwork_down),
            _ => None,
        }
    };
    // Nobody may come, so whom to phone is part of the news.
    let phone = move || {
        let office = kiosk.settings.get()?;
        let contact = &office.document().site().contact;
        let phone = [contact.name.trim(), contact.phone.trim()];
        (!phone[1].is_empty()).then(|| phone.join(" ").trim().to_owned())
    };
    let shown = move |text: &'static str| {
        let phone = phone().map(|phone| {
            view! { <strong class="news-phone"><Icon sign=Sign::PHONE />{phone}</strong> }
        });
        view! {
            <p class="notice warn news" data-state="news">
                <Icon sign=Sign::WARNING />
                <span>{text}</span>
                {phone}
            </p>
        }
    };
    let news = move || {
        let text = news();
        (text, text.map(shown).into_any())
    };
    view! { <div role="status">{rebuilt_by_key(news)}</div> }.into_any()
}

/// Below the screen.
pub(super) fn footer(kiosk: KioskState, lang: Memo<Lang>) -> AnyView {
    let offered = move || {
        let office = kiosk.settings.get();
        let site = office.map(|office| office.document().site().languages.clone());
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
                on:click=move |_| kiosk.set_language(one)
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
        let closed = kiosk.is_closed.get();
        let office = kiosk.settings.get()?;
        let help = office.staff_help(!closed);
        // Nobody is there to be called, and there is nothing to show.
        (!closed || help == StaffHelp::Phone).then_some(help)
    });
    let staff = move || {
        let help = help.get()?;
        let label = move || kiosk.words().frame.staff_label(help);
        // The second click of a double tap that woke the screen calls nobody; a card does no harm.
        let ring = ignore_double_click(move || kiosk.call_staff());
        let act = move |event| match help {
            StaffHelp::Ring => ring(event),
            StaffHelp::Phone | StaffHelp::Nothing => kiosk.show_overlay(Some(Overlay::Staff)),
        };
        let sign = match help {
            StaffHelp::Ring => Sign::of(Icon::Bell),
            StaffHelp::Phone => Sign::PHONE,
            StaffHelp::Nothing => Sign::of(Icon::Help),
        };
        Some(view! {
            <button type="button" class="button staff" data-state="staff" data-help=help.key() on:click=act>
                <Icon sign=sign />
                {erased(label)}
            </button>
        })
    };
    let bar = widgets::measured_bar("--bottom-height");
    view! {
        <footer class="bottom" node_ref=bar>
            <div class="languages" role="group" aria-label=move || kiosk.words().frame.languages>
                {erased(languages)}
            </div>
            {erased(staff)}
        </footer>
    }
    .into_any()
}

/// The last seconds before the tablet goes back to its menu.
pub(super) fn countdown(kiosk: KioskState) -> AnyView {
    let is_shown = Memo::new(move |_| {
        let told = matches!(kiosk.navigation.with(|navigation| navigation.screen().clone()), Screen::Call(id)
            if kiosk.queue.with(|queue| queue.has_succeeded(id)));
        matches!(kiosk.countdown.get(), Countdown::Seconds(_)) && !told
    });
    let shown = move || {
        is_shown.get().then(|| {
            let words = kiosk.words();
            // Not read from a memo, which would go on knowing every countdown there ever was.
            let left = move || match kiosk.countdown.get() {
                Countdown::Seconds(left) => {
                    fill(words.frame.idle_left, &[("n", &left.to_string())])
                }
                Countdown::Hidden | Countdown::Elapsed => String::new(),
            };
            view! {
                <div class="countdown" data-state="countdown">
                    <p>
                        <strong>{words.frame.idle}</strong>
                        <span class="left" aria-hidden="true">{erased(left)}</span>
                    </p>
                    // Any tap gives the whole time again, so it needs nothing of its own to do.
                    <button type="button" class="button main">{words.frame.stay}</button>
                </div>
            }
        })
    };
    view! { <div role="status">{erased(shown)}</div> }.into_any()
}

/// What lies over everything: a card for staff, looks, or the way out.
pub(super) fn overlay(kiosk: KioskState) -> AnyView {
    let dialog = NodeRef::<Dialog>::new();
    let over = Memo::new(move |_| kiosk.navigation.with(Navigation::overlay));
    let lock = PinLockout::new();
    run_effect(move || {
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
        let words = kiosk.words();
        let (card, close) = match over.get()? {
            Overlay::Staff => (staff_card(kiosk, words), "button main big"),
            Overlay::Access => (accessibility::card(kiosk, words), "button main big"),
            Overlay::Exit => (staff_exit::card(kiosk, words, lock), "button big"),
        };
        Some(view! {
            {card}
            <button type="button" class=close data-state="close" on:click=move |_| kiosk.show_overlay(None)>
                {words.frame.close}
            </button>
        })
    };
    view! {
        <dialog class="dialog card-over" node_ref=dialog on:close=move |_| kiosk.show_overlay(None)>
            {erased(inside)}
        </dialog>
    }
    .into_any()
}

/// Whom to talk to.
fn staff_card(kiosk: KioskState, words: &'static Words) -> AnyView {
    let contact = kiosk.settings.with_untracked(|office| {
        office
            .as_ref()
            .map(|office| office.document().site().contact.clone())
    });
    let contact = contact.unwrap_or_default();
    let say = words.frame.staff_none;
    view! {
        <h2>{words.frame.staff_title}</h2>
        {widgets::contact(&contact, words.call.contact, say)}
    }
    .into_any()
}

//! Layout around every screen: header with back button, site name, clock and idle countdown; footer with languages and
//! staff button; dialogs over the screen.

use leptos::html::Dialog;
use leptos::prelude::*;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::menu::Icon;
use yobirin_domain::model::settings::StaffHelp;

use super::click_handlers::{ignore_double_click, on_press};
use super::controller;
use super::idle::Countdown;
use super::navigation::{Intent, Navigation, Overlay, Screen};
use super::rendering::{ErasedView, erased, rebuilt_by_key};
use super::screens::staff_exit::{self, PinLockout};
use super::screens::{accessibility, checklist, listed_calls, purpose_notice};
use super::shared_views;
use super::state::{KioskPhase, KioskState};
use crate::browser::clock;
use crate::browser::task::run_effect;
use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::i18n::kiosk::Words;

/// Header. At its start: the site's name on the menu, nothing on a call, else the buttons back and home. At its end:
/// accessibility, clock, idle countdown.
pub(super) fn header(kiosk: KioskState, screen: Memo<Screen>, minute: Memo<u64>) -> AnyView {
    let top_start = move || {
        let words = kiosk.words();
        let settings = kiosk.settings.get();
        match (kiosk.phase.get(), screen.get(), settings) {
            (KioskPhase::Open, Screen::Menu, Some(settings)) => {
                let site = settings.site().clone();
                let name = site.shown_name(kiosk.lang.get()).trim();
                let welcome =
                    (!name.is_empty()).then(|| fill(words.menu.welcome, &[("office", name)]));
                view! {
                    {site.logo.map(|logo| view! { <img class="logo" src=logo alt="" /> })}
                    <span class="office">{welcome}</span>
                }
                .into_any()
            }
            // The screen of a call has its own button back to the start.
            (KioskPhase::Open, Screen::Call(_), _) => ().into_any(),
            (KioskPhase::Open, _, Some(_)) => {
                view! {
                    <button type="button" class="button quiet tool" data-state="back" on:click=on_press(kiosk, Intent::Back)>
                        <Icon sign=Sign::BACK />
                        {words.layout.back}
                    </button>
                    <button type="button" class="button quiet tool" data-state="home" on:click=on_press(kiosk, Intent::Home)>
                        {words.layout.back_to_start}
                    </button>
                }
                .into_any()
            }
            _ => ().into_any(),
        }
    };
    let start_time = kiosk.now.get_untracked();
    let has_ticked = Memo::new(move |_| kiosk.now.get() != start_time);
    let time = move || {
        let now = minute.get() * clock::MINUTE_MS;
        let settings = kiosk.settings.get()?;
        let zone = &settings.site().time_zone;
        // The first use of a time zone is slow in browsers: until the first tick the clock shows the tablet's own zone,
        // which is nearly always the site's.
        Some(match has_ticked.get() {
            true => clock::time_of_day(now, zone),
            false => clock::local_time_of_day(now),
        })
    };
    let bar = shared_views::measured_bar("--top-height");
    view! {
        <header class="top" node_ref=bar>
            <div class="top-start">{erased(top_start)}</div>
            <div class="top-end">{accessibility::open_button(kiosk)} {staff_exit::clock_with_long_press(kiosk, time)}</div>
            {countdown(kiosk)}
        </header>
    }
    .into_any()
}

/// Banner while the tablet is offline, or Chatwork cannot be reached.
pub(super) fn banner(kiosk: KioskState) -> AnyView {
    // The screen of a call shows its state by itself.
    let is_wanted = move || {
        let is_call = kiosk
            .navigation
            .with(|navigation| matches!(navigation.screen(), Screen::Call(_)));
        kiosk.phase.get() == KioskPhase::Open && !is_call
    };
    let is_offline = Memo::new(move |_| is_wanted() && kiosk.is_offline());
    let is_delivery_delayed = Memo::new(move |_| is_wanted() && !kiosk.is_delivering.get());
    let message = move || {
        let words = kiosk.words();
        match (is_offline.get(), is_delivery_delayed.get()) {
            (true, _) => Some(words.layout.offline),
            (false, true) => Some(words.layout.chatwork_delayed),
            (false, false) => None,
        }
    };
    // A call may not arrive, so the banner names a telephone number.
    let name_and_phone = move || {
        let settings = kiosk.settings.get()?;
        let site = settings.site();
        let lang = kiosk.lang.get();
        let (name, phone) = (site.contact_name(lang), site.contact_phone(lang));
        (!phone.is_empty()).then(|| [name, phone].join(" ").trim().to_owned())
    };
    let notice = move |text: &'static str| {
        let phone = name_and_phone().map(|contact| {
            view! { <strong class="banner-phone"><Icon sign=Sign::PHONE />{contact}</strong> }
        });
        view! {
            <p class="notice warn banner" data-state="banner">
                <Icon sign=Sign::WARNING />
                <span>{text}</span>
                {phone}
            </p>
        }
    };
    let keyed = move || {
        let text = message();
        (text, text.map(notice).into_any())
    };
    view! { <div role="status">{rebuilt_by_key(keyed)}</div> }.into_any()
}

/// Footer: languages and staff button.
pub(super) fn footer(kiosk: KioskState, lang: Memo<Lang>) -> AnyView {
    let bar = shared_views::measured_bar("--bottom-height");
    view! {
        <footer class="bottom" node_ref=bar>
            <div class="languages" role="group" aria-label=move || kiosk.words().layout.languages>
                {language_buttons(kiosk, lang)}
            </div>
            {staff_button(kiosk)}
        </footer>
    }
    .into_any()
}

/// A button for each language that the site offers, if it offers several.
fn language_buttons(kiosk: KioskState, lang: Memo<Lang>) -> ErasedView {
    let offered = move || {
        let settings = kiosk.settings.get();
        let site = settings.map(|settings| settings.site().languages.clone());
        site.unwrap_or_else(|| Lang::ALL.to_vec())
    };
    let language = move |option: Lang| {
        view! {
            <button
                type="button"
                class="language"
                lang=option.tag()
                data-lang=option.tag()
                aria-pressed=move || (lang.get() == option).to_string()
                on:click=move |_| kiosk.set_language(option)
            >
                {option.own_name()}
            </button>
        }
    };
    erased(move || {
        let offered = offered();
        (offered.len() > 1).then(|| offered.into_iter().map(language).collect_view())
    })
}

/// The button that calls staff, or shows how to reach them where nobody can be called.
fn staff_button(kiosk: KioskState) -> ErasedView {
    let help = Memo::new(move |_| {
        let is_closed = kiosk.is_closed.get();
        let settings = kiosk.settings.get()?;
        let help = settings.staff_help(!is_closed);
        // Outside opening hours nobody can be called: without a telephone number there is no button.
        (!is_closed || help == StaffHelp::Phone).then_some(help)
    });
    erased(move || {
        let help = help.get()?;
        let label = move || kiosk.words().layout.staff_label(help);
        // The second click of the double tap that woke the screen must not call staff.
        let ring = ignore_double_click(move || controller::call_staff(kiosk));
        let on_click = move |event| match help {
            StaffHelp::Ring => ring(event),
            StaffHelp::Phone | StaffHelp::Nothing => kiosk.show_overlay(Some(Overlay::Staff)),
        };
        let icon = match help {
            StaffHelp::Ring => Sign::of(Icon::Bell),
            StaffHelp::Phone => Sign::PHONE,
            StaffHelp::Nothing => Sign::of(Icon::Help),
        };
        Some(view! {
            <button
                type="button"
                class="button call-staff"
                data-state="staff"
                data-help=help.key()
                aria-disabled=move || kiosk.is_calling_staff().to_string()
                on:click=on_click
            >
                <Icon sign=icon />
                {erased(label)}
            </button>
        })
    })
}

/// Countdown of the last seconds before the tablet goes back to its menu.
fn countdown(kiosk: KioskState) -> AnyView {
    let is_shown = Memo::new(move |_| {
        // The screen of a successful call has a countdown of its own.
        let has_succeeded = matches!(kiosk.navigation.with(|navigation| navigation.screen().clone()), Screen::Call(id)
            if kiosk.queue.with(|queue| queue.has_succeeded(id)));
        matches!(kiosk.countdown.get(), Countdown::Seconds(_)) && !has_succeeded
    });
    let shown = move || {
        is_shown.get().then(|| {
            let words = kiosk.words();
            // Not a memo, which would keep a reference to every countdown that was ever shown.
            let seconds = move || match kiosk.countdown.get() {
                Countdown::Seconds(seconds) => {
                    fill(words.layout.seconds_left, &[("n", &seconds.to_string())])
                }
                Countdown::Hidden | Countdown::Elapsed => String::new(),
            };
            view! {
                <div class="countdown" data-state="countdown">
                    <p>
                        <strong>{words.layout.idle_notice}</strong>
                        <span class="left" aria-hidden="true">{erased(seconds)}</span>
                    </p>
                    // Every tap restarts the idle time, so the button needs no handler.
                    <button type="button" class="button primary">{words.layout.still_here}</button>
                </div>
            }
        })
    };
    view! { <div class="idle" role="status">{erased(shown)}</div> }.into_any()
}

/// Dialog over the screen: staff, calls that wait, accessibility, purpose notice, or leaving the kiosk.
pub(super) fn overlay(kiosk: KioskState) -> AnyView {
    let dialog = NodeRef::<Dialog>::new();
    let shown = Memo::new(move |_| kiosk.navigation.with(Navigation::overlay));
    let lockout = PinLockout::new();
    run_effect(move || {
        let is_wanted = shown.get().is_some();
        let Some(dialog) = dialog.get() else {
            return;
        };
        if is_wanted && !dialog.open() {
            let _ = dialog.show_modal(); // fails only if it is open already
        } else if !is_wanted && dialog.open() {
            dialog.close();
        }
    });
    let content = move || {
        let words = kiosk.words();
        let overlay = shown.get()?;
        let close_label = match overlay {
            // Staff see the checklist before the tablet's first visitor.
            Overlay::Checklist => words.pairing.pair,
            Overlay::Staff
            | Overlay::ListedCalls
            | Overlay::Accessibility
            | Overlay::Exit
            | Overlay::PurposeNotice => words.layout.close,
        };
        let (card, close_class) = match overlay {
            Overlay::Staff => (staff_card(kiosk, words), "button primary large"),
            Overlay::ListedCalls => (listed_calls::dialog_content(kiosk, words), "button large"),
            Overlay::Accessibility => (
                accessibility::dialog_content(kiosk, words),
                "button primary large",
            ),
            Overlay::Exit => (staff_exit::card(kiosk, words, lockout), "button large"),
            Overlay::Checklist => (checklist::view(kiosk), "button primary large"),
            Overlay::PurposeNotice => (purpose_notice::view(kiosk), "button primary large"),
        };
        Some(view! {
            {card}
            <button type="button" class=close_class data-state="close" on:click=move |_| kiosk.show_overlay(None)>
                {close_label}
            </button>
        })
    };
    view! {
        <dialog
            class="dialog overlay"
            node_ref=dialog
            on:close=move |_| {
                // The event is asynchronous: the dialog may be open again.
                if dialog.get_untracked().is_some_and(|dialog| !dialog.open()) {
                    kiosk.show_overlay(None);
                }
            }
        >
            {erased(content)}
        </dialog>
    }
    .into_any()
}

/// Content of the staff dialog: the site's contact.
fn staff_card(kiosk: KioskState, words: &'static Words) -> AnyView {
    let (lang, with_phone) = (kiosk.lang.get(), words.call.contact_by_phone);
    let without_phone = words.layout.staff_unavailable;
    let contact = kiosk.settings.with_untracked(|settings| {
        let site = settings.as_ref()?.site();
        Some(shared_views::contact(site, lang, with_phone, without_phone))
    });
    view! {
        <h2>{words.layout.staff_heading}</h2>
        {contact}
    }
    .into_any()
}

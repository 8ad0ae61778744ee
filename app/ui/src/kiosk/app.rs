//! Root view: layout around the present screen. A screen is rendered again when the screen, the language or the settings
//! change, so screens need not react to those.

use leptos::prelude::*;
use yobirin_domain::model::lang::Lang;

use super::calls::local_call_status::{CallOutcome, LocalCallStatus};
use super::layout;
use super::navigation::Screen;
use super::render_context::{FOCUS_START, RenderContext};
use super::rendering::rebuilt_by_key;
use super::screens::{self, accessibility};
use super::state::{KioskPhase, KioskState};
use crate::browser::task::run_effect;
use crate::browser::{self, clock};

pub(super) fn view(kiosk: KioskState) -> AnyView {
    let screen = Memo::new(move |_| {
        kiosk
            .navigation
            .with(|navigation| navigation.screen().clone())
    });
    let lang = kiosk.lang;
    let minute = Memo::new(move |_| kiosk.now.get() / clock::MINUTE_MS);
    accessibility::apply_to_page(kiosk);
    sync_document(kiosk, screen, lang);
    let render = move || {
        let (lang, settings) = (lang.get(), kiosk.settings.get());
        let words = kiosk.words();
        match (kiosk.phase.get(), settings) {
            (KioskPhase::Pairing, _) => screens::pairing::view(kiosk, words),
            (KioskPhase::NotSetUp, _) => {
                screens::message(words.layout.not_set_up, words.layout.not_set_up_help)
            }
            (KioskPhase::Open, Some(settings)) => {
                let context = RenderContext {
                    kiosk,
                    settings,
                    lang,
                    words,
                };
                match screen.get() {
                    Screen::Menu if kiosk.is_closed.get() => {
                        kiosk.is_awake.get(); // rendered again at a touch, with the hours of the present day
                        screens::closed::view(&context)
                    }
                    screen => screens::view(&context, screen),
                }
            }
            (KioskPhase::Open | KioskPhase::Loading, _) => {
                let error = kiosk.pairing_error.get();
                let message = error.map_or("", |error| error.message(&words.pairing));
                screens::message(words.layout.loading, message)
            }
        }
    };
    let keyed = move || {
        let key = (kiosk.phase.get(), screen.get());
        (key, render())
    };
    view! {
        <div class="kiosk-layout">
            {layout::header(kiosk, screen, minute)}
            {layout::banner(kiosk)}
            <main class="screen" data-screen=move || screen_name(kiosk, &screen.read())>
                {rebuilt_by_key(keyed)}
            </main>
            {layout::footer(kiosk, lang)}
            {layout::overlay(kiosk)}
            {screens::closed::screensaver(kiosk, minute)}
        </div>
    }
    .into_any()
}

/// Name of the screen for tests and styles.
fn screen_name(kiosk: KioskState, screen: &Screen) -> &'static str {
    match kiosk.phase.get() {
        KioskPhase::Loading => return "loading",
        KioskPhase::Pairing => return "pairing",
        KioskPhase::NotSetUp => return "not-set-up",
        KioskPhase::Open => {}
    }
    match screen {
        Screen::Menu if kiosk.is_closed.get() => "closed",
        Screen::Menu => "menu",
        Screen::Groups { .. } => "groups",
        Screen::HostOpen { .. } => "host-open",
        Screen::HostClosed { .. } => "host-closed",
        Screen::HostSearch { .. } => "host-search",
        Screen::Details(_) => "details",
        Screen::Confirm(_) => "confirm",
        Screen::Call(id) => match kiosk
            .queue
            .with(|queue| queue.status(*id, kiosk.now.get_untracked()))
        {
            None | Some(LocalCallStatus::Sending { .. }) => "sending",
            Some(LocalCallStatus::Waiting) => "waiting",
            Some(LocalCallStatus::Cancelling { .. }) => "cancelling",
            Some(LocalCallStatus::Ended(CallOutcome::Notified { .. })) => "notified",
            Some(LocalCallStatus::Ended(CallOutcome::Expired)) => "expired",
            Some(LocalCallStatus::Ended(CallOutcome::Unknown)) => "unsure",
            Some(LocalCallStatus::Ended(CallOutcome::Withdrawn)) => "withdrawn",
            Some(LocalCallStatus::Ended(CallOutcome::Retracted)) => "retracted",
            Some(LocalCallStatus::Ended(_)) => "could-not-notify",
        },
    }
}

/// Keeps the document's language, title, accent color and focus in step with the state.
fn sync_document(kiosk: KioskState, screen: Memo<Screen>, lang: Memo<Lang>) {
    run_effect(move || {
        let lang = lang.get();
        browser::set_language(lang.tag());
        let settings = kiosk.settings.get();
        let site = settings.as_ref().map(|settings| settings.site());
        let title = kiosk.words().layout.title;
        let name = site.map_or("", |site| site.shown_name(lang));
        browser::set_title(&if name.is_empty() {
            title.to_owned()
        } else {
            format!("{title} · {name}")
        });
        if let Some(site) = site {
            browser::set_accent(&site.accent);
        }
    });
    // Each screen after the first gets the focus, so that screen readers read it.
    let mut previous = None;
    run_effect(move || {
        let current = Some((kiosk.phase.get(), screen.get()));
        if previous.is_some() && previous != current {
            browser::focus_and_scroll_to(FOCUS_START);
        }
        previous = current;
    });
}

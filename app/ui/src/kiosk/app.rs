//! The whole page: frame around, the present screen inside. A screen is built anew when the screen,
//! the language or the settings change, so screens themselves need not react to those.

use std::sync::Arc;

use leptos::prelude::*;
use yobirin_domain::model::lang::Lang;

use super::screens;
use crate::browser;
use crate::browser::task::run_effect;
use crate::i18n::kiosk::Words;
use crate::kiosk::calls::queue::{CallOutcome, LocalCallStatus};
use crate::kiosk::layout;
use crate::kiosk::navigation::Screen;
use crate::kiosk::screens::accessibility;
use crate::kiosk::session::kiosk_settings::KioskSettings;
use crate::kiosk::state::{KioskPhase, KioskState};
use crate::kiosk::widgets::rebuilt_by_key;

/// What a screen is built from.
#[derive(Clone)]
pub(super) struct RenderContext {
    pub(super) kiosk: KioskState,
    pub(super) settings: Arc<KioskSettings>,
    pub(super) lang: Lang,
    pub(super) words: &'static Words,
}

pub(super) fn view(kiosk: KioskState) -> AnyView {
    let screen = Memo::new(move |_| {
        kiosk
            .navigation
            .with(|navigation| navigation.screen().clone())
    });
    let lang = kiosk.lang;
    let minute = Memo::new(move |_| kiosk.now.get() / 60_000);
    accessibility::follow(kiosk);
    sync_document(kiosk, screen, lang);
    let show = move || {
        let (lang, office) = (lang.get(), kiosk.settings.get());
        let words = kiosk.words();
        match (kiosk.phase.get(), office) {
            (KioskPhase::Pairing, _) => screens::pairing::view(kiosk, words),
            (KioskPhase::NotSetUp, _) => {
                screens::message(words.frame.not_set_up, words.frame.not_set_up_help)
            }
            (KioskPhase::Open, Some(office)) => {
                let context = RenderContext {
                    kiosk,
                    settings: office,
                    lang,
                    words,
                };
                match screen.get() {
                    Screen::Menu if kiosk.is_closed.get() => {
                        kiosk.is_awake.get(); // whoever touches the screen is told of the present day
                        screens::closed::view(&context)
                    }
                    screen => screens::view(&context, screen),
                }
            }
            (KioskPhase::Open | KioskPhase::Loading, _) => {
                let trouble = kiosk.pairing_error.get();
                let said = trouble.map_or("", |trouble| trouble.message(&words.pairing));
                screens::message(words.frame.loading, said)
            }
        }
    };
    let inside = move || {
        let key = (kiosk.phase.get(), screen.get());
        (key, show())
    };
    view! {
        <div class="kiosk">
            {layout::header(kiosk, screen, minute)}
            {layout::banner(kiosk)}
            <main class="stage" data-screen=move || screen_name(kiosk, &screen.read())>
                {rebuilt_by_key(inside)}
            </main>
            {layout::footer(kiosk, lang)}
            {layout::countdown(kiosk)}
            {layout::overlay(kiosk)}
            {screens::closed::screensaver(kiosk, minute)}
        </div>
    }
    .into_any()
}

/// Where a screen begins: what is read and focused first.
pub(super) const FOCUS_START: &str = "main [data-focus]";

/// The screen's stable name, for tests and styles.
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
        Screen::Call(id) => match kiosk.queue.with(|queue| queue.status(*id, 0)) {
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

/// What changes outside the page's body: language, title, colour, focus.
fn sync_document(kiosk: KioskState, screen: Memo<Screen>, lang: Memo<Lang>) {
    run_effect(move || {
        let lang = lang.get();
        browser::set_language(lang.tag());
        let office = kiosk.settings.get();
        let site = office.as_ref().map(|office| office.document().site());
        let title = kiosk.words().frame.title;
        let name = site.map_or("", |site| site.name.as_str());
        browser::set_title(&if name.is_empty() {
            title.to_owned()
        } else {
            format!("{title} · {name}")
        });
        if let Some(site) = site {
            browser::set_accent(&site.accent);
        }
    });
    let mut last = None;
    run_effect(move || {
        let here = Some((kiosk.phase.get(), screen.get()));
        if last.is_some() && last != here {
            browser::focus_and_scroll_to(FOCUS_START);
        }
        last = here;
    });
}

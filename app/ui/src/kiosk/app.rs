//! The whole page: frame around, the present screen inside. A screen is built anew when the screen,
//! the language or the settings change, so screens themselves need not react to those.

use std::sync::Arc;

use leptos::prelude::*;
use yobirin_domain::model::lang::Lang;

use super::screens;
use crate::browser;
use crate::browser::task::whenever;
use crate::i18n::kiosk::Words;
use crate::kiosk::calls::queue::{CallOutcome, LocalCallStatus};
use crate::kiosk::layout;
use crate::kiosk::navigation::Screen;
use crate::kiosk::screens::accessibility;
use crate::kiosk::session::kiosk_settings::KioskSettings;
use crate::kiosk::state::{KioskPhase, KioskState};
use crate::kiosk::widgets::renewed;

/// What a screen is built from.
#[derive(Clone)]
pub(super) struct RenderContext {
    pub(super) kiosk: KioskState,
    pub(super) office: Arc<KioskSettings>,
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
    follow(kiosk, screen, lang);
    let show = move || {
        let (lang, office) = (lang.get(), kiosk.office.get());
        let words = kiosk.words();
        match (kiosk.entry.get(), office) {
            (KioskPhase::Pairing, _) => screens::pairing::view(kiosk, words),
            (KioskPhase::NotSetUp, _) => {
                screens::message(words.frame.not_set_up, words.frame.not_set_up_help)
            }
            (KioskPhase::Open, Some(office)) => {
                let context = RenderContext {
                    kiosk,
                    office,
                    lang,
                    words,
                };
                match screen.get() {
                    Screen::Menu if kiosk.closed.get() => {
                        kiosk.awake.get(); // whoever touches the screen is told of the present day
                        screens::closed::view(&context)
                    }
                    screen => screens::view(&context, screen),
                }
            }
            (KioskPhase::Open | KioskPhase::Loading, _) => {
                let trouble = kiosk.trouble.get();
                let said = trouble.map_or("", |trouble| trouble.said(&words.pairing));
                screens::message(words.frame.loading, said)
            }
        }
    };
    let inside = move || {
        let key = (kiosk.entry.get(), screen.get());
        (key, show())
    };
    view! {
        <div class="kiosk">
            {layout::top(kiosk, screen, minute)}
            {layout::banner(kiosk)}
            <main class="stage" data-screen=move || name(kiosk, &screen.read())>
                {renewed(inside)}
            </main>
            {layout::bottom(kiosk, lang)}
            {layout::countdown(kiosk)}
            {layout::over(kiosk)}
            {screens::closed::dark(kiosk, minute)}
        </div>
    }
    .into_any()
}

/// Where a screen begins: what is read and focused first.
pub(super) const FOCUS_START: &str = "main [data-focus]";

/// The screen's stable name, for tests and styles.
fn name(kiosk: KioskState, screen: &Screen) -> &'static str {
    match kiosk.entry.get() {
        KioskPhase::Loading => return "loading",
        KioskPhase::Pairing => return "pairing",
        KioskPhase::NotSetUp => return "not-set-up",
        KioskPhase::Open => {}
    }
    match screen {
        Screen::Menu if kiosk.closed.get() => "closed",
        Screen::Menu => "menu",
        Screen::Groups { .. } => "groups",
        Screen::HostOpen { .. } => "host-open",
        Screen::HostClosed { .. } => "host-closed",
        Screen::HostSearch { .. } => "host-search",
        Screen::Details(_) => "details",
        Screen::Confirm(_) => "confirm",
        Screen::Call(id) => match kiosk.queue.with(|queue| queue.standing(*id, 0)) {
            None | Some(LocalCallStatus::Sending { .. }) => "sending",
            Some(LocalCallStatus::Waiting) => "waiting",
            Some(LocalCallStatus::Cancelling { .. }) => "cancelling",
            Some(LocalCallStatus::Over(CallOutcome::Notified { .. })) => "notified",
            Some(LocalCallStatus::Over(CallOutcome::Expired)) => "expired",
            Some(LocalCallStatus::Over(CallOutcome::Unsure)) => "unsure",
            Some(LocalCallStatus::Over(CallOutcome::Withdrawn)) => "withdrawn",
            Some(LocalCallStatus::Over(CallOutcome::Retracted)) => "retracted",
            Some(LocalCallStatus::Over(_)) => "could-not-notify",
        },
    }
}

/// What changes outside the page's body: language, title, colour, focus.
fn follow(kiosk: KioskState, screen: Memo<Screen>, lang: Memo<Lang>) {
    whenever(move || {
        let lang = lang.get();
        browser::set_language(lang.tag());
        let office = kiosk.office.get();
        let site = office.as_ref().map(|office| office.settings().site());
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
    whenever(move || {
        let here = Some((kiosk.entry.get(), screen.get()));
        if last.is_some() && last != here {
            browser::begin_at(FOCUS_START);
        }
        last = here;
    });
}

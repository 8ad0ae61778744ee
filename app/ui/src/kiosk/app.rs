//! The whole page: frame around, the present screen inside. A screen is built anew when the screen,
//! the language or the settings change, so screens themselves need not react to those.

use std::sync::Arc;

use leptos::prelude::*;
use yobirin_domain::model::lang::Lang;

use super::screens;
use crate::browser;
use crate::browser::task::whenever;
use crate::i18n::kiosk::Words;
use crate::kiosk::calls::queue::{End, Standing};
use crate::kiosk::layout;
use crate::kiosk::navigation::Screen;
use crate::kiosk::screens::accessibility;
use crate::kiosk::session::kiosk_settings::Office;
use crate::kiosk::state::{Desk, Entry};
use crate::kiosk::widgets::renewed;

/// What a screen is built from.
#[derive(Clone)]
pub(super) struct Scene {
    pub(super) desk: Desk,
    pub(super) office: Arc<Office>,
    pub(super) lang: Lang,
    pub(super) words: &'static Words,
}

pub(super) fn view(desk: Desk) -> AnyView {
    let screen = Memo::new(move |_| desk.flow.with(|flow| flow.screen().clone()));
    let lang = desk.lang;
    let minute = Memo::new(move |_| desk.now.get() / 60_000);
    accessibility::follow(desk);
    follow(desk, screen, lang);
    let show = move || {
        let (lang, office) = (lang.get(), desk.office.get());
        let words = desk.words();
        match (desk.entry.get(), office) {
            (Entry::Pairing, _) => screens::pairing::view(desk, words),
            (Entry::NotSetUp, _) => {
                screens::message(words.frame.not_set_up, words.frame.not_set_up_help)
            }
            (Entry::Open, Some(office)) => {
                let scene = Scene {
                    desk,
                    office,
                    lang,
                    words,
                };
                match screen.get() {
                    Screen::Menu if desk.closed.get() => {
                        desk.awake.get(); // whoever touches the screen is told of the present day
                        screens::closed::view(&scene)
                    }
                    screen => screens::view(&scene, screen),
                }
            }
            (Entry::Open | Entry::Loading, _) => {
                let trouble = desk.trouble.get();
                let said = trouble.map_or("", |trouble| trouble.said(&words.pairing));
                screens::message(words.frame.loading, said)
            }
        }
    };
    let inside = move || {
        let key = (desk.entry.get(), screen.get());
        (key, show())
    };
    view! {
        <div class="kiosk">
            {layout::top(desk, screen, minute)}
            {layout::banner(desk)}
            <main class="stage" data-screen=move || name(desk, &screen.read())>
                {renewed(inside)}
            </main>
            {layout::bottom(desk, lang)}
            {layout::countdown(desk)}
            {layout::over(desk)}
            {screens::closed::dark(desk, minute)}
        </div>
    }
    .into_any()
}

/// Where a screen begins: what is read and focused first.
pub(super) const BEGINNING: &str = "main [data-focus]";

/// The screen's stable name, for tests and styles.
fn name(desk: Desk, screen: &Screen) -> &'static str {
    match desk.entry.get() {
        Entry::Loading => return "loading",
        Entry::Pairing => return "pairing",
        Entry::NotSetUp => return "not-set-up",
        Entry::Open => {}
    }
    match screen {
        Screen::Menu if desk.closed.get() => "closed",
        Screen::Menu => "menu",
        Screen::Groups { .. } => "groups",
        Screen::HostOpen { .. } => "host-open",
        Screen::HostClosed { .. } => "host-closed",
        Screen::HostSearch { .. } => "host-search",
        Screen::Details(_) => "details",
        Screen::Confirm(_) => "confirm",
        Screen::Call(id) => match desk.queue.with(|queue| queue.standing(*id, 0)) {
            None | Some(Standing::Sending { .. }) => "sending",
            Some(Standing::Waiting) => "waiting",
            Some(Standing::Cancelling { .. }) => "cancelling",
            Some(Standing::Over(End::Notified { .. })) => "notified",
            Some(Standing::Over(End::Expired)) => "expired",
            Some(Standing::Over(End::Unsure)) => "unsure",
            Some(Standing::Over(End::Withdrawn)) => "withdrawn",
            Some(Standing::Over(End::Retracted)) => "retracted",
            Some(Standing::Over(_)) => "could-not-notify",
        },
    }
}

/// What changes outside the page's body: language, title, colour, focus.
fn follow(desk: Desk, screen: Memo<Screen>, lang: Memo<Lang>) {
    whenever(move || {
        let lang = lang.get();
        browser::set_language(lang.tag());
        let office = desk.office.get();
        let site = office.as_ref().map(|office| office.settings().site());
        let title = desk.words().frame.title;
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
        let here = Some((desk.entry.get(), screen.get()));
        if last.is_some() && last != here {
            browser::begin_at(BEGINNING);
        }
        last = here;
    });
}

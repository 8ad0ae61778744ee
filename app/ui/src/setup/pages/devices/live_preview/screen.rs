//! Content of the live preview: the kiosk's menu screen, from the draft.

use leptos::prelude::*;
use yobirin_domain::model::id::{ButtonId, DeviceId};
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::menu::{Button, Device, Icon, TextSize};
use yobirin_domain::model::settings::{Site, StaffHelp};

use crate::browser::{self, HtmlElement, clock, iframe};
use crate::components::{Icon, Sign, tile};
use crate::i18n::fill;
use crate::i18n::kiosk::{self, Words};

use crate::setup::draft_store::{Binding, DraftStore};
use crate::setup::shared::tablet_languages::TabletLanguages;

/// State of the live preview: the device, its site, the open button and the chosen language.
#[derive(Clone, Copy)]
pub(crate) struct PreviewScreen {
    device: Binding<Device>,
    site: Binding<Site>,
    opened_button: RwSignal<Option<ButtonId>>,
    /// Language chosen in the preview; `None` until one is chosen.
    chosen_lang: RwSignal<Option<Lang>>,
    /// Language of the screen: the chosen one if the site offers it, else the site's main language.
    lang: Memo<Lang>,
}

impl PreviewScreen {
    pub(crate) fn new(
        store: DraftStore,
        id: DeviceId,
        opened_button: RwSignal<Option<ButtonId>>,
    ) -> Self {
        let site = store.site();
        let chosen_lang = RwSignal::new(None);
        let lang = Memo::new(move |_| {
            let site = site.get().unwrap_or_default();
            let chosen = chosen_lang
                .get()
                .filter(|lang| site.languages.contains(lang));
            chosen.unwrap_or_else(|| site.office_language())
        });
        Self {
            device: store.device(id),
            site,
            opened_button,
            chosen_lang,
            lang,
        }
    }

    fn words(self) -> &'static Words {
        kiosk::words(self.lang.get())
    }
}

/// The screen; `root` is the root element of the iframe's document, which carries the attributes that styles need.
pub(crate) fn view(preview: PreviewScreen, root: Option<HtmlElement>) -> impl IntoView {
    let root = StoredValue::new_local(root);
    let accent = preview.site.text(|site| site.accent.clone());
    let access = preview.device.read(|device| device.access);
    Effect::new(move |_| {
        let (lang, accent, access) = (preview.lang.get(), accent.get(), access.get());
        let attributes = [
            ("lang", lang.tag()),
            ("data-text", text_size_key(access.text_size)),
            (
                "data-contrast",
                if access.high_contrast { "high" } else { "" },
            ),
            ("data-reach", if access.low_reach { "low" } else { "" }),
        ];
        root.with_value(|root| {
            if let Some(root) = root {
                for (name, value) in attributes {
                    iframe::set_root_attribute(root, name, value);
                }
                browser::set_accent_on(root, &accent);
            }
        });
    });
    view! {
        <div class="kiosk-layout">
            {top(preview)}
            <div role="status"></div>
            <main class="screen" data-screen="menu">{menu(preview)}</main>
            {bottom(preview)}
        </div>
    }
}

/// Value of `data-text` for a text size.
fn text_size_key(size: TextSize) -> &'static str {
    match size {
        TextSize::Usual => "",
        TextSize::Large => "large",
        TextSize::Largest => "largest",
    }
}

fn top(preview: PreviewScreen) -> impl IntoView {
    let logo = preview.site.read(|site| site.logo.clone());
    let site = preview.site.read(Clone::clone);
    let name =
        Memo::new(move |_| site.with(|site| site.shown_name(preview.lang.get()).trim().to_owned()));
    let zone = preview.site.text(|site| site.time_zone.clone());
    let welcome = move || {
        let name = name.get();
        (!name.is_empty()).then(|| fill(preview.words().menu.welcome, &[("office", &name)]))
    };
    view! {
        <header class="top">
            <div class="top-start">
                {move || logo.get().map(|logo| view! { <img class="logo" src=logo alt="" /> })}
                <span class="office">{welcome}</span>
            </div>
            <div class="top-end">
                <span class="button quiet tool">
                    <span class="text-size-sign" aria-hidden="true">"Aa"</span>
                    <span class="accessibility-label">{move || preview.words().accessibility.open}</span>
                </span>
                <div class="clock">{move || clock::time_of_day(clock::now(), &zone.get())}</div>
            </div>
        </header>
    }
}

fn menu(preview: PreviewScreen) -> impl IntoView {
    let buttons = preview.device.read(|device| device.menu.clone());
    let main_language = preview.site.read(|site| Some(site.office_language()));
    let tiles = move || {
        let lang = preview.lang.get();
        let main_language = main_language.get().unwrap_or(lang);
        let words = &preview.words().menu;
        let tile_of = |button: Button| {
            let id = StoredValue::new(button.id.clone());
            let is_chosen = move || {
                preview
                    .opened_button
                    .with(|opened| id.with_value(|id| opened.as_ref() == Some(id)))
            };
            let choose = move |_| {
                preview.opened_button.set(Some(id.get_value()));
                browser::scroll_into_view_after_render(format!(
                    "li[data-button='{}']",
                    id.get_value()
                ));
            };
            view! {
                <div class="tile-slot" data-chosen=move || is_chosen().then_some("true")>
                    {tile(&button, button.label.for_reader(lang, main_language), words, choose)}
                </div>
            }
        };
        buttons.get().into_iter().map(tile_of).collect_view()
    };
    let empty_text = move || {
        let is_empty = buttons.with(Vec::is_empty);
        is_empty.then(|| view! { <p class="lead">{preview.words().menu.no_buttons}</p> })
    };
    view! {
        <section class="menu">
            <h1 class="heading">{move || preview.words().menu.greeting}</h1>
            <div class="tiles">{tiles}</div>
            {empty_text}
        </section>
    }
}

fn bottom(preview: PreviewScreen) -> impl IntoView {
    let help = preview.site.read(|site| site.staff_help(true));
    let staff_label = move || preview.words().layout.staff_label(help.get());
    let sign = move || match help.get() {
        StaffHelp::Ring => Sign::of(Icon::Bell),
        StaffHelp::Phone => Sign::PHONE,
        StaffHelp::Nothing => Sign::of(Icon::Help),
    };
    view! {
        <footer class="bottom">
            <TabletLanguages site=preview.site lang=preview.lang chosen=preview.chosen_lang />
            <span class="button call-staff">
                {move || view! { <Icon sign=sign() /> }}
                {staff_label}
            </span>
        </footer>
    }
}

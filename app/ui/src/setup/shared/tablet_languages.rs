//! Buttons at the bottom of a tablet's picture that show its screen in another language.

use leptos::prelude::*;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::Site;

use crate::i18n::kiosk;
use crate::setup::draft_store::Binding;

/// The row of buttons; empty when the site offers one language only.
#[component]
pub(crate) fn TabletLanguages(
    /// The site, which offers the languages.
    site: Binding<Site>,
    /// Language of the screen.
    lang: Memo<Lang>,
    /// Set to the language whose button was pressed; `None` before.
    chosen: RwSignal<Option<Lang>>,
) -> impl IntoView {
    let offered = site.read(|site| site.languages.clone());
    let button = move |offered: Lang| {
        view! {
            <button
                type="button"
                class="language"
                lang=offered.tag()
                data-lang=offered.tag()
                aria-pressed=move || (lang.get() == offered).to_string()
                on:click=move |_| chosen.set(Some(offered))
            >
                {offered.own_name()}
            </button>
        }
    };
    let buttons = move || {
        let offered = offered.get();
        (offered.len() > 1).then(|| offered.into_iter().map(button).collect_view())
    };
    let label = move || kiosk::words(lang.get()).layout.languages;
    view! { <div class="languages" role="group" aria-label=label>{buttons}</div> }
}

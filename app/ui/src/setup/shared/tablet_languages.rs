//! Languages at the bottom of a tablet's picture: a touch shows the screen in another one.

use leptos::prelude::*;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::Site;

use crate::i18n::kiosk;
use crate::setup::draft_store::Binding;

/// The row of languages; empty when the site offers one only.
#[component]
pub(crate) fn TabletLanguages(
    /// The site, which offers the languages.
    site: Binding<Site>,
    /// Language of the screen.
    lang: Memo<Lang>,
    /// Set to the language that was touched.
    chosen: RwSignal<Option<Lang>>,
) -> impl IntoView {
    let offered = site.read(|site| site.languages.clone());
    let button = move |own: Lang| {
        view! {
            <button
                type="button"
                class="language"
                lang=own.tag()
                data-lang=own.tag()
                aria-pressed=move || (lang.get() == own).to_string()
                on:click=move |_| chosen.set(Some(own))
            >
                {own.own_name()}
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

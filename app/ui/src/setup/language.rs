//! The language of set-up: the stored choice, and the switch in the header.

use leptos::prelude::*;

use crate::browser::{self, storage};
use crate::i18n::setup::SetupLang;
use crate::setup::nav::words;

/// Storage key of the chosen language.
const LANGUAGE_KEY: &str = "yobirin.setup.language";

/// The language of set-up, stored across visits.
#[derive(Clone, Copy)]
pub(crate) struct LanguageChoice(RwSignal<SetupLang>);

impl LanguageChoice {
    /// The current language; tracked.
    pub(crate) fn current(self) -> SetupLang {
        self.0.get()
    }

    /// The stored choice, else the first of the browser's languages that set-up has.
    pub(crate) fn start() -> Self {
        let stored = storage::get(LANGUAGE_KEY);
        let preferred = || SetupLang::preferred(&browser::preferred_languages());
        Self(RwSignal::new(stored.unwrap_or_else(preferred)))
    }

    /// Changes the language, for this visit and the next.
    pub(crate) fn choose(self, lang: SetupLang) {
        // Where storage is blocked, the choice is kept for this visit.
        let _ = storage::set(LANGUAGE_KEY, &lang);
        self.0.set(lang);
    }
}

/// Renders its children in the current language, and again after a change of language. State that outlives the change
/// is created outside.
#[component]
pub(crate) fn InChosenLanguage(children: ChildrenFn) -> impl IntoView {
    let language = expect_context::<LanguageChoice>();
    move || {
        let lang = language.current();
        browser::set_language(lang.to_lang().tag());
        provide_context(lang.words());
        children()
    }
}

/// The switch between Japanese and English.
#[component]
pub(crate) fn LanguageSwitch() -> impl IntoView {
    let language = expect_context::<LanguageChoice>();
    let words = words();
    let current = words.lang;
    let choice = move |lang: SetupLang| {
        let tag = lang.to_lang().tag();
        view! {
            <button
                type="button"
                class="language"
                lang=tag
                data-language=tag
                aria-pressed=if lang == current { "true" } else { "false" }
                on:click=move |_| {
                    language.choose(lang);
                    browser::focus_after_render(match lang {
                        SetupLang::Ja => "[data-language=ja]",
                        SetupLang::En => "[data-language=en]",
                    });
                }
            >
                {lang.to_lang().own_name()}
            </button>
        }
    };
    view! {
        <div class="languages" role="group" aria-label=words.layout.language>
            {SetupLang::ALL.map(choice).collect_view()}
        </div>
    }
}

//! Text fields for a text that is written in each language of the site.

use leptos::prelude::*;
use yobirin_domain::model::lang::{Lang, TranslatedText};

use crate::components::TextField;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;

/// One text field for each language of the site. Only the text in the main language, the site's first, is required.
#[component]
pub(crate) fn TranslatedFields(
    /// Prefix of the inputs' names; the language tag follows.
    name: &'static str,
    /// Label of the text; the name of the language follows.
    label: &'static str,
    #[prop(into)] value: Signal<TranslatedText>,
    /// Called with language and new text.
    on_input: Callback<(Lang, String)>,
    /// Problem with the text in the main language.
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let store = expect_context::<DraftStore>();
    let words = words();
    let languages = store.memo(|document| document.site.languages.clone());
    let fields = move || {
        let languages = languages.get();
        let main_language = languages.first().copied();
        languages
            .into_iter()
            .map(|lang| {
                let is_main = Some(lang) == main_language;
                let optional = if is_main { "" } else { words.names.optional };
                let field_problem = Signal::derive(move || problem.get().filter(|_| is_main));
                view! {
                    <TextField
                        name=format!("{name}-{}", lang.tag())
                        label=format!("{label} · {}{optional}", words.language_name(lang))
                        value=Signal::derive(move || value.with(|text| text.exactly(lang).to_owned()))
                        on_input=move |text| on_input.run((lang, text))
                        problem=field_problem
                    />
                }
            })
            .collect_view()
    };
    view! { <div class="fields localized">{fields}</div> }
}

//! Text fields for a text in each language of the site.

use leptos::prelude::*;
use yobirin_domain::model::lang::{Lang, LocalText};

use crate::components::TextField;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;

/// A text field for each language of the site.
#[component]
pub(crate) fn LocalFields(
    /// Prefix of the inputs' names; the language tag follows.
    name: &'static str,
    /// Label.
    label: &'static str,
    /// Current value.
    #[prop(into)]
    value: Signal<LocalText>,
    /// Called with language and new text.
    on_input: Callback<(Lang, String)>,
    /// Problem with the text.
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let store = expect_context::<DraftStore>();
    let words = words();
    let names = &words.names;
    let languages = store.memo(|document| document.site.languages.clone());
    let fields = move || {
        let languages = languages.get();
        let own = languages.first().copied();
        languages
            .into_iter()
            .map(|lang| {
                let optional = if Some(lang) == own { "" } else { names.optional };
                let problem = Signal::derive(move || problem.get().filter(|_| Some(lang) == own));
                view! {
                    <TextField
                        name=format!("{name}-{}", lang.tag())
                        label=format!("{label} · {}{optional}", words.language(lang))
                        value=Signal::derive(move || value.with(|text| text.exactly(lang).to_owned()))
                        on_input=move |text| on_input.run((lang, text))
                        problem=problem
                    />
                }
            })
            .collect_view()
    };
    view! { <div class="fields localized">{fields}</div> }
}

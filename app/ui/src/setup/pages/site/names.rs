//! Name of the office in the other languages of the kiosk.

use leptos::prelude::*;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::Site;

use crate::components::TextField;
use crate::i18n::fill;

use crate::setup::draft_store::Binding;
use crate::setup::nav::words;

/// A field for each other language that visitors can choose. An empty field shows the name that visitors see instead.
#[component]
pub(crate) fn NamesByLanguage(site: Binding<Site>) -> impl IntoView {
    let words = words();
    let texts = &words.site;
    let offered = site.read(|site| site.languages.clone());
    let field = move |lang: Lang| {
        view! {
            <TextField
                name=format!("site-name-{}", lang.tag())
                label=fill(texts.name_in, &[("language", words.language(lang))])
                value=site.text(move |site| site.names.exactly(lang).to_owned())
                example=site.text(move |site| site.shown_name(lang).to_owned())
                on_input=site.set(move |site, text: String| site.names.set(lang, text))
                problem=site.problem(problem_field(lang))
            />
        }
    };
    let languages = Memo::new(move |_| {
        let offered = offered.get();
        // A name in a language that is not offered, such as an imported one, can be changed too.
        let saved = site.peek().map(|site| site.names).unwrap_or_default();
        let is_wanted = |lang: &Lang| {
            offered.iter().skip(1).any(|offered| offered == lang)
                || !saved.exactly(*lang).is_empty()
        };
        Lang::ALL.into_iter().filter(is_wanted).collect::<Vec<_>>()
    });
    let fields = move || {
        let languages = languages.get();
        (!languages.is_empty()).then(|| {
            view! {
                <p class="muted small">{texts.names_hint}</p>
                <div class="fields localized">{languages.into_iter().map(field).collect_view()}</div>
            }
        })
    };
    view! { {fields} }
}

/// Field of a name in the JSON form of the site.
fn problem_field(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => "names.ja",
        Lang::En => "names.en",
        Lang::Zh => "names.zh",
        Lang::Ko => "names.ko",
        Lang::Vi => "names.vi",
    }
}

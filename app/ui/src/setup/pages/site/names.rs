//! Names of the office and of its contact in the other languages of the kiosk.

use leptos::prelude::*;
use yobirin_domain::model::lang::{Lang, TranslatedText};
use yobirin_domain::model::settings::Site;

use crate::components::TextField;
use crate::i18n::fill;
use crate::i18n::setup::Words;

use crate::setup::draft_store::Binding;
use crate::setup::nav::words;

/// A text of the site that every other language can have its own version of.
#[derive(Clone, Copy)]
struct TextByLanguage {
    /// Prefix of the inputs' names; the language tag follows.
    name: &'static str,
    /// Place in the JSON form of the site.
    path: &'static str,
    label: fn(&Words, &str) -> String,
    texts: fn(&Site) -> &TranslatedText,
    texts_mut: fn(&mut Site) -> &mut TranslatedText,
    shown: fn(&Site, Lang) -> &str,
    /// The text in the main language, which has a field of its own.
    own: fn(&Site) -> &str,
}

impl TextByLanguage {
    /// True when there is a text in this language. A text in the main language counts only if it differs from the one
    /// in the field above, as an imported one may.
    fn is_saved(&self, site: &Site, lang: Lang) -> bool {
        let text = (self.texts)(site).exactly(lang).trim();
        let is_main = lang == site.office_language();
        !(text.is_empty() || is_main && text == (self.own)(site).trim())
    }
}

const NAME: TextByLanguage = TextByLanguage {
    name: "site-name",
    path: "names",
    label: |words, language| fill(words.site.name_in, &[("language", language)]),
    texts: |site| &site.names,
    texts_mut: |site| &mut site.names,
    shown: Site::shown_name,
    own: |site| &site.name,
};

const CONTACT_NAME: TextByLanguage = TextByLanguage {
    name: "contact-name",
    path: "contact.names",
    label: |words, language| format!("{} · {language}", words.site.contact_name),
    texts: |site| &site.contact.names,
    texts_mut: |site| &mut site.contact.names,
    shown: Site::contact_name,
    own: |site| &site.contact.name,
};

const CONTACT_PHONE: TextByLanguage = TextByLanguage {
    name: "contact-phone",
    path: "contact.phones",
    label: |words, language| format!("{} · {language}", words.site.contact_phone),
    texts: |site| &site.contact.phones,
    texts_mut: |site| &mut site.contact.phones,
    shown: Site::contact_phone,
    own: |site| &site.contact.phone,
};

/// A field for each other language that visitors can choose. An empty field shows the name that visitors see instead.
#[component]
pub(crate) fn NamesByLanguage(site: Binding<Site>) -> impl IntoView {
    fields(site, &[NAME], words().site.names_hint)
}

/// As [`NamesByLanguage`], for name and telephone number of the contact.
#[component]
pub(crate) fn ContactByLanguage(site: Binding<Site>) -> impl IntoView {
    let hint = words().site.contact_by_language_hint;
    fields(site, &[CONTACT_NAME, CONTACT_PHONE], hint)
}

/// The fields of these texts, language by language.
fn fields(site: Binding<Site>, of: &'static [TextByLanguage], hint: &'static str) -> impl IntoView {
    let words = words();
    let offered = site.read(|site| site.languages.clone());
    let field = move |lang: Lang, of: TextByLanguage| {
        let TextByLanguage {
            path,
            texts,
            texts_mut,
            shown,
            ..
        } = of;
        view! {
            <TextField
                name=format!("{}-{}", of.name, lang.tag())
                label=(of.label)(words, words.language_name(lang))
                value=site.text(move |site| texts(site).exactly(lang).to_owned())
                example=site.text(move |site| shown(site, lang).to_owned())
                on_input=site.set(move |site, text: String| texts_mut(site).set(lang, text))
                problem=site.problem_in(move || format!("{path}.{lang:?}").to_lowercase())
            />
        }
    };
    let languages = Memo::new(move |_| {
        let offered = offered.get();
        let saved = site.peek().unwrap_or_default();
        // A text in a language that is not offered, such as an imported one, can be changed too.
        let is_saved = |lang: Lang| of.iter().any(|of| of.is_saved(&saved, lang));
        let is_wanted =
            |lang: &Lang| offered.iter().skip(1).any(|offered| offered == lang) || is_saved(*lang);
        Lang::ALL.into_iter().filter(is_wanted).collect::<Vec<_>>()
    });
    move || {
        let languages = languages.get();
        let fields = languages
            .iter()
            .flat_map(|lang| of.iter().map(|of| field(*lang, *of)));
        (!languages.is_empty()).then(|| {
            view! {
                <p class="muted small">{hint}</p>
                <div class="fields localized">{fields.collect_view()}</div>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_main_language_has_no_second_field_with_the_same_text() {
        let mut site = Site::default();
        site.contact.name = "総務".to_owned();
        site.contact.names.set(Lang::Ja, "総務");
        site.contact.names.set(Lang::En, "General Affairs");
        assert!(!CONTACT_NAME.is_saved(&site, Lang::Ja));
        assert!(CONTACT_NAME.is_saved(&site, Lang::En));
        site.contact.names.set(Lang::Ja, "受付係");
        assert!(CONTACT_NAME.is_saved(&site, Lang::Ja), "visitors see it");
        assert!(!CONTACT_PHONE.is_saved(&site, Lang::Ko));
    }
}

//! Texts of the site in the other languages of the kiosk: the office's name, and name and telephone number of its
//! contact.

use leptos::prelude::*;
use yobirin_domain::model::lang::{Lang, TranslatedText};
use yobirin_domain::model::settings::Site;

use crate::components::TextField;
use crate::i18n::fill;
use crate::i18n::setup::Words;

use crate::setup::draft_store::Binding;
use crate::setup::nav::words;

/// A text of the site that can be written in each language.
#[derive(Clone, Copy)]
struct TextByLanguage {
    /// Prefix of the inputs' names; the language tag follows.
    name: &'static str,
    /// Path of the texts within the site, as validation names it.
    path: &'static str,
    /// Label of the field for the language with this name.
    label: fn(&Words, &str) -> String,
    texts: fn(&Site) -> &TranslatedText,
    texts_mut: fn(&mut Site) -> &mut TranslatedText,
    /// The text that visitors see in a language.
    shown: fn(&Site, Lang) -> &str,
    /// The text in the main language, which has a field of its own on the page.
    main_text: fn(&Site) -> &str,
}

impl TextByLanguage {
    /// True when a field is needed for a text in this language: when there is one. A text in the main language, as an
    /// imported document may have it, counts only if it differs from the one in the field above.
    fn has_own_text(&self, site: &Site, lang: Lang) -> bool {
        let text = (self.texts)(site).exactly(lang).trim();
        let is_main = lang == site.office_language();
        let repeats_main_text = is_main && text == (self.main_text)(site).trim();
        !text.is_empty() && !repeats_main_text
    }
}

const NAME: TextByLanguage = TextByLanguage {
    name: "site-name",
    path: "names",
    label: |words, language| fill(words.site.name_in, &[("language", language)]),
    texts: |site| &site.names,
    texts_mut: |site| &mut site.names,
    shown: Site::shown_name,
    main_text: |site| &site.name,
};

const CONTACT_NAME: TextByLanguage = TextByLanguage {
    name: "contact-name",
    path: "contact.names",
    label: |words, language| format!("{} · {language}", words.site.contact_name),
    texts: |site| &site.contact.names,
    texts_mut: |site| &mut site.contact.names,
    shown: Site::contact_name,
    main_text: |site| &site.contact.name,
};

const CONTACT_PHONE: TextByLanguage = TextByLanguage {
    name: "contact-phone",
    path: "contact.phones",
    label: |words, language| format!("{} · {language}", words.site.contact_phone),
    texts: |site| &site.contact.phones,
    texts_mut: |site| &mut site.contact.phones,
    shown: Site::contact_phone,
    main_text: |site| &site.contact.phone,
};

/// A field for the office's name in each other language. An empty field shows the name that visitors see instead.
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
fn fields(
    site: Binding<Site>,
    kinds: &'static [TextByLanguage],
    hint: &'static str,
) -> impl IntoView {
    let words = words();
    let offered = site.read(|site| site.languages.clone());
    let field = move |lang: Lang, kind: TextByLanguage| {
        let TextByLanguage {
            path,
            texts,
            texts_mut,
            shown,
            ..
        } = kind;
        view! {
            <TextField
                name=format!("{}-{}", kind.name, lang.tag())
                label=(kind.label)(words, words.language_name(lang))
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
        // The first language is the main one, which has a field of its own. A text in a language that is not offered,
        // such as an imported one, can be changed too.
        let is_other = |lang: &Lang| offered.iter().skip(1).any(|other| other == lang);
        let has_own_text = |lang: &Lang| kinds.iter().any(|kind| kind.has_own_text(&saved, *lang));
        let languages = Lang::ALL.into_iter();
        languages
            .filter(|lang| is_other(lang) || has_own_text(lang))
            .collect::<Vec<_>>()
    });
    move || {
        let languages = languages.get();
        let fields = languages
            .iter()
            .flat_map(|lang| kinds.iter().map(|kind| field(*lang, *kind)));
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
        assert!(!CONTACT_NAME.has_own_text(&site, Lang::Ja));
        assert!(CONTACT_NAME.has_own_text(&site, Lang::En));
        site.contact.names.set(Lang::Ja, "受付係");
        assert!(
            CONTACT_NAME.has_own_text(&site, Lang::Ja),
            "visitors see it"
        );
        assert!(!CONTACT_PHONE.has_own_text(&site, Lang::Ko));
    }
}

//! The office's own text in each language of the kiosk.

use leptos::prelude::*;
use yobirin_domain::model::lang::{Lang, TranslatedText};
use yobirin_domain::model::settings::Site;
use yobirin_domain::purpose_notice::PLACEHOLDERS;

use crate::components::TextArea;
use crate::i18n::fill;
use crate::i18n::kiosk;
use crate::setup::draft_store::Binding;
use crate::setup::nav::words;
use crate::setup::shared::page_frame::Section;
use crate::setup::shared::retention_ceiling::RetentionCeiling;

use super::notice;

/// A field for each language. An empty field shows the standard text. The preview shows the language of the field
/// that has the focus.
#[component]
pub(super) fn OwnTexts(site: Binding<Site>, preview_lang: RwSignal<Option<Lang>>) -> impl IntoView {
    let texts = &words().purpose_notice;
    let offered = site.read(|site| site.languages.clone());
    let languages = Memo::new(move |_| {
        let offered = offered.get();
        // A text in a language that is not offered any more can be changed too.
        let saved = site
            .peek()
            .map(|site| site.purpose_notice.texts)
            .unwrap_or_default();
        let has_unoffered_text =
            |lang: &Lang| !offered.contains(lang) && !saved.exactly(*lang).is_empty();
        let others = Lang::ALL.into_iter().filter(has_unoffered_text);
        offered.iter().copied().chain(others).collect::<Vec<_>>()
    });
    let fields = move || {
        let field = |lang| view! { <OwnText site=site lang=lang preview_lang=preview_lang /> };
        languages.get().into_iter().map(field).collect_view()
    };
    view! {
        <Section title=texts.texts_title lead=texts.texts_lead name="notice-texts">
            {fields}
            <Placeholders site=site />
            <p class="muted small">{texts.facts}</p>
        </Section>
    }
}

#[component]
fn OwnText(site: Binding<Site>, lang: Lang, preview_lang: RwSignal<Option<Lang>>) -> impl IntoView {
    let words = words();
    let texts = &words.purpose_notice;
    let ceiling = RetentionCeiling::from_context();
    let own_text = site.text(move |site| site.purpose_notice.texts.exactly(lang).to_owned());
    let standard_text = site.text(move |site| {
        let mut site = site.clone();
        site.purpose_notice.texts = TranslatedText::default();
        notice(&site, ceiling, lang).summary().to_owned()
    });
    let start_from_standard = move |_| {
        let details = &kiosk::rare_words(lang).notice_details;
        let paragraphs = [
            kiosk::words(lang).notice.summary,
            details.purpose,
            details.seen,
        ];
        let text = paragraphs.join("\n\n");
        site.edit(|site| site.purpose_notice.texts.set(lang, text));
    };
    let start_button = move || {
        own_text.with(String::is_empty).then(|| {
            view! {
                <p class="row">
                    <button type="button" class="button small" data-action="standard-text" on:click=start_from_standard>
                        {texts.start_from_standard}
                    </button>
                </p>
            }
        })
    };
    view! {
        <div data-notice-text=lang.tag() on:focusin=move |_| preview_lang.set(Some(lang))>
            <TextArea
                name=format!("notice-text-{}", lang.tag())
                label=fill(texts.text_in, &[("language", words.language_name(lang))])
                value=own_text
                example=standard_text
                on_input=site.set(move |site, text: String| site.purpose_notice.texts.set(lang, text))
                problem=site.problem(problem_field(lang))
                rows=4
            />
            {start_button}
        </div>
    }
}

/// Folded list of the placeholders.
#[component]
fn Placeholders(site: Binding<Site>) -> impl IntoView {
    let words = words();
    let (texts, lang) = (&words.purpose_notice, words.language());
    let ceiling = RetentionCeiling::from_context();
    // Every duration in one text.
    let durations = site.text(move |site| notice(site, ceiling, lang).value("kept").to_owned());
    let row = move |name: &'static str| {
        let meaning = move || match name {
            "office" => texts.office.to_owned(),
            "responsible" => texts.placeholder_responsible.to_owned(),
            "inquiries" => texts.placeholder_inquiries.to_owned(),
            "visitors_kept" => texts.visitors_kept.to_owned(),
            "messages_kept" => texts.messages_kept.to_owned(),
            "answers_kept" => texts.answers_kept.to_owned(),
            _ => fill(texts.kept, &[("value", &durations.get())]),
        };
        view! { <li><code>"{"{name}"}"</code> " " {meaning}</li> }
    };
    view! {
        <details class="help" data-help="notice-placeholders">
            <summary>{texts.placeholders_title}</summary>
            <p class="muted small">{texts.placeholders_lead}</p>
            <ul>{PLACEHOLDERS.map(row).into_iter().collect_view()}</ul>
        </details>
    }
}

/// Path of the text in a language, within the site, as validation names it.
fn problem_field(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => "purpose_notice.texts.ja",
        Lang::En => "purpose_notice.texts.en",
        Lang::Zh => "purpose_notice.texts.zh",
        Lang::Ko => "purpose_notice.texts.ko",
        Lang::Vi => "purpose_notice.texts.vi",
    }
}

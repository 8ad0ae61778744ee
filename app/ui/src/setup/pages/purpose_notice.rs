//! Purpose notice above the questions to visitors: switch, responsible person, own texts, and a preview.

mod own_texts;
mod preview;

use leptos::prelude::*;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::Site;
use yobirin_domain::purpose_notice::Notice;

use crate::components::{Check, TextField};
use crate::i18n::kiosk;
use crate::setup::draft_store::{Binding, DraftStore};
use crate::setup::nav::words;
use crate::setup::shared::page_frame::{PageFrame, Section};
use crate::setup::shared::retention_ceiling::RetentionCeiling;

use own_texts::OwnTexts;
use preview::NoticePreview;

#[component]
pub(crate) fn PurposeNoticePage() -> impl IntoView {
    let texts = &words().purpose_notice;
    let site = expect_context::<DraftStore>().site();
    let preview_lang = RwSignal::new(None);
    view! {
        <PageFrame name="purpose-notice" title=texts.title lead=texts.lead>
            <div class="device-columns">
                <NoticePreview site=site preview_lang=preview_lang />
                <div class="device-form">
                    <Display site=site />
                    <Responsible site=site />
                    <OwnTexts site=site preview_lang=preview_lang />
                </div>
            </div>
        </PageFrame>
    }
}

/// The notice of a site in a language as tablets show it: with the durations that the relay applies.
fn notice(site: &Site, ceiling: RetentionCeiling, lang: Lang) -> Notice {
    let site = ceiling.applied_to(site);
    Notice::of(&site, lang, &kiosk::words(lang).standard_notice())
}

/// Switch of the notice, and what the law says about it.
#[component]
fn Display(site: Binding<Site>) -> impl IntoView {
    let texts = &words().purpose_notice;
    view! {
        <Section title=texts.display_title name="notice-display">
            <Check
                name="notice-shown"
                label=texts.is_shown
                hint=texts.is_shown_hint
                value=site.read(|site| site.purpose_notice.is_shown)
                on_change=site.set(|site, is_shown| site.purpose_notice.is_shown = is_shown)
            />
            <p class="muted small" data-law="">{texts.law}</p>
        </Section>
    }
}

/// Fields for the responsible person or department, and for inquiries. An empty field shows the text that visitors see.
#[component]
fn Responsible(site: Binding<Site>) -> impl IntoView {
    let texts = &words().purpose_notice;
    let ceiling = RetentionCeiling::from_context();
    let shown_text = move |name: &'static str| {
        let value = move |site: &Site| {
            notice(site, ceiling, site.office_language())
                .value(name)
                .to_owned()
        };
        site.text(value)
    };
    view! {
        <Section title=texts.contact_title lead=texts.contact_lead name="notice-contact">
            <div class="fields">
                <TextField
                    name="notice-responsible"
                    label=texts.responsible
                    hint=texts.responsible_hint
                    value=site.text(|site| site.purpose_notice.responsible.clone())
                    example=shown_text("responsible")
                    on_input=site.set(|site, text| site.purpose_notice.responsible = text)
                    problem=site.problem("purpose_notice.responsible")
                />
                <TextField
                    name="notice-inquiries"
                    label=texts.inquiries
                    hint=texts.inquiries_hint
                    value=site.text(|site| site.purpose_notice.inquiries.clone())
                    example=shown_text("inquiries")
                    on_input=site.set(|site, text| site.purpose_notice.inquiries = text)
                    problem=site.problem("purpose_notice.inquiries")
                />
            </div>
        </Section>
    }
}

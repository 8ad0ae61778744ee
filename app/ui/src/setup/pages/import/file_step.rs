//! First step: a file, or pasted text.

use leptos::ev::{DragEvent, Event};
use leptos::prelude::*;
use yobirin_domain::csv::file::FileTypeError;
use yobirin_domain::csv::template;

use crate::browser::file::{self, SelectedFile};
use crate::components::{Alert, Icon, Sign, TextArea, Tone, fresh_id};
use crate::i18n::setup::{SetupLang, Words};
use crate::setup::nav::words;
use crate::setup::shared::widgets::Section;

use super::export::CSV_MIME;
use super::session::{ImportSession, Refusal};

/// Why a file is no list, and what to do.
fn not_a_list(words: &Words, why: FileTypeError) -> &'static str {
    let w = &words.import;
    match why {
        FileTypeError::OldWorkbook => w.old_workbook,
        FileTypeError::Archive => w.archive,
        FileTypeError::Pdf => w.pdf,
        FileTypeError::Picture => w.picture,
        FileTypeError::WebPage => w.web_page,
        FileTypeError::NotText | FileTypeError::UnsupportedExtension => w.not_a_list,
    }
}

#[component]
pub(crate) fn FileStep() -> impl IntoView {
    let words = words();
    let w = &words.import;
    let session = expect_context::<ImportSession>();
    let over = RwSignal::new(false);
    let id = fresh_id();
    let choose = move |event: Event| {
        if let Some(file) = SelectedFile::from_input(&event) {
            session.load_file(file);
        }
    };
    let drop = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        if let Some(file) = SelectedFile::from_drop(&event) {
            session.load_file(file);
        }
    };
    let refusal = move || {
        session.refusal.get().map(|refusal| {
            let (why, detail) = match refusal {
                Refusal::TooLarge => (w.too_large, String::new()),
                Refusal::Workbook => (w.workbook, String::new()),
                Refusal::NotAList(why) => (not_a_list(words, why), String::new()),
                Refusal::Nothing => (w.nothing, String::new()),
                Refusal::NotSettings(why) => (w.not_settings, why),
                Refusal::Newer => (w.newer, String::new()),
            };
            let detail =
                (!detail.is_empty()).then(|| view! { <p class="small digits">{detail}</p> });
            view! { <Alert tone=Tone::Bad kind="refused"><p>{why}</p>{detail}</Alert> }
        })
    };
    let opening = move || {
        session.opening.get().then(|| {
            view! { <p class="waiting" role="status"><span class="spinner"></span>{w.opening}</p> }
        })
    };
    let template = move |_| {
        let text = template::hosts(words.lang == SetupLang::Ja);
        file::save("yobirin-template.csv", CSV_MIME, &text);
    };
    view! {
        <Section title=w.choose lead=w.choose_words name="choose">
            <div
                class="drop-zone"
                class:over=move || over.get()
                on:dragover=move |event| {
                    event.prevent_default();
                    over.set(true);
                }
                on:dragleave=move |_| over.set(false)
                on:drop=drop
            >
                <p>{w.drop}</p>
                <label class="button main file-button" for=id.clone()>
                    <Icon sign=Sign::ADD />
                    {w.pick}
                </label>
                <input
                    class="visually-hidden"
                    id=id
                    name="file"
                    type="file"
                    accept=".xlsx,.xlsm,.csv,.tsv,.txt,.json,text/csv,text/plain,application/json"
                    on:change=choose
                />
                <p class="hint">{w.kinds}</p>
            </div>
            {opening}
            {refusal}
            <div class="list-template">
                <p>{w.template_words}</p>
                <button type="button" class="button small" data-action="template" on:click=template>
                    {w.template}
                </button>
            </div>
            <details class="help">
                <summary>{w.paste}</summary>
                <div class="stack">
                    <TextArea
                        name="pasted"
                        label=w.paste_label
                        hint=w.paste_hint
                        rows=6
                        value=session.pasted
                        on_input=move |text| session.pasted.set(text)
                    />
                    <button type="button" class="button" data-action="paste" on:click=move |_| session.load_pasted()>
                        {w.paste_go}
                    </button>
                </div>
            </details>
        </Section>
    }
}

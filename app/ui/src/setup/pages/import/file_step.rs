//! First step of an import: choosing a file, or pasting text.

use leptos::ev::{DragEvent, Event};
use leptos::prelude::*;
use yobirin_domain::csv::file::FileTypeError;
use yobirin_domain::csv::template;

use crate::browser::file::{self, SelectedFile};
use crate::components::{Alert, Icon, Sign, TextArea, Tone, fresh_id};
use crate::i18n::fill;
use crate::i18n::setup::Words;
use crate::setup::nav::words;
use crate::setup::shared::page_frame::Section;

use super::export::CSV_MIME;
use super::session::{FileRefusal, ImportSession};

/// Text for a file that holds no table of hosts or groups: the reason, with advice.
fn file_type_text(words: &Words, error: FileTypeError) -> &'static str {
    let texts = &words.import;
    match error {
        FileTypeError::OldWorkbook => texts.old_workbook,
        FileTypeError::Archive => texts.archive,
        FileTypeError::Pdf => texts.pdf,
        FileTypeError::Picture => texts.picture,
        FileTypeError::WebPage => texts.web_page,
        FileTypeError::NotText | FileTypeError::UnsupportedExtension => texts.unknown_file,
    }
}

/// Drop zone and button for a file, a template to download, and a field for pasted text.
#[component]
pub(crate) fn FileStep() -> impl IntoView {
    let words = words();
    let texts = &words.import;
    let session = expect_context::<ImportSession>();
    let is_dragged_over = RwSignal::new(false);
    let id = fresh_id();
    let choose = move |event: Event| {
        if let Some(file) = SelectedFile::from_input(&event) {
            session.load_file(file);
        }
    };
    let drop = move |event: DragEvent| {
        event.prevent_default();
        is_dragged_over.set(false);
        if let Some(file) = SelectedFile::from_drop(&event) {
            session.load_file(file);
        }
    };
    let refusal = move || {
        session.refusal.get().map(|refusal| {
            let (reason, detail) = match refusal {
                FileRefusal::TooLarge => (texts.too_large, String::new()),
                FileRefusal::Workbook => (texts.is_workbook, String::new()),
                FileRefusal::NotAList(error) => (file_type_text(words, error), String::new()),
                FileRefusal::Empty => (texts.empty_file, String::new()),
                FileRefusal::NotSettings(cause) => (
                    texts.not_settings,
                    fill(texts.not_settings_cause, &[("cause", &cause)]),
                ),
                FileRefusal::Newer => (texts.newer_settings, String::new()),
            };
            let detail =
                (!detail.is_empty()).then(|| view! { <p class="small digits">{detail}</p> });
            view! { <Alert tone=Tone::Bad kind="refused"><p>{reason}</p>{detail}</Alert> }
        })
    };
    let opening = move || {
        session.is_opening.get().then(|| {
            view! { <p class="waiting" role="status"><span class="spinner"></span>{texts.opening}</p> }
        })
    };
    let save_template = move |_| {
        let text = template::hosts(words.language());
        file::save("yobirin-template.csv", CSV_MIME, &text);
    };
    view! {
        <Section title=texts.choose_file lead=texts.choose_file_explanation name="choose">
            <div
                class="drop-zone"
                class:drag-over=move || is_dragged_over.get()
                on:dragover=move |event| {
                    event.prevent_default();
                    is_dragged_over.set(true);
                }
                on:dragleave=move |_| is_dragged_over.set(false)
                on:drop=drop
            >
                <p>{texts.drop_file}</p>
                <label class="button primary file-button" for=id.clone()>
                    <Icon sign=Sign::ADD />
                    {texts.pick_file}
                </label>
                <input
                    class="visually-hidden"
                    id=id
                    name="file"
                    type="file"
                    accept=".xlsx,.xlsm,.csv,.tsv,.txt,.json,text/csv,text/plain,application/json"
                    on:change=choose
                />
                <p class="hint">{texts.file_kinds}</p>
            </div>
            {opening}
            {refusal}
            <div class="list-template">
                <p>{texts.template_explanation}</p>
                <button type="button" class="button small" data-action="template" on:click=save_template>
                    {texts.template}
                </button>
            </div>
            <details class="help">
                <summary>{texts.paste}</summary>
                <div class="stack">
                    <TextArea
                        name="pasted"
                        label=texts.paste_label
                        hint=texts.paste_hint
                        rows=6
                        value=session.pasted
                        on_input=move |text| session.pasted.set(text)
                    />
                    <button type="button" class="button" data-action="paste" on:click=move |_| session.load_pasted()>
                        {texts.paste_read}
                    </button>
                </div>
            </details>
        </Section>
    }
}

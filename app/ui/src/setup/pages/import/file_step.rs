//! First step: a file, or pasted text.

use leptos::ev::{DragEvent, Event};
use leptos::prelude::*;
use yobirin_domain::csv::file::FileTypeError;

use crate::browser::file::SelectedFile;
use crate::components::{Alert, Icon, Sign, TextArea, Tone, fresh_id};
use crate::setup::nav::words;
use crate::setup::shared::widgets::Section;

use super::session::{ImportSession, Refusal};

#[component]
pub(crate) fn FileStep() -> impl IntoView {
    let w = &words().import;
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
                Refusal::NotAList(FileTypeError::Workbook) => (w.is_workbook, String::new()),
                Refusal::NotAList(_) => (w.unknown_file, String::new()),
                Refusal::Nothing => (w.empty_file, String::new()),
                Refusal::NotSettings(why) => (w.not_settings, why),
                Refusal::Newer => (w.newer_settings, String::new()),
            };
            let detail =
                (!detail.is_empty()).then(|| view! { <p class="small digits">{detail}</p> });
            view! { <Alert tone=Tone::Bad kind="refused"><p>{why}</p>{detail}</Alert> }
        })
    };
    view! {
        <Section title=w.choose_file lead=w.choose_file_words name="choose">
            <div
                class="drop-zone"
                class:drag-over=move || over.get()
                on:dragover=move |event| {
                    event.prevent_default();
                    over.set(true);
                }
                on:dragleave=move |_| over.set(false)
                on:drop=drop
            >
                <p>{w.drop_file}</p>
                <label class="button primary file-button" for=id.clone()>
                    <Icon sign=Sign::ADD />
                    {w.pick_file}
                </label>
                <input
                    class="visually-hidden"
                    id=id
                    name="file"
                    type="file"
                    accept=".csv,.tsv,.txt,.json,text/csv,text/plain,application/json"
                    on:change=choose
                />
                <p class="hint">{w.file_kinds}</p>
            </div>
            {refusal}
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
                        {w.paste_read}
                    </button>
                </div>
            </details>
        </Section>
    }
}

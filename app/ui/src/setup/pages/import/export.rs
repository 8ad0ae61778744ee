//! Export of lists and settings.

use leptos::prelude::*;
use yobirin_domain::export;
use yobirin_domain::model::settings::SettingsDocument;

use crate::browser::{clock, file};
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::page_frame::Section;

/// Media type of our CSV files.
pub(super) const CSV_MIME: &str = "text/csv;charset=utf-8";

#[component]
pub(crate) fn ExportCard() -> impl IntoView {
    let words = words();
    let texts = &words.import;
    let store = expect_context::<DraftStore>();
    let lang = words.language();
    let save = move |name: &str,
                     extension: &str,
                     mime: &str,
                     write: &dyn Fn(&SettingsDocument) -> String| {
        let text = store.peek(write);
        let day = clock::today(&store.peek(|document| document.site.time_zone.clone()));
        file::save(&format!("yobirin-{name}-{day}.{extension}"), mime, &text);
    };
    let button = |action: &'static str, label: &'static str, save: Box<dyn Fn()>| {
        view! {
            <button type="button" class="button" data-action=action on:click=move |_| save()>
                {label}
            </button>
        }
    };
    let save_hosts = move || {
        save("hosts", "csv", CSV_MIME, &|document| {
            export::hosts(document, lang)
        });
    };
    let save_groups = move || {
        save("groups", "csv", CSV_MIME, &|document| {
            export::groups(document, lang)
        });
    };
    let save_settings = move || {
        save("settings", "json", "application/json", &|document| {
            serde_json::to_string_pretty(document).unwrap_or_default()
        });
    };
    let unsaved_hint = move || {
        store
            .is_dirty()
            .then(|| view! { <p class="hint">{texts.export_unsaved}</p> })
    };
    view! {
        <Section title=texts.export lead=texts.export_explanation name="export">
            <div class="row">
                {button("export-hosts", texts.export_hosts, Box::new(save_hosts))}
                {button("export-groups", texts.export_groups, Box::new(save_groups))}
                {button("export-settings", texts.export_settings, Box::new(save_settings))}
            </div>
            <p class="hint">{texts.export_settings_explanation}</p>
            {unsaved_hint}
        </Section>
    }
}

//! Languages of the kiosk, in order; the first is the default.

use leptos::prelude::*;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::Site;

use crate::components::{Icon, Sign, SortableList, SortableRow};

use crate::components::sort_handle::move_entry;
use crate::setup::draft_store::Binding;
use crate::setup::nav::words;
use crate::setup::shared::page_frame::Section;
use crate::setup::shared::sort_labels::sort_labels;

#[component]
pub(crate) fn Languages(site: Binding<Site>) -> impl IntoView {
    let texts = &words().site;
    let languages = site.read(|site| site.languages.clone());
    let rows = Signal::derive(move || {
        let row = |lang: &Lang| SortableRow {
            key: lang.tag().to_owned(),
            label: lang.own_name().to_owned(),
            note: String::new(),
        };
        languages.with(|languages| languages.iter().map(row).collect::<Vec<_>>())
    });
    let on_move = move |(from, to)| site.edit(|site| move_entry(&mut site.languages, from, to));
    let on_remove = move |tag: String| {
        site.edit(|site| site.languages.retain(|lang| lang.tag() != tag));
    };
    let add_buttons = move || {
        let offered = languages.get();
        let missing = Lang::ALL.into_iter().filter(|lang| !offered.contains(lang));
        let add = |lang: Lang| {
            view! {
                <button
                    type="button"
                    class="button small"
                    data-add-language=lang.tag()
                    lang=lang.tag()
                    on:click=move |_| site.edit(|site| site.languages.push(lang))
                >
                    <Icon sign=Sign::ADD />{lang.own_name()}
                </button>
            }
        };
        missing.map(add).collect_view()
    };
    let problem = site.problem("languages");
    view! {
        <Section title=texts.languages_title lead=texts.languages_lead name="languages">
            <SortableList
                label=texts.offered_languages
                name="languages"
                rows=rows
                labels=sort_labels()
                on_move=on_move
                on_remove=on_remove
                first=texts.default_language
            />
            <p class="problem" role="status">{move || problem.get()}</p>
            <div class="row" hidden=move || languages.with(|offered| offered.len() == Lang::ALL.len())>{add_buttons}</div>
            <p class="muted small">{texts.default_language_hint}</p>
        </Section>
    }
}

//! Review of a settings document: its problems, or the changes that it makes.

use leptos::prelude::*;
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::validate::Problem;

use crate::components::{Alert, Confirm, Tone};
use crate::i18n::fill;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::page_frame::Section;

use super::session::ImportSession;
use super::wording;

#[component]
pub(crate) fn SettingsFileStep() -> impl IntoView {
    let words = words();
    let texts = &words.import;
    let (session, store) = (
        expect_context::<ImportSession>(),
        expect_context::<DraftStore>(),
    );
    let is_confirming = RwSignal::new(false);
    let Some(import) = session.settings_import.get_untracked() else {
        return ().into_any();
    };
    let is_valid = import.problems.is_empty();
    let line = |problem: &Problem| {
        let entry = wording::entry_of_problem(words, &import.document, &problem.path);
        let text = words.validation.of(&problem.error);
        view! { <li data-problem=problem.path.clone()><strong>{entry}</strong> " " {text}</li> }
    };
    let problems: Vec<_> = import.problems.iter().map(line).collect();
    let problems = (!is_valid).then(|| {
        let count = import.problems.len().to_string();
        view! {
            <Alert tone=Tone::Bad kind="unsound">
                <p>{fill(texts.settings_invalid, &[("count", &count)])}</p>
                <ul class="problems">{problems}</ul>
            </Alert>
        }
    });
    let count = |label: &'static str, count_in: fn(&SettingsDocument) -> usize| {
        let before = store.peek(count_in).to_string();
        let after = count_in(&import.document).to_string();
        view! { <div class="change"><dt>{label}</dt><dd>{before} " → " <ins>{after}</ins></dd></div> }
    };
    let counts = [
        count(words.layout.hosts, |document| document.hosts.len()),
        count(words.layout.groups, |document| document.groups.len()),
        count(words.layout.devices, |document| document.devices.len()),
    ];
    let is_unchanged = store.peek(|document| *document == import.document);
    let site_name = match import.document.site.name.as_str() {
        "" => texts.cleared.to_owned(),
        name => name.to_owned(),
    };
    view! {
        <Section title=texts.settings_title lead=texts.settings_explanation name="whole">
            {problems}
            {is_unchanged.then(|| view! { <Alert tone=Tone::Good kind="no-change">{texts.nothing_changes}</Alert> })}
            <dl class="import-changes settings-changes">
                <div class="change"><dt>{words.layout.site}</dt><dd>{site_name}</dd></div>
                {counts.into_iter().collect_view()}
            </dl>
            <div class="row">
                <button type="button" class="button" data-action="back" on:click=move |_| session.restart()>
                    {texts.back}
                </button>
                <button type="button" class="button primary danger" data-action="replace" disabled=!is_valid || is_unchanged
                    on:click=move |_| is_confirming.set(true)>
                    {texts.replace_settings}
                </button>
            </div>
        </Section>
        <Confirm
            open=is_confirming
            title=texts.replace_settings_question
            ok=texts.replace_settings
            cancel=words.controls.cancel
            danger=true
            kind="replace"
            on_ok=move |()| session.replace(store)
        >
            <p>{texts.replace_settings_explanation}</p>
        </Confirm>
    }
    .into_any()
}

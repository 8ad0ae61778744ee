//! Message of a button: the default or its own template, with placeholders and an example.

use leptos::prelude::*;
use yobirin_domain::message::{PLACEHOLDERS, default_template};
use yobirin_domain::model::id::ButtonId;
use yobirin_domain::model::menu::Button;

use crate::browser;
use crate::components::{Alert, Check, Icon, Sign, TextArea, Tone};
use crate::i18n::setup::Words;

use super::super::preview::MessageView;
use crate::setup::draft_store::{Binding, DraftStore};
use crate::setup::nav::words;
use crate::setup::pages::preview::sample_visit;

/// Selector of the template's text area. There is only one, because only one button's form is open at a time.
const TEXTAREA_SELECTOR: &str = "textarea[name=button-template]";

/// Placeholders that can be inserted: all, but the hint how to reply only where replies are shown to visitors.
fn shown_placeholders(store: DraftStore) -> impl Iterator<Item = &'static str> {
    let has_replies = store.with(|document| document.site.answers.is_on());
    PLACEHOLDERS
        .into_iter()
        .filter(move |name| has_replies || *name != "reply_hint")
}

/// Meaning of a placeholder, in words for the admin; `""` for an unknown one.
fn meaning(words: &Words, placeholder: &str) -> &'static str {
    let texts = &words.menu;
    match placeholder {
        "mentions" => texts.placeholder_mentions,
        "device" => texts.placeholder_device,
        "place" => texts.placeholder_place,
        "button" => texts.placeholder_button,
        "target" => texts.placeholder_target,
        "notice" => texts.placeholder_notice,
        "company" => texts.placeholder_company,
        "name" => texts.placeholder_name,
        "people" => texts.placeholder_people,
        "purpose" => texts.placeholder_purpose,
        "language" => texts.placeholder_language,
        "time" => texts.placeholder_time,
        "reference" => texts.placeholder_reference,
        "reply_hint" => texts.placeholder_reply_hint,
        _ => "",
    }
}

#[component]
pub(crate) fn TemplateFields(id: ButtonId, button: Binding<Button>) -> impl IntoView {
    let words = words();
    let texts = &words.menu;
    let store = expect_context::<DraftStore>();
    let has_own_template = button.read(|button| button.template.is_some());
    let text = button.text(|button| button.template.clone().unwrap_or_default());
    let use_own_template = move |is_own: bool| {
        let default = store.peek(|document| default_template(document.site.office_language()));
        button.edit(|button| button.template = is_own.then(|| default.to_owned()));
    };
    let insert_button = move |name: &'static str| {
        let braced = format!("{{{name}}}");
        let is_used = {
            let braced = braced.clone();
            Memo::new(move |_| text.with(|text| text.contains(&braced)))
        };
        view! {
            <button
                type="button"
                class="insert-chip"
                data-insert=name
                disabled=is_used
                title=braced.clone()
                on:click=move |_| {
                    if let Some(text) = browser::insert_at_cursor(TEXTAREA_SELECTOR, &braced) {
                        button.edit(|button| button.template = Some(text));
                    }
                }
            >
                <Icon sign=Sign::ADD />{meaning(words, name)}
            </button>
        }
    };
    let has_answers = store.memo(|document| document.site.answers.is_on());
    let has_reply_hint = Memo::new(move |_| text.with(|text| text.contains("{reply_hint}")));
    let reply_hint_help = move || {
        has_answers.get().then(|| {
            let missing = (!has_reply_hint.get()).then(|| {
                view! { <Alert tone=Tone::Warn kind="no-reply-hint">{texts.reply_hint_missing}</Alert> }
            });
            view! { <p class="hint" data-help="reply-hint">{texts.reply_hint_help}</p> {missing} }
        })
    };
    let editor = move || {
        has_own_template.get().then(|| {
            view! {
                <TextArea
                    name="button-template"
                    label=texts.template
                    hint=texts.template_hint
                    rows=9
                    value=text
                    on_input=button.set(|button, text: String| button.template = Some(text))
                    problem=button.problem("template")
                />
                <div class="insert" role="group" aria-label=texts.placeholders>
                    <p class="hint">{texts.insert_placeholder}</p>
                    {shown_placeholders(store).map(insert_button).collect_view()}
                </div>
                {reply_hint_help}
            }
        })
    };
    let example_text = Memo::new(move |_| sample_visit::example_text(store, words, &id));
    // A memo, so that the message is not rendered anew, and its unfolded source closed, at every key.
    let has_example = Memo::new(move |_| example_text.with(Option::is_some));
    let message = Signal::derive(move || example_text.get().unwrap_or_default());
    let example = move || {
        if has_example.get() {
            view! { <MessageView text=message /> }.into_any()
        } else {
            view! { <p class="muted">{texts.no_example}</p> }.into_any()
        }
    };
    view! {
        <fieldset class="stack">
            <legend>{texts.message}</legend>
            <Check name="button-own-template" label=texts.own_template value=has_own_template on_change=use_own_template />
            {editor}
            <p class="label">{texts.example}</p>
            {example}
        </fieldset>
    }
}

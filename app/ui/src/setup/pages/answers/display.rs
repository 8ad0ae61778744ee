//! Choice of how much of an answer tablets show. Switching answers off asks first when other settings need them.

use leptos::prelude::*;
use yobirin_domain::model::answer_display::AnswerDisplay;
use yobirin_domain::model::settings::Site;

use crate::components::{Confirm, fresh_id};
use crate::i18n::setup::counted;
use crate::setup::draft::answers_off::{answer_uses, switch_answers_off};
use crate::setup::draft_store::{Binding, DraftStore};
use crate::setup::nav::words;

use super::tablet_picture::TabletPicture;

/// Radio buttons for the display of answers, each with a picture.
#[component]
pub(super) fn AnswerDisplayChoice(site: Binding<Site>) -> impl IntoView {
    let words = words();
    let texts = &words.answers;
    let store = expect_context::<DraftStore>();
    let saved = site.read(|site| Some(site.answers));
    let uses = store.memo(answer_uses);
    let is_confirming_off = RwSignal::new(false);
    // While the dialog is open, the pressed choice is marked, not the saved one.
    let marked = Memo::new(move |_| {
        if is_confirming_off.get() {
            Some(AnswerDisplay::Off)
        } else {
            saved.get()
        }
    });
    let choose = move |display: AnswerDisplay| {
        if display == AnswerDisplay::Off && !uses.get_untracked().is_empty() {
            is_confirming_off.set(true);
        } else {
            site.edit(|site| site.answers = display);
        }
    };
    let switch_off = move |()| store.edit(switch_answers_off);
    let radio_group = fresh_id();
    let choice = move |display: AnswerDisplay| {
        let (key, label, hint) = match display {
            AnswerDisplay::Off => ("off", texts.off, texts.off_hint),
            AnswerDisplay::Noticed => ("noticed", texts.noticed, texts.noticed_hint),
            AnswerDisplay::Words => ("words", texts.words, texts.words_hint),
        };
        view! {
            <label class="method answer-choice" data-choice=key>
                <input
                    type="radio"
                    name=format!("answers-{radio_group}")
                    value=key
                    prop:checked=move || marked.get() == Some(display)
                    on:change=move |_| choose(display)
                />
                <span>
                    <strong>{label}</strong>
                    <span class="muted">{hint}</span>
                    <TabletPicture display=display />
                </span>
            </label>
        }
    };
    let removed_settings = move || {
        let uses = uses.get();
        let of_site = uses
            .has_site_steps
            .then(|| view! { <li>{texts.off_ask_site}</li> });
        let of_buttons = (uses.buttons > 0)
            .then(|| view! { <li>{counted(texts.off_ask_buttons, uses.buttons)}</li> });
        view! { <ul>{of_site}{of_buttons}</ul> }
    };
    view! {
        <fieldset class="methods" data-choices="answers">
            <legend class="visually-hidden">{texts.display_title}</legend>
            {AnswerDisplay::ALL.map(choice).into_iter().collect_view()}
        </fieldset>
        <Confirm
            open=is_confirming_off
            title=texts.off_question
            ok=texts.off_ok
            cancel=words.controls.cancel
            danger=true
            kind="answers-off"
            on_ok=switch_off
        >
            <p>{texts.off_explanation}</p>
            {removed_settings}
        </Confirm>
    }
}

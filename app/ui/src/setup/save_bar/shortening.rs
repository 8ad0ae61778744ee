//! Question before a retention is shortened: how many records go as soon as the draft is saved.

use leptos::prelude::*;
use yobirin_domain::model::call::DEADLINE_MILLIS;
use yobirin_domain::retention::{RetentionPreview, closed_from};

use crate::api::admin::AdminClient;
use crate::browser::clock;
use crate::components::Dialog;
use crate::i18n::fill;
use crate::i18n::setup::{Words, counted};
use crate::setup::draft_store::{DraftStore, Saving};
use crate::setup::nav::words;

/// Dialog that is open while saving waits for the answer.
#[component]
pub(super) fn ShorteningQuestion(admin: AdminClient) -> impl IntoView {
    let words = words();
    let texts = &words.retention;
    let store = expect_context::<DraftStore>();
    let asked = Memo::new(move |_| match store.saving() {
        Saving::ShortensRetention(preview) => Some(preview),
        _ => None,
    });
    let is_open = Signal::derive(move || asked.get().is_some());
    let content = move || {
        let list = lost(words, asked.get().unwrap_or_default());
        let (text, ok) = match list.is_empty() {
            true => (texts.shorten_nothing, texts.shorten_save),
            false => (texts.shorten_explanation, texts.shorten_ok),
        };
        let minutes = closed_from(DEADLINE_MILLIS) / clock::MINUTE_MS;
        let open = (!list.is_empty())
            .then(|| fill(texts.shorten_open, &[("minutes", &minutes.to_string())]));
        let lines = list.into_iter().map(|line| view! { <li>{line}</li> });
        view! {
            <div class="dialog-text"><p>{text}</p><ul>{lines.collect_view()}</ul>{open.map(|text| view! { <p class="muted small">{text}</p> })}</div>
            <div class="dialog-actions">
                <button type="button" class="button" data-action="cancel" on:click=move |_| store.dismiss_status()>
                    {words.controls.cancel}
                </button>
                <button type="button" class="button primary danger" data-action="confirm" on:click=move |_| store.save_shortened(admin)>
                    {ok}
                </button>
            </div>
        }
    };
    view! {
        <Dialog open=is_open on_close=move |()| store.dismiss_status() title=texts.shorten_question kind="shorten-retention">
            {content}
        </Dialog>
    }
}

/// Records that go, by kind.
fn lost(words: &Words, preview: RetentionPreview) -> Vec<String> {
    let texts = &words.retention;
    let counts = [
        (texts.shorten_visitors, preview.visitors),
        (texts.shorten_messages, preview.messages),
        (texts.shorten_answers, preview.answers),
        (texts.shorten_counts, preview.counts),
    ];
    let some = counts.into_iter().filter(|(_, count)| *count > 0);
    let line = |(text, count)| counted(text, usize::try_from(count).unwrap_or(usize::MAX));
    some.map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::setup::SetupLang;

    #[test]
    fn only_what_goes_is_listed() {
        let preview = RetentionPreview {
            visitors: 1,
            messages: 2,
            ..RetentionPreview::default()
        };
        assert_eq!(
            lost(SetupLang::En.words(), preview),
            ["What was entered on 1 visit", "Texts of 2 notifications"]
        );
        assert!(lost(SetupLang::Ja.words(), RetentionPreview::default()).is_empty());
    }
}

//! Question before a retention is shortened, with the number of records that are erased as soon as the draft is saved.

use leptos::prelude::*;
use yobirin_domain::model::call::DEADLINE_MILLIS;
use yobirin_domain::retention::{RetentionPreview, closed_from};

use crate::api::admin::AdminClient;
use crate::browser::clock;
use crate::components::{ConfirmButtons, Dialog};
use crate::i18n::fill;
use crate::i18n::setup::{Words, counted};
use crate::setup::draft_store::{DraftStore, Saving};
use crate::setup::nav::words;

/// Id of the text of the dialog.
const TEXT_ID: &str = "shorten-retention-text";

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
        let erased = erased_records(words, asked.get().unwrap_or_default());
        let (text, ok) = if erased.is_empty() {
            (texts.shorten_nothing, texts.shorten_save)
        } else {
            (texts.shorten_explanation, texts.shorten_ok)
        };
        let minutes = closed_from(DEADLINE_MILLIS) / clock::MINUTE_MS;
        let open_calls_hint = (!erased.is_empty())
            .then(|| fill(texts.shorten_open, &[("minutes", &minutes.to_string())]));
        let lines = erased.into_iter().map(|line| view! { <li>{line}</li> });
        view! {
            <div class="dialog-text" id=TEXT_ID><p>{text}</p><ul>{lines.collect_view()}</ul>{open_calls_hint.map(|text| view! { <p class="muted small">{text}</p> })}</div>
            <ConfirmButtons
                ok=ok
                cancel=words.controls.cancel
                danger=true
                on_cancel=move |()| store.dismiss_status()
                on_ok=move |()| store.save_shortened(admin)
            />
        }
    };
    view! {
        <Dialog open=is_open on_close=move |()| store.dismiss_status() title=texts.shorten_question kind="shorten-retention" described_by=TEXT_ID>
            {content}
        </Dialog>
    }
}

/// A line for each kind of record that is erased, with their number.
fn erased_records(words: &Words, preview: RetentionPreview) -> Vec<String> {
    let texts = &words.retention;
    let counts = [
        (texts.shorten_visitors, preview.visitors),
        (texts.shorten_messages, preview.messages),
        (texts.shorten_answers, preview.answers),
        (texts.shorten_counts, preview.counts),
    ];
    let erased = counts.into_iter().filter(|(_, count)| *count > 0);
    let line = |(text, count)| counted(text, usize::try_from(count).unwrap_or(usize::MAX));
    erased.map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::setup::SetupLang;

    #[test]
    fn only_kinds_with_erased_records_are_listed() {
        let preview = RetentionPreview {
            visitors: 1,
            messages: 2,
            ..RetentionPreview::default()
        };
        assert_eq!(
            erased_records(SetupLang::En.words(), preview),
            ["What was entered on 1 visit", "Texts of 2 notifications"]
        );
        let nothing = RetentionPreview::default();
        assert!(erased_records(SetupLang::Ja.words(), nothing).is_empty());
    }
}

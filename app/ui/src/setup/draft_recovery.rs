//! Banner that offers unsaved changes of an earlier visit.

use leptos::prelude::*;

use crate::browser::clock;
use crate::components::{Alert, Confirm, Tone};
use crate::i18n::fill;
use crate::i18n::setup::counted;

use super::nav::words;
use crate::setup::draft_store::{DraftStore, RecoverableDraft};
use crate::setup::shared::diff_text::DiffText;

/// The banner for the newest recoverable draft.
#[component]
pub(super) fn DraftRecovery() -> impl IntoView {
    let store = expect_context::<DraftStore>();
    let words = words();
    let offer = Memo::new(move |_| store.autosave().next_recoverable());
    let is_confirming_discard = RwSignal::new(false);
    let texts = &words.editing;
    let discard_question = move || {
        let count = offer.with(|offer| {
            let offer = offer.as_ref();
            offer.map_or(0, |offer| offer.draft.patch.changes().len())
        });
        view! { <p>{counted(texts.draft_discard_explanation, count)}</p> }
    };
    view! {
        {move || offer.get().map(|offer| view! { <RecoveryOffer offer=offer is_confirming_discard=is_confirming_discard /> })}
        <Confirm
            open=is_confirming_discard
            title=texts.draft_discard_question
            ok=texts.draft_discard
            cancel=words.controls.cancel
            danger=true
            kind="drop-kept"
            on_ok=move |()| if let Some(offer) = offer.get_untracked() { store.discard_recoverable(&offer) }
        >
            {discard_question}
        </Confirm>
    }
}

#[component]
fn RecoveryOffer(offer: RecoverableDraft, is_confirming_discard: RwSignal<bool>) -> impl IntoView {
    let store = expect_context::<DraftStore>();
    let words = words();
    let texts = &words.editing;
    let zone = store.peek(|document| document.site.time_zone.clone());
    let time = clock::format_date_time(offer.draft.at, words.language().tag(), &zone);
    let changes = untrack(|| DiffText::from_context().sentence(&offer.draft.patch.changes()));
    let text = fill(texts.draft_words, &[("time", &time), ("what", &changes)]);
    view! {
        <Alert tone=Tone::Warn kind="kept">
            <p><strong>{texts.draft_title}</strong></p>
            <p>{text}</p>
            <p class="notice-actions">
                <button type="button" class="button primary" data-action="take-up" on:click=move |_| store.restore(&offer)>
                    {texts.draft_restore}
                </button>
                <button type="button" class="button" data-action="drop-kept" on:click=move |_| is_confirming_discard.set(true)>
                    {texts.draft_discard}
                </button>
            </p>
        </Alert>
    }
}

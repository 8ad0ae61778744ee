//! Banner that offers unsaved changes of an earlier visit.

use leptos::prelude::*;

use crate::browser::clock;
use crate::components::{Alert, Confirm, Tone};
use crate::i18n::fill;

use super::nav::words;
use crate::setup::draft_store::{DraftStore, RecoverableDraft};
use crate::setup::shared::diff_text::DiffText;

/// The banner for the newest recoverable draft.
#[component]
pub(super) fn DraftRecovery() -> impl IntoView {
    let (store, words) = (expect_context::<DraftStore>(), words());
    let offer = Memo::new(move |_| store.autosave().next_recoverable());
    let dropping = RwSignal::new(false);
    let w = &words.editing;
    let drop_words = move || {
        let count = offer.with(|offer| {
            let offer = offer.as_ref();
            offer.map_or(0, |offer| offer.draft.patch.changes().len())
        });
        view! { <p>{fill(w.draft_discard_words, &[("count", &count.to_string())])}</p> }
    };
    view! {
        {move || offer.get().map(|offer| view! { <RecoveryOffer offer=offer dropping=dropping /> })}
        <Confirm
            open=dropping
            title=w.draft_discard_ask
            ok=w.draft_discard
            cancel=words.controls.cancel
            danger=true
            kind="drop-kept"
            on_ok=move |()| if let Some(offer) = offer.get_untracked() { store.discard_recoverable(&offer) }
        >
            {drop_words}
        </Confirm>
    }
}

#[component]
fn RecoveryOffer(offer: RecoverableDraft, dropping: RwSignal<bool>) -> impl IntoView {
    let (store, words) = (expect_context::<DraftStore>(), words());
    let w = &words.editing;
    let zone = store.peek(|document| document.site.time_zone.clone());
    let time = clock::format_date_time(offer.draft.at, words.lang.lang().tag(), &zone);
    let what = untrack(|| DiffText::from_context().sentence(&offer.draft.patch.changes()));
    let text = fill(w.draft_words, &[("time", &time), ("what", &what)]);
    view! {
        <Alert tone=Tone::Warn kind="kept">
            <p><strong>{w.draft_title}</strong></p>
            <p>{text}</p>
            <p class="notice-actions">
                <button type="button" class="button primary" data-action="take-up" on:click=move |_| store.restore(&offer)>
                    {w.draft_restore}
                </button>
                <button type="button" class="button" data-action="drop-kept" on:click=move |_| dropping.set(true)>
                    {w.draft_discard}
                </button>
            </p>
        </Alert>
    }
}

//! A button that copies a text to the clipboard, and says whether that worked.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use crate::browser;

use crate::setup::nav::words;

/// State of copying.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CopyState {
    NotYet,
    Done,
    Refused,
}

#[component]
pub(crate) fn CopyButton(
    /// Text to copy.
    #[prop(into)]
    text: Signal<String>,
    /// Label; 「コピー」 by default.
    #[prop(optional)]
    label: Option<&'static str>,
) -> impl IntoView {
    let texts = &words().controls;
    let copied = RwSignal::new(CopyState::NotYet);
    let copy = move |_| {
        spawn_local_scoped_with_cancellation(async move {
            let done = browser::copy_to_clipboard(&text.get_untracked()).await;
            let _ = copied.try_set(if done {
                CopyState::Done
            } else {
                CopyState::Refused
            });
        });
    };
    let status = move || match copied.get() {
        CopyState::NotYet => "",
        CopyState::Done => texts.copied,
        CopyState::Refused => texts.copy_refused,
    };
    view! {
        <button type="button" class="button small" data-action="copy" on:click=copy>
            {label.unwrap_or(texts.copy)}
        </button>
        <span class="muted small" role="status">{status}</span>
    }
}

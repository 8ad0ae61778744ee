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
    /// Label; "copy" (コピー) by default.
    #[prop(optional)]
    label: Option<&'static str>,
) -> impl IntoView {
    let texts = &words().controls;
    let state = RwSignal::new(CopyState::NotYet);
    let copy = move |_| {
        spawn_local_scoped_with_cancellation(async move {
            let is_copied = browser::copy_to_clipboard(&text.get_untracked()).await;
            let _ = state.try_set(if is_copied {
                CopyState::Done
            } else {
                CopyState::Refused
            });
        });
    };
    let status = move || match state.get() {
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

//! Placeholder for data that is loading or failed to load.

use leptos::prelude::*;

use crate::api::response::ClientError;
use crate::components::{Alert, Tone};
use crate::i18n::setup::Words;
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::remote::Remote;

/// Placeholder for data that is loading or failed to load.
pub(crate) fn loading_view<T>(
    load: &Remote<T>,
    retry: impl Fn() + Clone + Send + Sync + 'static,
) -> AnyView {
    let words = words();
    match load {
        Remote::Loading => view! {
            <p class="waiting" role="status" data-loading=""><span class="spinner"></span>{words.controls.loading}</p>
        }
        .into_any(),
        Remote::Slow => view! {
            <p class="waiting" role="status" data-loading=""><span class="spinner"></span>{words.controls.loading_slow}</p>
        }
        .into_any(),
        Remote::Failed(error) => failure_view(words, error, retry),
        Remote::Loaded(_) => ().into_any(),
    }
}

/// An error with a retry button.
pub(crate) fn failure_view(
    words: &'static Words,
    error: &ClientError,
    retry: impl Fn() + Clone + Send + Sync + 'static,
) -> AnyView {
    let failure_text = errors::text(words, error);
    view! {
        <Alert tone=Tone::Bad kind="failed">
            <p>{failure_text}</p>
            <button type="button" class="button small" data-action="retry" on:click=move |_| retry()>
                {words.controls.retry}
            </button>
        </Alert>
    }
    .into_any()
}

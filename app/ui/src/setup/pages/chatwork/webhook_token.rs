//! Form for the webhook's token.

use leptos::prelude::*;
use yobirin_api::ErrorCode;
use yobirin_api::webhook::Webhook;

use crate::api::admin::AdminClient;
use crate::browser;
use crate::components::{SubmitForm, TextField};
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::remote::{Remote, Scope};

use super::super::security::GuardedRequest;

/// Form that stores the token, after a reauthentication if the relay demands one.
#[component]
pub(super) fn WebhookTokenForm(webhook: RwSignal<Remote<Webhook>>) -> impl IntoView {
    let words = words();
    let texts = &words.webhook;
    let admin = expect_context::<AdminClient>();
    let token = RwSignal::new(String::new());
    let is_busy = RwSignal::new(false);
    let guarded = GuardedRequest::new();
    let failure = guarded.failure;
    // The request may replace the reauthentication form, so it is not owned by the form.
    let scope = Scope::current();
    let problem = Signal::derive(move || {
        failure.with(|failure| {
            let error = failure.as_ref()?;
            Some(match error.code() {
                Some(ErrorCode::Malformed) => texts.token_refused.to_owned(),
                _ => errors::text(words, error),
            })
        })
    });
    let is_typed = Memo::new(move |_| !token.with(|token| token.trim().is_empty()));
    let save = move |()| {
        if !is_typed.get_untracked() {
            return;
        }
        is_busy.set(true);
        failure.set(None);
        let token_text = token.get_untracked().trim().to_owned();
        scope.spawn(async move {
            let response = admin.set_webhook(&token_text).await;
            let _ = is_busy.try_set(false);
            match response {
                Ok(state) => {
                    webhook.set(Remote::Loaded(state));
                    browser::focus_after_render("[data-action=stop-webhook]");
                }
                Err(error) => guarded.record_error(error),
            }
        });
    };
    let reauthentication = guarded.form(save);
    let save_button = move || {
        is_typed.get().then(|| {
            view! {
                <button type="submit" class="button primary" data-action="save-webhook" aria-disabled=move || is_busy.get().to_string()>{texts.save}</button>
            }
        })
    };
    view! {
        <SubmitForm class="form" name="webhook" busy=is_busy on_submit=save>
            <TextField
                name="webhook-token"
                label=texts.token
                hint=texts.token_hint
                kind="password"
                autocomplete="off"
                value=token
                on_input=move |text| {
                    failure.set(None);
                    token.set(text);
                }
                problem=problem
            />
            <div class="row" role="status">
                {save_button}
                {move || is_busy.get().then(|| view! { <span class="waiting"><span class="spinner"></span>{texts.saving}</span> })}
            </div>
        </SubmitForm>
        {reauthentication}
    }
}

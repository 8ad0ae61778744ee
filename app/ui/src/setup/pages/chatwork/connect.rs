//! Form for the API token, with confirmation.

use leptos::prelude::*;
use yobirin_api::ErrorCode;

use crate::api::response::ClientError;
use crate::browser;
use crate::components::{Confirm, SubmitForm, TextField};
use crate::i18n::setup::Words;

use super::super::security::GuardedRequest;
use crate::api::admin::AdminClient;
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::remote::Scope;
use crate::setup::shared::chatwork_directory::ChatworkDirectory;

/// Text of a failure, which says what to do about it.
fn failure_text(words: &Words, error: &ClientError) -> String {
    if *error == ClientError::Unreachable {
        return words.chatwork.relay_unreachable.to_owned();
    }
    match error.code() {
        Some(ErrorCode::TokenRefused | ErrorCode::Malformed) => {
            words.chatwork.connect_refused.to_owned()
        }
        Some(ErrorCode::ChatworkUnreachable) => words.chatwork.chatwork_unreachable.to_owned(),
        _ => errors::text(words, error),
    }
}

#[component]
pub(crate) fn ConnectForm() -> impl IntoView {
    let words = words();
    let texts = &words.chatwork;
    let admin = expect_context::<AdminClient>();
    let directory = expect_context::<ChatworkDirectory>();
    let token = RwSignal::new(String::new());
    let is_confirming = RwSignal::new(false);
    let is_busy = RwSignal::new(false);
    let guarded = GuardedRequest::new();
    let failure = guarded.failure;
    // The request may replace the reauthentication form, so it is not owned by the form.
    let scope = Scope::current();
    let problem = Signal::derive(move || {
        failure.with(|failure| failure.as_ref().map(|error| failure_text(words, error)))
    });
    let is_typed = Memo::new(move |_| !token.with(|token| token.trim().is_empty()));
    let connect = move |()| {
        is_busy.set(true);
        failure.set(None);
        let token_text = token.get_untracked().trim().to_owned();
        scope.spawn(async move {
            let response = admin.connect(&token_text).await;
            let _ = is_busy.try_set(false);
            match response {
                Ok(connection) => {
                    directory.set_connection(connection);
                    browser::focus_after_render("[data-action=disconnect]");
                }
                Err(error) => guarded.record_error(error),
            }
        });
    };
    let submit = move |()| {
        if is_typed.get_untracked() {
            is_confirming.set(true);
        }
    };
    let connect_button = move || {
        is_typed.get().then(|| {
            view! {
                <button type="submit" class="button primary" data-action="connect" aria-disabled=move || is_busy.get().to_string()>
                    {texts.connect}
                </button>
            }
        })
    };
    let reauthentication = guarded.form(connect);
    view! {
        <SubmitForm class="form" name="connect" busy=is_busy on_submit=submit>
            <TextField
                name="token"
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
                {connect_button}
                {move || is_busy.get().then(|| view! { <span class="waiting"><span class="spinner"></span>{texts.connecting}</span> })}
            </div>
        </SubmitForm>
        {reauthentication}
        <Confirm
            open=is_confirming
            title=texts.connect_question
            ok=texts.connect_ok
            cancel=words.controls.cancel
            kind="connect"
            on_ok=connect
        >
            <p>{texts.connect_explanation}</p>
            <ul>
                <li>{texts.connect_ask_bot}</li>
                <li>{texts.connect_ask_token}</li>
            </ul>
        </Confirm>
        <details class="help" data-help="bot">
            <summary>{texts.bot_steps}</summary>
            <ol>
                <li>{texts.bot_step_1}</li>
                <li>{texts.bot_step_2}</li>
                <li>{texts.bot_step_3}</li>
                <li>{texts.bot_step_4}</li>
            </ol>
        </details>
        <details class="help">
            <summary>{texts.token_steps}</summary>
            <ol>
                <li>{texts.token_step_1}</li>
                <li>{texts.token_step_2}</li>
                <li>{texts.token_step_3}</li>
            </ol>
            <ul>
                <li>{texts.token_free_plans}</li>
                <li>{texts.token_business_plans}</li>
            </ul>
        </details>
    }
}

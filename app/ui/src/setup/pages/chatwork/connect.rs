//! Form for the API token, with confirmation.

use leptos::prelude::*;
use yobirin_api::ErrorCode;

use crate::api::response::ClientError;
use crate::browser;
use crate::components::{Confirm, SubmitForm, TextField};
use crate::i18n::setup::Words;

use super::super::security::GuardedAct;
use crate::api::admin::AdminClient;
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::remote::Scope;
use crate::setup::shared::chatwork_directory::ChatworkDirectory;

/// Text of a failure; each asks for another action.
fn failure_text(words: &Words, error: &ClientError) -> &'static str {
    match (error, error.code()) {
        (ClientError::Unreachable, _) => words.chatwork.relay_unreachable,
        (_, Some(ErrorCode::TokenRefused | ErrorCode::Malformed)) => words.chatwork.connect_refused,
        (_, Some(ErrorCode::ChatworkUnreachable)) => words.chatwork.chatwork_unreachable,
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
    let confirming = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let guarded = GuardedAct::new();
    let failure = guarded.failure;
    // The request outlives the reauthentication form.
    let scope = Scope::current();
    let problem = Signal::derive(move || {
        failure.with(|failure| {
            failure
                .as_ref()
                .map(|error| failure_text(words, error).to_owned())
        })
    });
    let typed = Memo::new(move |_| !token.with(|token| token.trim().is_empty()));
    let connect = move |()| {
        busy.set(true);
        failure.set(None);
        let token_text = token.get_untracked().trim().to_owned();
        scope.spawn(async move {
            let response = admin.connect(&token_text).await;
            let _ = busy.try_set(false);
            match response {
                Ok(connection) => {
                    directory.set_connection(connection);
                    browser::focus_after_render("[data-action=disconnect]");
                }
                Err(error) => guarded.failed(error),
            }
        });
    };
    let submit = move |()| {
        if typed.get_untracked() {
            confirming.set(true);
        }
    };
    let action = move || {
        typed.get().then(|| {
            view! {
                <button type="submit" class="button primary" data-action="connect" aria-disabled=move || busy.get().to_string()>
                    {texts.connect}
                </button>
            }
        })
    };
    let reauthentication = guarded.form(connect);
    view! {
        <SubmitForm class="form" name="connect" busy=busy on_submit=submit>
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
                {action}
                {move || busy.get().then(|| view! { <span class="waiting"><span class="spinner"></span>{texts.connecting}</span> })}
            </div>
        </SubmitForm>
        {reauthentication}
        <Confirm
            open=confirming
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

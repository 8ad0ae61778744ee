//! Form for the API token, with confirmation.

use leptos::prelude::*;
use yobirin_api::ErrorCode;

use crate::api::response::ClientError;
use crate::browser;
use crate::components::{Confirm, SubmitForm, TextField};
use crate::i18n::setup::Words;

use super::super::security::Reauthenticate;
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
    let w = &words.chatwork;
    let (admin, directory) = (
        expect_context::<AdminClient>(),
        expect_context::<ChatworkDirectory>(),
    );
    let token = RwSignal::new(String::new());
    let confirming = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<ClientError>);
    let reauthenticating = RwSignal::new(false);
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
        let given = token.get_untracked().trim().to_owned();
        scope.spawn(async move {
            let answer = admin.connect(&given).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(connection) => {
                    directory.set_connection(connection);
                    browser::focus_after_render("[data-action=disconnect]");
                }
                Err(error) if error.code() == Some(ErrorCode::ReauthenticationNeeded) => {
                    let _ = reauthenticating.try_set(true);
                }
                Err(error) => {
                    let _ = failure.try_set(Some(error));
                }
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
                    {w.connect}
                </button>
            }
        })
    };
    let proof = move || {
        reauthenticating.get().then(|| {
            let done = move |()| {
                reauthenticating.set(false);
                connect(());
            };
            view! {
                <Reauthenticate about=words.security.confirm_before_connecting on_done=done on_cancel=move |()| reauthenticating.set(false) />
            }
        })
    };
    view! {
        <SubmitForm class="form" name="connect" busy=busy on_submit=submit>
            <TextField
                name="token"
                label=w.token
                hint=w.token_hint
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
                {move || busy.get().then(|| view! { <span class="waiting"><span class="spinner"></span>{w.connecting}</span> })}
            </div>
        </SubmitForm>
        {proof}
        <Confirm
            open=confirming
            title=w.connect_ask
            ok=w.connect_ok
            cancel=words.controls.cancel
            kind="connect"
            on_ok=connect
        >
            <p>{w.connect_words}</p>
            <ul>
                <li>{w.connect_ask_bot}</li>
                <li>{w.connect_ask_token}</li>
            </ul>
        </Confirm>
        <details class="help">
            <summary>{w.token_steps}</summary>
            <ol>
                <li>{w.token_step_1}</li>
                <li>{w.token_step_2}</li>
                <li>{w.token_step_3}</li>
            </ol>
            <ul>
                <li>{w.token_free_plans}</li>
                <li>{w.token_business_plans}</li>
            </ul>
        </details>
    }
}

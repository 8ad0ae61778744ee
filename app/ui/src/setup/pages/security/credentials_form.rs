//! Form in which an admin enters the password and a code of the second factor once more.

use leptos::prelude::*;
use yobirin_api::ErrorCode;
use yobirin_api::account::BothFactors;

use crate::api::response::ClientError;
use crate::components::{Alert, PasswordField, SubmitForm, TextField, Tone};

use crate::setup::errors;
use crate::setup::nav::words;

/// The form. It makes no request itself.
#[component]
pub(crate) fn CredentialsForm(
    /// Title.
    title: &'static str,
    /// Consequence of submitting the form.
    about: &'static str,
    /// Label of the submitting button.
    ok: &'static str,
    /// Marks the submitting button as destructive.
    #[prop(optional)]
    danger: bool,
    /// True when a code is required too.
    #[prop(default = Signal::stored(true), into)]
    needs_code: Signal<bool>,
    /// Error of the last attempt.
    #[prop(into)]
    failure: Signal<Option<ClientError>>,
    /// True while the request is in flight.
    #[prop(into)]
    busy: Signal<bool>,
    /// Called with password and code.
    #[prop(into)]
    on_ok: Callback<BothFactors>,
    /// Called when the form is cancelled, also by Escape.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let words = words();
    let texts = &words.security;
    let password = RwSignal::new(String::new());
    let code = RwSignal::new(String::new());
    let problem_of = move |code: ErrorCode| {
        Signal::derive(move || {
            failure.with(|failure| {
                let failure = failure
                    .as_ref()
                    .filter(|failure| failure.code() == Some(code))?;
                Some(errors::text(words, failure))
            })
        })
    };
    let other_failure = move || {
        let failure = failure.get()?;
        let is_at_field = matches!(
            failure.code(),
            Some(ErrorCode::WrongCode | ErrorCode::WrongSecret)
        );
        (!is_at_field).then(|| {
            view! { <Alert tone=Tone::Bad kind="failed">{errors::text(words, &failure)}</Alert> }
        })
    };
    let submit = move |()| {
        on_ok.run(BothFactors {
            password: password.get_untracked(),
            code: code.get_untracked(),
        });
    };
    let button_class = if danger {
        "button primary danger"
    } else {
        "button primary"
    };
    view! {
        <SubmitForm
            class="form narrow"
            name="identity"
            busy=busy
            on_submit=submit
            on:keydown=move |event| if event.key() == "Escape" { on_cancel.run(()) }
        >
            <h3>{title}</h3>
            <p>{about}</p>
            <PasswordField
                name="identity-password"
                label=texts.current_password
                value=password
                shown=Signal::derive(|| false)
                problem=problem_of(ErrorCode::WrongSecret)
                autocomplete="current-password"
            />
            {move || needs_code.get().then(|| view! {
                <TextField
                    name="identity-code"
                    label=texts.code
                    hint=texts.code_or_recovery_hint
                    value=code
                    on_input=move |text| code.set(text)
                    autocomplete="one-time-code"
                    problem=problem_of(ErrorCode::WrongCode)
                />
            })}
            {other_failure}
            <div class="row">
                <button type="submit" class=button_class data-action="prove" aria-disabled=move || busy.get().to_string()>{ok}</button>
                <button type="button" class="button" data-action="cancel" on:click=move |_| on_cancel.run(())>
                    {words.controls.cancel}
                </button>
            </div>
        </SubmitForm>
    }
}

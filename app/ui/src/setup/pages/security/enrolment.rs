//! Enrolment in two-factor authentication: password, QR code, first code.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_api::ErrorCode;
use yobirin_api::account::Enrolment;

use crate::api::response::ClientError;
use crate::browser;
use crate::components::{Alert, PasswordField, Qr, SubmitForm, TextField, Tone};

use crate::api::admin::AdminClient;
use crate::setup::auth::pending_secrets::PendingSecrets;
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::shared::copy_button::CopyButton;

/// Text of the last attempt's error, if it has this code, with which it belongs to a field.
fn problem_with_code(
    failure: RwSignal<Option<ClientError>>,
    code: ErrorCode,
) -> Signal<Option<String>> {
    let words = words();
    Signal::derive(move || {
        failure.with(|failure| {
            let failure = failure
                .as_ref()
                .filter(|failure| failure.code() == Some(code))?;
            Some(errors::text(words, failure))
        })
    })
}

/// Alert with the last attempt's error, unless it has this code.
fn failure_without_code(failure: RwSignal<Option<ClientError>>, code: ErrorCode) -> impl IntoView {
    let words = words();
    move || {
        let failure = failure
            .get()
            .filter(|failure| failure.code() != Some(code))?;
        let failure_text = errors::text(words, &failure);
        Some(view! { <Alert tone=Tone::Bad kind="failed">{failure_text}</Alert> })
    }
}

/// First step: the password.
#[component]
pub(crate) fn EnrolmentStart(
    /// Called when the form is cancelled.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let words = words();
    let admin = expect_context::<AdminClient>();
    let texts = &words.security;
    let secrets = expect_context::<PendingSecrets>();
    let password = RwSignal::new(String::new());
    let is_busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<ClientError>);
    let submit = move |()| {
        is_busy.set(true);
        failure.set(None);
        spawn_local_scoped_with_cancellation(async move {
            let response = admin.enrol(password.get_untracked()).await;
            let _ = is_busy.try_set(false);
            match response {
                Ok(enrolment) => {
                    secrets.enrolment.set(Some(enrolment));
                    browser::focus_after_render("[data-enrolment]");
                }
                Err(error) => {
                    let _ = failure.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <SubmitForm class="form narrow" name="enrol" busy=is_busy on_submit=submit>
            <p>{texts.confirm_password}</p>
            <PasswordField
                name="enrol-password"
                label=texts.current_password
                value=password
                shown=Signal::derive(|| false)
                problem=problem_with_code(failure, ErrorCode::WrongSecret)
                autocomplete="current-password"
            />
            {failure_without_code(failure, ErrorCode::WrongSecret)}
            <div class="row">
                <button type="submit" class="button primary" data-action="enrol" aria-disabled=move || is_busy.get().to_string()>
                    {texts.next}
                </button>
                <button type="button" class="button" data-action="cancel" on:click=move |_| on_cancel.run(())>
                    {words.controls.cancel}
                </button>
            </div>
        </SubmitForm>
    }
}

/// Second step: the key to scan, and the first code.
#[component]
pub(crate) fn EnrolmentScan(
    enrolment: Enrolment,
    /// Called when two-factor authentication is on.
    on_change: Callback<()>,
) -> impl IntoView {
    let words = words();
    let admin = expect_context::<AdminClient>();
    let texts = &words.security;
    let secrets = expect_context::<PendingSecrets>();
    let code = RwSignal::new(String::new());
    let is_busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<ClientError>);
    let Enrolment { secret, uri } = enrolment;
    let submit = move |()| {
        is_busy.set(true);
        failure.set(None);
        spawn_local_scoped_with_cancellation(async move {
            let response = admin.confirm_two_factor(code.get_untracked()).await;
            let _ = is_busy.try_set(false);
            match response {
                Ok(recovery) => {
                    secrets.enrolment.set(None);
                    secrets.codes.set(Some(recovery.codes));
                    on_change.run(());
                    browser::focus_after_render("[data-action=kept]");
                }
                Err(error) => {
                    let _ = failure.try_set(Some(error));
                }
            }
        });
    };
    let key = group_by_four(&secret);
    view! {
        <div class="enrolment" data-enrolment tabindex="-1">
            <div class="stack">
                <p>{texts.scan_qr}</p>
                <Qr text=uri.clone() label=texts.qr_label />
            </div>
            <div class="stack">
                <p class="muted">{texts.type_key}</p>
                <p class="label">{texts.key}</p>
                <p class="digits" data-totp-key>{key}</p>
                <p class="row"><CopyButton text=Signal::derive(move || secret.clone()) /></p>
                <p><a href=uri data-otpauth>{texts.open_app}</a></p>
            </div>
        </div>
        <SubmitForm class="form narrow" name="first-code" busy=is_busy on_submit=submit>
            <p>{texts.enter_code}</p>
            <TextField
                name="first-code"
                label=texts.code
                value=code
                on_input=move |text| code.set(text)
                autocomplete="one-time-code"
                problem=problem_with_code(failure, ErrorCode::WrongCode)
            />
            {failure_without_code(failure, ErrorCode::WrongCode)}
            <div class="row">
                <button type="submit" class="button primary" data-action="switch-on" aria-disabled=move || is_busy.get().to_string()>
                    {texts.switch_on}
                </button>
                <button type="button" class="button" data-action="cancel" on:click=move |_| secrets.enrolment.set(None)>
                    {words.controls.cancel}
                </button>
            </div>
        </SubmitForm>
    }
}

/// A key in groups of four letters.
fn group_by_four(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    let groups = letters
        .chunks(4)
        .map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::group_by_four;

    #[test]
    fn a_key_is_read_in_groups_of_four() {
        assert_eq!(group_by_four("ABCDEFGHIJ"), "ABCD EFGH IJ");
        assert_eq!(group_by_four(""), "");
    }
}

//! Change of the password.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_api::ErrorCode;
use yobirin_api::session::ChangePassword;

use crate::browser;
use crate::components::{Alert, Check, PasswordField, SubmitForm, TextField, Tone};

use crate::api::admin::AdminClient;
use crate::setup::auth::first_run::{PasswordInput, password_problem};
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::shared::page_frame::Section;

/// Progress and result of the change of the password.
#[derive(Clone, PartialEq, Eq)]
enum ChangeState {
    /// Not submitted, or changed since.
    Typing,
    Sending,
    Done,
    /// The old password is wrong.
    WrongOld,
    /// The code is wrong.
    WrongCode,
    /// The new password is common, or easy to guess.
    Guessable,
    /// Any other error, in words.
    Failed(String),
}

#[component]
pub(crate) fn ChangePasswordSection(
    /// True when a code is required too, because the second factor is on.
    needs_code: bool,
) -> impl IntoView {
    let words = words();
    let admin = expect_context::<AdminClient>();
    let (texts, entry) = (&words.security, &words.sign_in);
    let old = RwSignal::new(String::new());
    let new = RwSignal::new(String::new());
    let repeated = RwSignal::new(String::new());
    let code = RwSignal::new(String::new());
    let needs_code = RwSignal::new(needs_code);
    let is_shown = RwSignal::new(false);
    let was_submitted = RwSignal::new(false);
    let state = RwSignal::new(ChangeState::Typing);
    let password_error = Memo::new(move |_| {
        if !was_submitted.get() {
            return None;
        }
        new.with(|new| repeated.with(|repeated| password_problem(words, new, repeated)))
    });
    let problem_of = move |input: PasswordInput| {
        Signal::derive(move || {
            let is_guessable = state.get() == ChangeState::Guessable;
            match password_error.get() {
                Some((at, text)) if at == input => Some(text),
                _ if input == PasswordInput::First && is_guessable => {
                    Some(entry.password_guessable.to_owned())
                }
                _ => None,
            }
        })
    };
    let code_problem = Signal::derive(move || {
        (state.get() == ChangeState::WrongCode).then(|| entry.wrong_code.to_owned())
    });
    let old_problem = Signal::derive(move || {
        (state.get() == ChangeState::WrongOld).then(|| texts.wrong_current_password.to_owned())
    });
    let submit = move |()| {
        was_submitted.set(true);
        if password_error.get_untracked().is_some() {
            return;
        }
        state.set(ChangeState::Sending);
        let change = ChangePassword {
            old: old.get_untracked(),
            new: new.get_untracked(),
            code: code.get_untracked(),
        };
        spawn_local_scoped_with_cancellation(async move {
            let result = match admin.change_password(change).await {
                Ok(()) => {
                    let _ = was_submitted.try_set(false);
                    for field in [old, new, repeated, code] {
                        let _ = field.try_set(String::new());
                    }
                    ChangeState::Done
                }
                Err(error) => match error.code() {
                    Some(ErrorCode::WrongSecret) => ChangeState::WrongOld,
                    Some(ErrorCode::WrongCode) => {
                        let _ = needs_code.try_set(true);
                        ChangeState::WrongCode
                    }
                    Some(ErrorCode::GuessablePassword) => ChangeState::Guessable,
                    // The second factor was switched on in another browser.
                    Some(ErrorCode::CodeNeeded) => {
                        let _ = needs_code.try_set(true);
                        browser::focus_after_render("[name=password-code]");
                        ChangeState::Typing
                    }
                    _ => ChangeState::Failed(errors::text(words, &error)),
                },
            };
            let _ = state.try_set(result);
        });
    };
    let result = move || {
        match state.get() {
        ChangeState::Done => Some(
            view! { <Alert tone=Tone::Good kind="password-changed">{texts.password_changed}</Alert> }
                .into_any(),
        ),
        ChangeState::Failed(text) => {
            Some(view! { <Alert tone=Tone::Bad kind="failed">{text}</Alert> }.into_any())
        }
        ChangeState::Typing
        | ChangeState::Sending
        | ChangeState::WrongOld
        | ChangeState::WrongCode
        | ChangeState::Guessable => None,
    }
    };
    let is_busy = Signal::derive(move || state.get() == ChangeState::Sending);
    view! {
        <Section title=texts.password lead=texts.password_lead name="password">
            <SubmitForm class="form narrow" name="password" busy=is_busy on_submit=submit>
                // For password managers, which store a password with a user name.
                <input type="text" name="username" autocomplete="username" value="admin" hidden />
                <PasswordField
                    name="old-password"
                    label=texts.current_password
                    value=old
                    shown=is_shown
                    problem=old_problem
                    autocomplete="current-password"
                />
                <PasswordField
                    name="new-password"
                    label=texts.new_password
                    hint=entry.first_run_hint
                    value=new
                    shown=is_shown
                    problem=problem_of(PasswordInput::First)
                    autocomplete="new-password"
                />
                <PasswordField
                    name="new-password-again"
                    label=entry.repeat_password
                    value=repeated
                    shown=is_shown
                    problem=problem_of(PasswordInput::Repetition)
                    autocomplete="new-password"
                />
                {move || needs_code.get().then(|| view! {
                    <TextField
                        name="password-code"
                        label=texts.code
                        hint=texts.code_or_recovery_hint
                        value=code
                        on_input=move |text| code.set(text)
                        autocomplete="one-time-code"
                        problem=code_problem
                    />
                })}
                <Check name="show-new-password" label=entry.show_password value=is_shown on_change=move |is_on| is_shown.set(is_on) />
                {result}
                <button type="submit" class="button" data-action="change-password" aria-disabled=move || is_busy.get().to_string()>{texts.change_password}</button>
            </SubmitForm>
        </Section>
    }
}

//! Sign-in by password, or by the link that the demo prints.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_api::ErrorCode;
use yobirin_api::session::Login;

use crate::api::client;
use crate::browser;
use crate::components::{Alert, Check, PasswordField, SubmitForm, TextField, Tone};
use crate::i18n::fill;

use super::back_to_kiosk::BackToKiosk;
use super::sign_out::tablet_idle_minutes;
use crate::setup::auth::state::AuthState;
use crate::setup::errors;
use crate::setup::language::LanguageSwitch;
use crate::setup::nav::words;

/// The sign-in page. The secret of `link` is tried at once.
#[component]
pub(crate) fn SignInPage(link: Option<String>) -> impl IntoView {
    let auth = expect_context::<AuthState>();
    let words = words();
    let texts = &words.sign_in;
    let password = RwSignal::new(String::new());
    let code = RwSignal::new(String::new());
    let is_shown = RwSignal::new(false);
    let is_busy = RwSignal::new(false);
    // True once the password was right and a code is required too.
    let needs_code = RwSignal::new(false);
    let error_text = RwSignal::new(None::<String>);
    let sign_in = move |login: Login| {
        is_busy.set(true);
        error_text.set(None);
        let is_by_link = matches!(login, Login::Link(_));
        let is_by_code = matches!(login, Login::PasswordAndCode { .. });
        spawn_local_scoped_with_cancellation(async move {
            let response = client::login(&login).await;
            let _ = is_busy.try_set(false);
            let error = match response {
                Ok(()) => return auth.on_signed_in(),
                Err(error) => error,
            };
            let failure_text = match error.code() {
                Some(ErrorCode::CodeNeeded) => {
                    let _ = needs_code.try_set(true);
                    return browser::focus_after_render("[name=code]");
                }
                Some(ErrorCode::WrongSecret) if is_by_link => texts.host_link_wrong.to_owned(),
                Some(ErrorCode::WrongSecret) => {
                    if is_by_code {
                        // The password was changed in the meantime.
                        let _ = needs_code.try_set(false);
                    }
                    texts.wrong_password.to_owned()
                }
                Some(ErrorCode::TooManyTries) if is_by_code => texts.too_many_codes.to_owned(),
                _ => errors::text(words, &error),
            };
            let _ = error_text.try_set(Some(failure_text));
        });
    };
    if let Some(secret) = link {
        sign_in(Login::Link(secret));
    }
    let submit = move |()| {
        let password = password.get_untracked();
        sign_in(if needs_code.get_untracked() {
            let code = code.get_untracked();
            Login::PasswordAndCode { password, code }
        } else {
            Login::Password(password)
        });
    };
    browser::set_title(&format!("{} · {}", texts.sign_in, texts.product));
    let session_ended_notice = move || {
        auth.has_session_ended.get().then(
            || view! { <Alert tone=Tone::Warn kind="session-over">{texts.session_over}</Alert> },
        )
    };
    let tablet_notice = move || {
        auth.is_tablet().then(|| {
            let lead = fill(
                texts.sign_in_on_tablet,
                &[("minutes", &tablet_idle_minutes())],
            );
            view! { <Alert tone=Tone::Warn kind="on-tablet">{lead}</Alert> }
        })
    };
    browser::focus_first_after_render("[name=password]");
    let problem = Signal::derive(move || error_text.get());
    let back_to_password = move |_| {
        needs_code.set(false);
        code.set(String::new());
        error_text.set(None);
        browser::focus_after_render("[name=password]");
    };
    let fields = move || {
        if needs_code.get() {
            view! { <CodeFields code=code problem=problem /> }.into_any()
        } else {
            view! {
                <p class="muted">{texts.sign_in_lead}</p>
                <PasswordField
                    name="password"
                    label=texts.password
                    value=password
                    shown=is_shown
                    problem=problem
                    autocomplete="current-password"
                />
                <Check name="show-password" label=texts.show_password value=is_shown on_change=move |is_on| is_shown.set(is_on) />
            }
            .into_any()
        }
    };
    view! {
        <main class="entry-page" data-page="sign-in">
            <SubmitForm class="card entry-card" name="sign-in" busy=is_busy on_submit=submit>
                <p class="product">{texts.product}</p>
                <h1>{texts.sign_in}</h1>
                {session_ended_notice}
                {tablet_notice}
                {fields}
                <button type="submit" class="button primary" data-action="sign-in" aria-disabled=move || is_busy.get().to_string()>
                    {move || if is_busy.get() { texts.signing_in } else { texts.sign_in }}
                </button>
                {move || needs_code.get().then(|| view! {
                    <button type="button" class="button quiet" data-action="back" on:click=back_to_password>{texts.back_to_password}</button>
                })}
            </SubmitForm>
            <BackToKiosk />
            <LanguageSwitch />
        </main>
    }
}

/// Fields of the second factor.
#[component]
fn CodeFields(code: RwSignal<String>, problem: Signal<Option<String>>) -> impl IntoView {
    let texts = &words().sign_in;
    view! {
        <p data-two-factor>{texts.code_lead}</p>
        <TextField
            name="code"
            label=texts.code
            value=code
            on_input=move |text| code.set(text)
            autocomplete="one-time-code"
            hint=texts.recovery_code_hint
            problem=problem
        />
        {move || problem.with(Option::is_some).then(|| view! { <p class="muted small">{texts.locked_out}</p> })}
    }
}

//! Sign-in by password, or by the link that the demo prints.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_api::ErrorCode;
use yobirin_api::session::Login;

use crate::api::client;
use crate::browser;
use crate::components::{Alert, Check, PasswordField, SubmitForm, TextField, Tone};
use crate::i18n::fill;

use super::sign_out::tablet_idle_minutes;
use crate::setup::auth::state::AuthState;
use crate::setup::errors;
use crate::setup::language::LanguageSwitch;
use crate::setup::nav::words;

/// The sign-in page. The secret of `link` is tried at once.
#[component]
pub(crate) fn SignInPage(link: Option<String>) -> impl IntoView {
    let (auth, words) = (expect_context::<AuthState>(), words());
    let w = &words.entry;
    let (password, code) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let shown = RwSignal::new(false);
    let busy = RwSignal::new(false);
    // The password was right, and the second step is on.
    let second = RwSignal::new(false);
    let wrong = RwSignal::new(None::<&'static str>);
    let sign_in = move |login: Login| {
        busy.set(true);
        wrong.set(None);
        let by_link = matches!(login, Login::Link(_));
        let by_code = matches!(login, Login::PasswordAndCode { .. });
        spawn_local_scoped_with_cancellation(async move {
            let answer = client::login(&login).await;
            let _ = busy.try_set(false);
            let error = match answer {
                Ok(()) => return auth.on_signed_in(),
                Err(error) => error,
            };
            let why = match error.code() {
                Some(ErrorCode::CodeNeeded) => {
                    let _ = second.try_set(true);
                    return browser::focus_after_render("[name=code]");
                }
                Some(ErrorCode::WrongSecret) if by_link => w.host_link_wrong,
                Some(ErrorCode::WrongSecret) => {
                    if by_code {
                        // The password was changed in the meantime.
                        let _ = second.try_set(false);
                    }
                    w.wrong_password
                }
                Some(ErrorCode::TooManyTries) if by_code => w.too_many_codes,
                _ => errors::text(words, &error),
            };
            let _ = wrong.try_set(Some(why));
        });
    };
    if let Some(secret) = link {
        sign_in(Login::Link(secret));
    }
    let submit = move |()| {
        let password = password.get_untracked();
        sign_in(if second.get_untracked() {
            let code = code.get_untracked();
            Login::PasswordAndCode { password, code }
        } else {
            Login::Password(password)
        });
    };
    browser::set_title(&format!("{} · {}", w.sign_in, w.product));
    let ended = move || {
        auth.session_ended
            .get()
            .then(|| view! { <Alert tone=Tone::Warn kind="session-over">{w.session_over}</Alert> })
    };
    let on_tablet = move || {
        auth.is_tablet().then(|| {
            let lead = fill(w.sign_in_on_tablet, &[("minutes", &tablet_idle_minutes())]);
            view! { <Alert tone=Tone::Warn kind="on-tablet">{lead}</Alert> }
        })
    };
    let problem = Signal::derive(move || wrong.get().map(str::to_owned));
    let back = move |_| {
        second.set(false);
        code.set(String::new());
        wrong.set(None);
        browser::focus_after_render("[name=password]");
    };
    let fields = move || {
        if second.get() {
            view! { <SecondStep code=code problem=problem /> }.into_any()
        } else {
            view! {
                <p class="muted">{w.sign_in_lead}</p>
                <PasswordField
                    name="password"
                    label=w.password
                    value=password
                    shown=shown
                    problem=problem
                    autocomplete="current-password"
                />
                <Check name="show-password" label=w.show_password value=shown on_change=move |on| shown.set(on) />
            }
            .into_any()
        }
    };
    view! {
        <main class="entry-page" data-page="sign-in">
            <SubmitForm class="card entry-card" name="sign-in" busy=busy on_submit=submit>
                <p class="product">{w.product}</p>
                <h1>{w.sign_in}</h1>
                {ended}
                {on_tablet}
                {fields}
                <button type="submit" class="button primary" data-action="sign-in" aria-disabled=move || busy.get().to_string()>
                    {move || if busy.get() { w.signing_in } else { w.sign_in }}
                </button>
                {move || second.get().then(|| view! {
                    <button type="button" class="button quiet" data-action="back" on:click=back>{w.back_to_password}</button>
                })}
            </SubmitForm>
            <LanguageSwitch />
        </main>
    }
}

/// Fields of the second step.
#[component]
fn SecondStep(code: RwSignal<String>, problem: Signal<Option<String>>) -> impl IntoView {
    let w = &words().entry;
    view! {
        <p data-second-step>{w.code_lead}</p>
        <TextField
            name="code"
            label=w.code
            value=code
            on_input=move |text| code.set(text)
            autocomplete="one-time-code"
            hint=w.recovery_code_hint
            problem=problem
        />
        {move || problem.with(Option::is_some).then(|| view! { <p class="muted small">{w.locked_out}</p> })}
    }
}

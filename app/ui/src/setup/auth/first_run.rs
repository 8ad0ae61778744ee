//! First run: the admin chooses a password, after opening the link that the relay prints when it starts.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_api::ErrorCode;
use yobirin_api::session::FirstRun;
use yobirin_domain::password::{PasswordError, check_password};

use crate::api::client;
use crate::browser::{self, navigation};
use crate::components::{Alert, Check, PasswordField, SubmitForm, Tone};
use crate::i18n::fill;
use crate::i18n::setup::Words;
use crate::router::Page;

use crate::setup::auth::back_to_kiosk::BackToKiosk;
use crate::setup::auth::state::AuthState;
use crate::setup::errors;
use crate::setup::language::LanguageSwitch;
use crate::setup::nav::words;

/// One of the two inputs for a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PasswordInput {
    First,
    Repetition,
}

/// Problem of a new password, and the input at which it is shown; `None` for an acceptable password.
pub(crate) fn password_problem(
    words: &Words,
    password: &str,
    repeated: &str,
) -> Option<(PasswordInput, String)> {
    let texts = &words.sign_in;
    let problem = match check_password(password).err() {
        Some(PasswordError::TooShort(count)) => {
            fill(texts.password_too_short, &[("count", &count.to_string())])
        }
        Some(PasswordError::TooLong) => texts.password_too_long.to_owned(),
        Some(PasswordError::Blank) => texts.password_blank.to_owned(),
        None if password != repeated => {
            let problem = texts.passwords_differ.to_owned();
            return Some((PasswordInput::Repetition, problem));
        }
        None => return None,
    };
    Some((PasswordInput::First, problem))
}

/// Reason why the relay refuses the first run, in words; `None` for other errors.
fn refusal_text(words: &Words, code: Option<ErrorCode>) -> Option<&'static str> {
    match code? {
        ErrorCode::WrongSecret => Some(words.sign_in.first_run_link_used),
        ErrorCode::FirstRunOver => Some(words.sign_in.first_run_over),
        _ => None,
    }
}

/// Takes the link's secret out of the address, so that the address reveals nothing; `None` for an address without one.
fn take_link() -> Option<String> {
    let secret = navigation::fragment("link");
    if secret.is_some() {
        navigation::replace(&Page::FirstRun);
    }
    secret
}

#[component]
pub(crate) fn FirstRunPage() -> impl IntoView {
    let texts = &words().sign_in;
    browser::set_title(&format!("{} · {}", texts.first_run_title, texts.product));
    let link = expect_context::<AuthState>().first_run_link(take_link);
    let content = match link {
        Some(link) => view! { <FirstRunForm link=link /> }.into_any(),
        None => {
            view! { <Alert tone=Tone::Warn kind="no-link">{texts.first_run_link_missing}</Alert> }
                .into_any()
        }
    };
    view! {
        <main class="entry-page" data-page="first-run">
            <div class="card entry-card">
                <p class="product">{texts.product}</p>
                <h1>{texts.first_run_title}</h1>
                {content}
            </div>
            <BackToKiosk />
            <LanguageSwitch />
        </main>
    }
}

#[component]
fn FirstRunForm(link: String) -> impl IntoView {
    let auth = expect_context::<AuthState>();
    let words = words();
    let texts = &words.sign_in;
    browser::focus_first_after_render("[name=password]");
    let password = RwSignal::new(String::new());
    let repeated = RwSignal::new(String::new());
    let is_shown = RwSignal::new(false);
    let was_submitted = RwSignal::new(false);
    let is_busy = RwSignal::new(false);
    let refusal = RwSignal::new(None::<String>);
    let password_error = Memo::new(move |_| {
        if !was_submitted.get() {
            return None;
        }
        let repeated = repeated.get();
        password.with(|password| password_problem(words, password, &repeated))
    });
    // The password that the relay refused, because it alone has the list of common passwords. The problem is shown
    // until the input changes.
    let guessable_password = RwSignal::new(None::<String>);
    let problem_of = move |input: PasswordInput| {
        Signal::derive(move || {
            let is_guessable = guessable_password
                .with(|guessable| password.with(|typed| guessable.as_ref() == Some(typed)));
            match password_error.get() {
                Some((at, text)) if at == input => Some(text),
                _ if input == PasswordInput::First && is_guessable => {
                    Some(texts.password_guessable.to_owned())
                }
                _ => None,
            }
        })
    };
    let submit = move |()| {
        was_submitted.set(true);
        if password_error.get_untracked().is_some() {
            return;
        }
        is_busy.set(true);
        refusal.set(None);
        let request = FirstRun {
            link: link.clone(),
            password: password.get_untracked(),
        };
        spawn_local_scoped_with_cancellation(async move {
            let response = client::first_run(&request).await;
            let _ = is_busy.try_set(false);
            match response {
                Ok(()) => auth.on_first_run(),
                Err(error) if error.code() == Some(ErrorCode::GuessablePassword) => {
                    let _ = guessable_password.try_set(Some(request.password));
                    browser::focus_after_render("[name=password]");
                }
                Err(error) => {
                    let text = refusal_text(words, error.code());
                    let _ = refusal.try_set(Some(
                        text.map_or_else(|| errors::text(words, &error), str::to_owned),
                    ));
                }
            }
        });
    };
    view! {
        <SubmitForm class="form" name="first-run" busy=is_busy on_submit=submit>
            <p class="muted">{texts.first_run_lead}</p>
            {move || refusal.get().map(|text| view! { <Alert tone=Tone::Bad kind="refused">{text}</Alert> })}
            <PasswordField
                name="password"
                label=texts.first_run_password
                hint=texts.first_run_hint
                value=password
                shown=is_shown
                problem=problem_of(PasswordInput::First)
                autocomplete="new-password"
            />
            <PasswordField
                name="password-again"
                label=texts.repeat_password
                value=repeated
                shown=is_shown
                problem=problem_of(PasswordInput::Repetition)
                autocomplete="new-password"
            />
            <Check name="show-password" label=texts.show_password value=is_shown on_change=move |is_on| is_shown.set(is_on) />
            <button type="submit" class="button primary" data-action="first-run" aria-disabled=move || is_busy.get().to_string()>
                {texts.start_setup}
            </button>
        </SubmitForm>
    }
}

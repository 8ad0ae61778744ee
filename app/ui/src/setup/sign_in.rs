//! Signing in: by the password, or by the link that the demo prints.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_api::ErrorCode;
use yobirin_api::session::Login;

use crate::components::{Check, Notice, TextField, Tone};
use crate::platform;
use crate::relay_client;

use super::entry::Door;
use super::errors;
use super::nav::words;
use super::shell::LanguageSwitch;

/// The sign-in page. With `link`, its secret is tried at once.
#[component]
pub(super) fn SignInPage(link: Option<String>) -> impl IntoView {
    let (door, words) = (expect_context::<Door>(), words());
    let w = &words.entry;
    let password = RwSignal::new(String::new());
    let shown = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let wrong = RwSignal::new(None::<&'static str>);
    let sign_in = move |login: Login| {
        busy.set(true);
        wrong.set(None);
        let by_link = matches!(login, Login::Link(_));
        spawn_local_scoped_with_cancellation(async move {
            let answer = relay_client::login(&login).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(()) => door.signed_in(),
                Err(error) => {
                    let is_wrong = error.code() == Some(ErrorCode::WrongSecret);
                    let _ = wrong.try_set(Some(match (is_wrong, by_link) {
                        (true, true) => w.wrong_link,
                        (true, false) => w.wrong_password,
                        (false, _) => errors::in_words(words, &error),
                    }));
                    platform::focus("[name=password]");
                }
            }
        });
    };
    if let Some(secret) = link {
        sign_in(Login::Link(secret));
    }
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            sign_in(Login::Password(password.get_untracked()));
        }
    };
    platform::set_title(&format!("{} · {}", w.sign_in, w.product));
    let ended = move || {
        door.ended.get().then(
            || view! { <Notice tone=Tone::Warn kind="session-over">{w.session_over}</Notice> },
        )
    };
    let problem = Signal::derive(move || wrong.get().map(str::to_owned));
    view! {
        <main class="gate" data-page="sign-in">
            <form class="card gate-card" on:submit=submit>
                <p class="product">{w.product}</p>
                <h1>{w.sign_in}</h1>
                <p class="soft">{w.sign_in_lead}</p>
                {ended}
                <PasswordField
                    name="password"
                    label=w.password
                    value=password
                    shown=shown
                    problem=problem
                    autocomplete="current-password"
                />
                <Check name="show-password" label=w.show value=shown on_change=move |on| shown.set(on) />
                <button type="submit" class="button main" data-action="sign-in" aria-disabled=move || busy.get().to_string()>
                    {move || if busy.get() { w.signing_in } else { w.sign_in }}
                </button>
            </form>
            <LanguageSwitch />
        </main>
    }
}

/// A password, hidden or shown.
#[component]
pub(super) fn PasswordField(
    name: &'static str,
    label: &'static str,
    value: RwSignal<String>,
    #[prop(into)] shown: Signal<bool>,
    problem: Signal<Option<String>>,
    autocomplete: &'static str,
    #[prop(optional)] hint: &'static str,
) -> impl IntoView {
    // The type of an input is not a signal of `TextField`: two fields, one shown, keep one value.
    move || {
        let kind = if shown.get() { "text" } else { "password" };
        view! {
            <TextField
                name=name
                label=label
                value=value
                on_input=move |text| value.set(text)
                kind=kind
                autocomplete=autocomplete
                hint=hint
                problem=problem
            />
        }
    }
}

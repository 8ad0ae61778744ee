//! The first run: choosing the admin's password, by the link that the relay printed.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_api::ErrorCode;
use yobirin_api::session::{FirstRun, MAX_PASSWORD, MIN_PASSWORD};

use crate::components::{Check, Notice, Tone};
use crate::locale::fill;
use crate::locale::setup::Words;
use crate::page::Page;
use crate::platform::{self, place};
use crate::relay_client;

use super::entry::Door;
use super::errors;
use super::nav::words;
use super::shell::LanguageSwitch;
use super::sign_in::PasswordField;

/// What keeps two typed passwords from being taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flaw {
    /// So many characters are missing.
    Short(usize),
    /// More than [`MAX_PASSWORD`].
    Long,
    /// The two are not the same.
    Differs,
}

fn flaw(password: &str, repeated: &str) -> Option<Flaw> {
    let length = password.chars().count();
    if length < MIN_PASSWORD {
        Some(Flaw::Short(MIN_PASSWORD - length))
    } else if length > MAX_PASSWORD {
        Some(Flaw::Long)
    } else if password == repeated {
        None
    } else {
        Some(Flaw::Differs)
    }
}

/// What keeps two typed passwords from being taken, and whether the first of them is to blame.
pub(super) fn flaw_in_words(
    words: &Words,
    password: &str,
    repeated: &str,
) -> Option<(bool, String)> {
    let w = &words.entry;
    flaw(password, repeated).map(|flaw| match flaw {
        Flaw::Short(count) => (true, fill(w.too_short, &[("count", &count.to_string())])),
        Flaw::Long => (true, w.too_long.to_owned()),
        Flaw::Differs => (false, w.differs.to_owned()),
    })
}

fn refusal(words: &Words, code: Option<ErrorCode>) -> Option<&'static str> {
    match code? {
        ErrorCode::WrongSecret => Some(words.entry.link_used),
        ErrorCode::FirstRunOver => Some(words.entry.first_over),
        ErrorCode::WeakPassword => Some(words.entry.first_hint),
        _ => None,
    }
}

/// The secret stays in memory, so that the address can be shown and shared.
fn link() -> Option<String> {
    let secret = place::fragment("link");
    if secret.is_some() {
        place::replace(&Page::FirstRun);
    }
    secret
}

/// The page.
#[component]
pub(super) fn FirstRunPage() -> impl IntoView {
    let w = &words().entry;
    platform::set_title(&format!("{} · {}", w.first_title, w.product));
    let link = expect_context::<Door>().first_link(link);
    let content = match link {
        Some(link) => view! { <Choose link=link /> }.into_any(),
        None => view! { <Notice tone=Tone::Warn kind="no-link">{w.no_link}</Notice> }.into_any(),
    };
    view! {
        <main class="gate" data-page="first-run">
            <div class="card gate-card">
                <p class="product">{w.product}</p>
                <h1>{w.first_title}</h1>
                {content}
            </div>
            <LanguageSwitch />
        </main>
    }
}

#[component]
fn Choose(link: String) -> impl IntoView {
    let (door, words) = (expect_context::<Door>(), words());
    let w = &words.entry;
    let password = RwSignal::new(String::new());
    let repeated = RwSignal::new(String::new());
    let shown = RwSignal::new(false);
    let tried = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let wrong = RwSignal::new(None::<&'static str>);
    let found = Memo::new(move |_| {
        tried
            .get()
            .then(|| password.with(|a| repeated.with(|b| flaw_in_words(words, a, b))))
            .flatten()
    });
    let at = move |first: bool| {
        Signal::derive(move || {
            found
                .get()
                .filter(|(here, _)| *here == first)
                .map(|(_, why)| why)
        })
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if busy.get_untracked() || found.get_untracked().is_some() {
            return;
        }
        busy.set(true);
        wrong.set(None);
        let request = FirstRun {
            link: link.clone(),
            password: password.get_untracked(),
        };
        spawn_local_scoped_with_cancellation(async move {
            let answer = relay_client::first_run(&request).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(()) => door.signed_in(),
                Err(error) => {
                    let why = refusal(words, error.code());
                    let _ = wrong.try_set(Some(why.unwrap_or(errors::in_words(words, &error))));
                }
            }
        });
    };
    view! {
        <form class="form" on:submit=submit>
            <p class="soft">{w.first_lead}</p>
            {move || wrong.get().map(|why| view! { <Notice tone=Tone::Bad kind="refused">{why}</Notice> })}
            <PasswordField
                name="password"
                label=w.first_password
                hint=w.first_hint
                value=password
                shown=shown
                problem=at(true)
                autocomplete="new-password"
            />
            <PasswordField
                name="password-again"
                label=w.repeat
                value=repeated
                shown=shown
                problem=at(false)
                autocomplete="new-password"
            />
            <Check name="show-password" label=w.show value=shown on_change=move |on| shown.set(on) />
            <button type="submit" class="button main" data-action="first-run" aria-disabled=move || busy.get().to_string()>
                {w.start}
            </button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::{Flaw, flaw};

    #[test]
    fn a_password_is_long_enough_and_the_same_twice() {
        assert_eq!(flaw("短い", "短い"), Some(Flaw::Short(10)));
        assert_eq!(flaw("correct horse", "correct house"), Some(Flaw::Differs));
        assert_eq!(flaw("correct horse", "correct horse"), None);
        assert_eq!(flaw(&"x".repeat(257), ""), Some(Flaw::Long));
    }
}

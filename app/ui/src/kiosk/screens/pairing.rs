//! Entering the code that makes this browser a tablet.

use crate::browser::task::spawn;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::browser;
use crate::components::{Icon, Sign};
use crate::i18n::kiosk::Words;
use crate::kiosk::session::boot;
use crate::kiosk::session::pairing::{PairingError, format_code, is_complete};
use crate::kiosk::state::KioskState;
use crate::kiosk::widgets::erased;

/// True when the trouble is with what was typed; a pairing that is revoked leaves an untouched field.
fn is_wrong(trouble: Option<PairingError>) -> bool {
    matches!(trouble, Some(PairingError::Short | PairingError::Wrong))
}

pub(in crate::kiosk) fn view(kiosk: KioskState, words: &'static Words) -> AnyView {
    let words = &words.pairing;
    let input = NodeRef::<Input>::new();
    let (busy, composing) = (RwSignal::new(false), StoredValue::new(false));
    let code = move || {
        input
            .get_untracked()
            .map(|input| input.value())
            .unwrap_or_default()
    };
    // Written the way the code is read aloud, while it is typed.
    let tidy = move || {
        let (typed, tidied) = (code(), format_code(&code()));
        if let Some(input) = input.get_untracked()
            && !composing.get_value()
            && typed != tidied
        {
            input.set_value(&tidied);
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let code = code();
        if busy.get_untracked() {
            return;
        }
        if !is_complete(&code) {
            kiosk.pairing_error.set(Some(PairingError::Short));
            return browser::focus("#code");
        }
        busy.set(true);
        spawn(async move {
            boot::pair(kiosk, format_code(&code)).await;
            let _ = busy.try_set(false); // the screen may be gone
            browser::focus_after_render("#code[aria-invalid=true]");
        });
    };
    let problem = move |trouble: PairingError| {
        view! {
            <p class="notice bad">
                <Icon sign=Sign::WARNING />
                <span>{trouble.message(words)}</span>
            </p>
        }
    };
    view! {
        <form class="pairing" autocomplete="off" novalidate="" on:submit=submit>
            <h1 class="heading">{words.title}</h1>
            <p class="lead">{words.help}</p>
            <div class="field">
                <label for="code">{words.label}</label>
                <input
                    class="input code"
                    type="text"
                    id="code"
                    name="code"
                    data-focus=""
                    autocapitalize="characters"
                    spellcheck="false"
                    inputmode="text"
                    placeholder="XXXX-XXXX"
                    aria-invalid=move || is_wrong(kiosk.pairing_error.get()).to_string()
                    aria-describedby="code-problem"
                    node_ref=input
                    on:compositionstart=move |_| composing.set_value(true)
                    on:compositionend=move |_| {
                        composing.set_value(false);
                        tidy();
                    }
                    on:input=move |_| tidy()
                />
            </div>
            <div role="alert" id="code-problem">{erased(move || kiosk.pairing_error.get().map(problem))}</div>
            <button type="submit" class="button main big" aria-disabled=move || busy.get().to_string()>
                {erased(move || if busy.get() { words.busy } else { words.pair })}
            </button>
        </form>
    }
    .into_any()
}

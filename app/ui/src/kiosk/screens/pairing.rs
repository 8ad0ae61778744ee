//! Pairing screen: the code by which an admin approves this browser as a tablet, and the form for a code that an admin
//! has made.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use yobirin_domain::qr::QrDrawing;
use yobirin_domain::tablet_checks::{TabletCheck, TabletKind};

use crate::browser::task::spawn;
use crate::browser::{self, tablet_checks};
use crate::components::{Icon, Sign, qr_view};
use crate::i18n::kiosk::{Pairing, Words};
use crate::kiosk::rendering::{ErasedView, erased};
use crate::kiosk::screens::words_on_demand;
use crate::kiosk::session::boot;
use crate::kiosk::session::pairing::{ApprovalRequest, PairingError, format_code, is_complete};
use crate::kiosk::shared_views::heading;
use crate::kiosk::state::KioskState;

/// Empty square that keeps the place of a QR code.
const NO_QR: QrDrawing = QrDrawing {
    side: 1,
    outline: String::new(),
};

/// True when the error is about the code that was typed.
fn is_code_error(error: Option<PairingError>) -> bool {
    matches!(error, Some(PairingError::Short | PairingError::Wrong))
}

pub(in crate::kiosk) fn view(kiosk: KioskState, words: &'static Words) -> AnyView {
    let words = &words.pairing;
    let input = NodeRef::<Input>::new();
    let is_busy = RwSignal::new(false);
    let is_composing = StoredValue::new(false);
    let code = move || {
        input
            .get_untracked()
            .map(|input| input.value())
            .unwrap_or_default()
    };
    // Formats the code while it is typed, but not within a composition.
    let format_input = move || {
        let typed = code();
        let formatted = format_code(&typed);
        if let Some(input) = input.get_untracked()
            && !is_composing.get_value()
            && typed != formatted
        {
            input.set_value(&formatted);
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let code = code();
        if is_busy.get_untracked() {
            return;
        }
        if !is_complete(&code) {
            kiosk.pairing_error.set(Some(PairingError::Short));
            return browser::focus("#code");
        }
        is_busy.set(true);
        spawn(async move {
            boot::pair(kiosk, format_code(&code)).await;
            let _ = is_busy.try_set(false); // the screen may have been replaced
            browser::focus_after_render("#code[aria-invalid=true]");
        });
    };
    let problem = move |error: PairingError| {
        // On a phone the problem may appear below the visible part of the screen.
        browser::scroll_into_view_after_render("#code-problem".to_owned());
        view! {
            <p class="notice bad">
                <Icon sign=Sign::WARNING />
                <span>{error.message(words)}</span>
            </p>
        }
    };
    view! {
      <div class="pairing">
        {heading(words.title)}
        {install_hint(kiosk)}
        {erased(move || approval_request(kiosk.approval_request.get(), words))}
        <form class="pairing-form" autocomplete="off" novalidate="" on:submit=submit>
            <p class="lead">{words.help}</p>
            <div class="field">
                <label for="code">{words.code_label}</label>
                <input
                    class="input code-input"
                    type="text"
                    id="code"
                    name="code"
                    autocapitalize="characters"
                    spellcheck="false"
                    inputmode="text"
                    placeholder="XXXX-XXXX"
                    aria-invalid=move || is_code_error(kiosk.pairing_error.get()).to_string()
                    aria-describedby="code-problem"
                    node_ref=input
                    on:compositionstart=move |_| is_composing.set_value(true)
                    on:compositionend=move |_| {
                        is_composing.set_value(false);
                        format_input();
                    }
                    on:input=move |_| format_input()
                />
            </div>
            <div role="alert" id="code-problem">{erased(move || kiosk.pairing_error.get().map(problem))}</div>
            <button type="submit" class="button primary large" aria-disabled=move || is_busy.get().to_string()>
                {erased(move || if is_busy.get() { words.checking } else { words.pair })}
            </button>
        </form>
      </div>
    }
    .into_any()
}

/// The code, and the QR code of the link to its approval. The QR code is left out where no other machine can open the
/// link. Before the first response placeholders keep the places of both, so that nothing moves when they come; nothing
/// is shown after a refusal.
fn approval_request(request: ApprovalRequest, words: &'static Pairing) -> Option<AnyView> {
    let (code, qr, is_placeholder) = match request {
        ApprovalRequest::Waiting { code, qr } => (code, qr, false),
        ApprovalRequest::NoResponse => ("…".to_owned(), Some(NO_QR), true),
        ApprovalRequest::Refused => return None,
    };
    let qr = qr.filter(|_| tablet_checks::detected().is_met(TabletCheck::Reachable));
    let qr = qr.map(|drawing| {
        view! {
            {qr_view(drawing, words.scan.to_owned())}
            <p>{words.scan}</p>
        }
        .into_any()
    });
    let view = view! {
        <section class="pairing-request" aria-busy=is_placeholder.to_string()>
            <p class="lead">{words.approve}</p>
            <p class="code" data-code=(!is_placeholder).then_some("")>{code}</p>
            {qr}
            <p>{words.waiting}</p>
        </section>
    };
    Some(view.into_any())
}

/// Instruction to install the app before it is paired, because the installed app on an iPad does not share the cookies
/// of Safari. Empty on other tablets and in the installed app.
fn install_hint(kiosk: KioskState) -> ErasedView {
    let report = tablet_checks::detected();
    let is_wanted = report.kind == TabletKind::Ipad && !report.is_met(TabletCheck::Installed);
    let words = is_wanted.then(|| words_on_demand::load(kiosk));
    erased(move || {
        let checklist = &words?.get().loaded()?.checklist;
        let (_, instruction) = checklist.line(TabletCheck::Installed, TabletKind::Ipad);
        Some(view! { <p class="notice warn" data-state="install">{instruction}</p> })
    })
}

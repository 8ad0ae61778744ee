//! Recovery codes, shown until the admin confirms that they are saved.

use leptos::prelude::*;

use crate::browser;
use crate::components::{Alert, Tone};

use crate::setup::auth::pending_secrets::PendingSecrets;
use crate::setup::nav::words;
use crate::setup::shared::copy_button::CopyButton;

/// The codes, with buttons to copy and print them.
#[component]
pub(crate) fn RecoveryCodesView(codes: Vec<String>) -> impl IntoView {
    let texts = &words().security;
    let secrets = expect_context::<PendingSecrets>();
    let codes_text = codes.join("\n");
    let list = codes
        .into_iter()
        .map(|code| view! { <li class="digits" data-recovery-code>{code}</li> });
    view! {
        <div class="stack" data-recovery>
            <h3>{texts.codes}</h3>
            <Alert tone=Tone::Warn kind="codes-once"><p>{texts.codes_lead}</p></Alert>
            <div class="print-sheet">
                <p class="print-only">{texts.codes_title}</p>
                <ul class="recovery-codes" role="list">{list.collect_view()}</ul>
            </div>
            <div class="row">
                <CopyButton text=Signal::derive(move || codes_text.clone()) label=texts.copy_codes />
                <button type="button" class="button small" data-action="print" on:click=move |_| browser::print()>
                    {texts.print}
                </button>
            </div>
            <div class="row">
                <button type="button" class="button primary" data-action="kept" on:click=move |_| secrets.codes.set(None)>
                    {texts.codes_saved}
                </button>
            </div>
        </div>
    }
}

//! Two-factor authentication: its state, and the forms that switch it on and off and make new recovery codes.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_api::account::{BothFactors, TwoFactor};

use crate::api::response::ClientError;
use crate::browser::{self, clock};
use crate::components::{Alert, Tone};
use crate::i18n::fill;

use super::codes::RecoveryCodesView;
use super::credentials_form::CredentialsForm;
use super::enrolment::{EnrolmentScan, EnrolmentStart};
use crate::api::admin::AdminClient;
use crate::setup::auth::pending_secrets::PendingSecrets;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::page_frame::Section;

/// Number of remaining recovery codes up to which a warning is shown.
const FEW_CODES: u32 = 3;

/// Action whose form is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PendingAction {
    None,
    SwitchOn,
    SwitchOff,
    NewCodes,
}

#[component]
pub(crate) fn TwoFactorSection(
    /// Two-factor authentication; `None` while it is off.
    two_factor: Option<TwoFactor>,
    /// Called when it was switched on or off.
    on_change: Callback<()>,
) -> impl IntoView {
    let texts = &words().security;
    let secrets = expect_context::<PendingSecrets>();
    let zone = expect_context::<DraftStore>().peek(|document| document.site.time_zone.clone());
    let action = RwSignal::new(PendingAction::None);
    let state = match &two_factor {
        Some(on) => {
            let time = clock::format_date_time(on.since, words().language().tag(), &zone);
            let since_text = fill(texts.on_since, &[("time", &time)]);
            view! {
                <p class="row">
                    <span class="badge" data-tone="done" data-two-factor="on">{texts.on}</span>
                    <span class="muted">{since_text}</span>
                </p>
            }
            .into_any()
        }
        None => view! {
            <p><span class="badge" data-tone="todo" data-two-factor="off">{texts.off}</span></p>
        }
        .into_any(),
    };
    let content = move || {
        if let Some(codes) = secrets.codes.get() {
            return view! { <RecoveryCodesView codes=codes /> }.into_any();
        }
        match &two_factor {
            Some(on) => {
                view! { <TwoFactorOn codes_left=on.recovery_left action=action on_change=on_change /> }
                    .into_any()
            }
            None => view! { <TwoFactorOff action=action on_change=on_change /> }.into_any(),
        }
    };
    view! {
        <Section title=texts.two_factor lead=texts.two_factor_lead name="two-factor">
            {state}
            {content}
        </Section>
    }
}

#[component]
fn TwoFactorOff(action: RwSignal<PendingAction>, on_change: Callback<()>) -> impl IntoView {
    let texts = &words().security;
    let secrets = expect_context::<PendingSecrets>();
    move || {
        if let Some(enrolment) = secrets.enrolment.get() {
            return view! { <EnrolmentScan enrolment=enrolment on_change=on_change /> }.into_any();
        }
        if action.get() == PendingAction::SwitchOn {
            return view! { <EnrolmentStart on_cancel=move |()| action.set(PendingAction::None) /> }
                .into_any();
        }
        let begin = move |_| {
            action.set(PendingAction::SwitchOn);
            browser::focus_after_render("[name=enrol-password]");
        };
        view! {
            <p><button type="button" class="button primary" data-action="begin-two-factor" on:click=begin>{texts.switch_on_two_factor}</button></p>
        }
        .into_any()
    }
}

#[component]
fn TwoFactorOn(
    codes_left: u32,
    action: RwSignal<PendingAction>,
    on_change: Callback<()>,
) -> impl IntoView {
    let texts = &words().security;
    let admin = expect_context::<AdminClient>();
    let secrets = expect_context::<PendingSecrets>();
    let is_busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<ClientError>);
    let count = codes_left.to_string();
    let codes_left_line = if codes_left <= FEW_CODES {
        let text = fill(texts.few_codes_left, &[("count", &count)]);
        view! { <Alert tone=Tone::Warn kind="few-codes">{text}</Alert> }.into_any()
    } else {
        view! { <p data-codes-left>{fill(texts.codes_left, &[("count", &count)])}</p> }.into_any()
    };
    let submit = move |credentials: BothFactors| {
        let requested = action.get_untracked();
        is_busy.set(true);
        failure.set(None);
        spawn_local_scoped_with_cancellation(async move {
            let response = match requested {
                PendingAction::NewCodes => admin
                    .new_recovery_codes(credentials)
                    .await
                    .map(|recovery| Some(recovery.codes)),
                _ => admin
                    .switch_two_factor_off(credentials)
                    .await
                    .map(|()| None),
            };
            let _ = is_busy.try_set(false);
            match response {
                Ok(codes) => {
                    let _ = action.try_set(PendingAction::None);
                    secrets.codes.set(codes);
                    on_change.run(());
                }
                Err(error) => {
                    let _ = failure.try_set(Some(error));
                }
            }
        });
    };
    let show_form = move |chosen: PendingAction| {
        failure.set(None);
        action.set(chosen);
        browser::focus_after_render("[name=identity-password]");
    };
    let cancel = move |()| {
        let button = match action.get_untracked() {
            PendingAction::NewCodes => "[data-action=new-codes]",
            _ => "[data-action=switch-off]",
        };
        action.set(PendingAction::None);
        browser::focus_after_render(button);
    };
    let content = move || {
        match action.get() {
        PendingAction::SwitchOff => view! {
            <CredentialsForm
                title=texts.switch_off_title
                about=texts.switch_off_explanation
                ok=texts.switch_off
                danger=true
                failure=failure
                busy=is_busy
                on_ok=submit
                on_cancel=cancel
            />
        }
        .into_any(),
        PendingAction::NewCodes => view! {
            <CredentialsForm title=texts.new_codes about=texts.new_codes_explanation ok=texts.new_codes failure=failure busy=is_busy on_ok=submit on_cancel=cancel />
        }
        .into_any(),
        PendingAction::None | PendingAction::SwitchOn => view! {
            <div class="row">
                <button type="button" class="button" data-action="new-codes" on:click=move |_| show_form(PendingAction::NewCodes)>
                    {texts.new_codes}
                </button>
                <button type="button" class="button danger" data-action="switch-off" on:click=move |_| show_form(PendingAction::SwitchOff)>
                    {texts.switch_off}
                </button>
            </div>
        }
        .into_any(),
    }
    };
    view! { {codes_left_line} {content} }
}

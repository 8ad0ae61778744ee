//! Section about Chatwork's webhook, which is optional: the steps in Chatwork, and the form for its token.

use leptos::prelude::*;
use yobirin_api::webhook::Webhook;

use crate::api::admin::AdminClient;
use crate::browser::{self, clock};
use crate::components::{Alert, Confirm, Tone};
use crate::i18n::fill;
use crate::setup::draft_store::DraftStore;
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::remote::{Remote, Scope, fetch};
use crate::setup::shared::copy_button::CopyButton;
use crate::setup::shared::loading_view::loading_view;
use crate::setup::shared::page_frame::Section;

use super::super::security::GuardedRequest;
use super::webhook_token::WebhookTokenForm;

/// True for an address that Chatwork accepts for a webhook.
fn is_accepted_by_chatwork(url: &str) -> bool {
    url.starts_with("https://")
}

/// Section about the webhook: its limits, its state and its form.
#[component]
pub(crate) fn WebhookCard() -> impl IntoView {
    let texts = &words().webhook;
    let admin = expect_context::<AdminClient>();
    let webhook = RwSignal::new(Remote::<Webhook>::Loading);
    let load = move || fetch(webhook, admin.webhook());
    load();
    let content = move || match webhook.get() {
        Remote::Loaded(state) => view! { <WebhookSteps state=state webhook=webhook /> }.into_any(),
        other => loading_view(&other, load),
    };
    view! {
        <Section title=texts.title lead=texts.lead name="webhook">
            <ul class="facts">
                <li>{texts.lan}</li>
                <li>{texts.private_chats}</li>
            </ul>
            {content}
        </Section>
    }
}

#[component]
fn WebhookSteps(state: Webhook, webhook: RwSignal<Remote<Webhook>>) -> impl IntoView {
    let texts = &words().webhook;
    let is_used = state.since.is_some();
    let url = state.url.clone();
    let address_warning = (!is_accepted_by_chatwork(&url)).then(
        || view! { <Alert tone=Tone::Warn kind="webhook-address">{texts.address_not_https}</Alert> },
    );
    let usage = is_used.then(|| view! { <WebhookState state=state webhook=webhook /> });
    let address = url.clone();
    view! {
        <div class="stack" data-webhook=if is_used { "on" } else { "off" }>
            {usage}
            <details class="help" data-help="webhook">
                <summary>{if is_used { texts.replace } else { texts.steps }}</summary>
                <ol>
                    <li>{texts.step_1}</li>
                    <li>{texts.step_2}</li>
                    <li>{texts.step_3}
                        <span class="row webhook-address">
                            <code data-webhook-url="">{address}</code>
                            <CopyButton text=Signal::stored(url) />
                        </span>
                    </li>
                    <li>{texts.step_4}</li>
                    <li>{texts.step_5}</li>
                </ol>
                {address_warning}
                <WebhookTokenForm webhook=webhook />
            </details>
        </div>
    }
}

/// Start of use, time of the last event, and the button that stops the use of the webhook.
#[component]
fn WebhookState(state: Webhook, webhook: RwSignal<Remote<Webhook>>) -> impl IntoView {
    let words = words();
    let texts = &words.webhook;
    let admin = expect_context::<AdminClient>();
    let zone = expect_context::<DraftStore>().peek(|document| document.site.time_zone.clone());
    let time = |sentence: &str, at| {
        let time = clock::format_date_time(at, words.language().tag(), &zone);
        fill(sentence, &[("time", &time)])
    };
    let since = state.since.map(|at| time(texts.on, at));
    let received = state.received.map_or_else(
        || texts.nothing_received.to_owned(),
        |at| time(texts.received, at),
    );
    let is_confirming = RwSignal::new(false);
    // The relay may demand reauthentication before it stops the use.
    let guarded = GuardedRequest::new();
    let failure = guarded.failure;
    let scope = Scope::current();
    let stop = move |()| {
        scope.spawn(async move {
            match admin.clear_webhook().await {
                Ok(()) => {
                    webhook.update(|remote| {
                        if let Remote::Loaded(state) = remote {
                            (state.since, state.received) = (None, None);
                        }
                    });
                    browser::focus_after_render("[data-help=webhook] summary");
                }
                Err(error) => guarded.record_error(error),
            }
        });
    };
    let failure_alert = move || {
        failure.get().map(|error| {
            view! { <Alert tone=Tone::Bad kind="failed">{errors::text(words, &error)}</Alert> }
        })
    };
    let reauthentication = guarded.form(stop);
    view! {
        <div class="row" data-webhook-since="">
            <p class="grow"><span class="badge" data-tone="done">{since}</span> " " <span class="muted">{received}</span></p>
            <button type="button" class="button danger" data-action="stop-webhook" on:click=move |_| is_confirming.set(true)>{texts.stop}</button>
        </div>
        {failure_alert}
        {reauthentication}
        <Confirm
            open=is_confirming
            title=texts.stop_question
            ok=texts.stop
            cancel=words.controls.cancel
            danger=true
            kind="stop-webhook"
            on_ok=stop
        >
            <p>{texts.stop_explanation}</p>
        </Confirm>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chatwork_takes_only_https_addresses() {
        assert!(is_accepted_by_chatwork(
            "https://reception.example/hook/chatwork"
        ));
        assert!(!is_accepted_by_chatwork(
            "http://192.168.1.20:8080/hook/chatwork"
        ));
    }
}

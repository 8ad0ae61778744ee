//! Webhook that is notified of incidents, and a test request to it.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_api::alarm::{AlarmTarget, WebhookFailure};

use crate::api::admin::AdminClient;
use crate::api::response::ClientError;
use crate::browser::clock;
use crate::components::{Alert, Icon, Sign, Tone};
use crate::i18n::fill;
use crate::i18n::setup::Words;
use crate::setup::draft_store::DraftStore;
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::shared::alarms::AlarmPolling;

/// Failure of the webhook in words.
fn failure_text(words: &Words, failure: WebhookFailure, host: &str) -> String {
    let texts = &words.alarms;
    let status = match failure {
        WebhookFailure::Unreachable => {
            return fill(texts.webhook_unreachable, &[("host", host)]);
        }
        WebhookFailure::PrivateAddress => return fill(texts.webhook_private, &[("host", host)]),
        WebhookFailure::Status { status } => status,
    };
    let is_redirect = (300..400).contains(&status);
    let sentence = if is_redirect {
        texts.webhook_redirect
    } else {
        texts.webhook_status
    };
    fill(sentence, &[("host", host), ("status", &status.to_string())])
}

/// State of a test.
#[derive(Clone)]
enum TestState {
    NotYet,
    Sending,
    /// The webhook accepted it at this time.
    Accepted(u64),
    /// The webhook did not accept it.
    Refused(WebhookFailure),
    /// The request to the relay failed.
    Failed(ClientError),
}

/// Host of the webhook and its test; without a webhook, how to set one up. Renders nothing until the report is loaded.
#[component]
pub(super) fn AlarmWebhook(alarms: AlarmPolling) -> impl IntoView {
    let texts = &words().alarms;
    let webhook = alarms.read(|report| report.webhook.clone());
    move || match webhook.get()? {
        None => Some(
            view! { <p class="muted" data-alarm-webhook="off">{texts.webhook_off}</p> }.into_any(),
        ),
        Some(host) => Some(view! { <WebhookTest host=host /> }.into_any()),
    }
}

#[component]
fn WebhookTest(host: String) -> impl IntoView {
    let words = words();
    let texts = &words.alarms;
    let admin = expect_context::<AdminClient>();
    let store = expect_context::<DraftStore>();
    let state = RwSignal::new(TestState::NotYet);
    let is_sending = move || state.with(|state| matches!(state, TestState::Sending));
    let send = move |_| {
        if is_sending() {
            return;
        }
        state.set(TestState::Sending);
        spawn_local_scoped_with_cancellation(async move {
            let result = admin.test_alarm(AlarmTarget::Webhook).await;
            let _ = state.try_set(match result.map(|result| result.webhook_failure) {
                Ok(None) => TestState::Accepted(clock::now()),
                Ok(Some(failure)) => TestState::Refused(failure),
                Err(error) => TestState::Failed(error),
            });
        });
    };
    let label = fill(texts.webhook_on, &[("host", &host)]);
    let host = StoredValue::new(host);
    let result = move || {
        match state.get() {
        TestState::NotYet => None,
        TestState::Sending => Some(
            view! { <p class="waiting" data-test="sending"><span class="spinner"></span>{texts.webhook_sending}</p> }
                .into_any(),
        ),
        TestState::Accepted(at) => {
            let zone = store.with(|document| document.site.time_zone.clone());
            let time = clock::time_of_day(at, &zone);
            let host = host.get_value();
            let text = fill(texts.webhook_arrived, &[("host", &host), ("time", &time)]);
            Some(view! { <Alert tone=Tone::Good kind="webhook-taken">{text}</Alert> }.into_any())
        }
        TestState::Refused(failure) => {
            let text = host.with_value(|host| failure_text(words, failure, host));
            Some(view! { <Alert tone=Tone::Bad kind="webhook-refused">{text}</Alert> }.into_any())
        }
        TestState::Failed(error) => {
            Some(view! { <Alert tone=Tone::Bad kind="test-failed">{errors::text(words, &error)}</Alert> }.into_any())
        }
    }
    };
    view! {
        <p class="row" data-alarm-webhook="on"><Icon sign=Sign::DONE /><span>{label}</span></p>
        <div class="row">
            <button type="button" class="button" data-action="test-webhook" aria-disabled=move || is_sending().to_string() on:click=send>
                {texts.test_webhook}
            </button>
        </div>
        <div role="status">{result}</div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::setup::SetupLang;

    #[test]
    fn each_failure_of_the_webhook_says_what_to_do_about_it() {
        let text = |failure| failure_text(SetupLang::En.words(), failure, "hook.example");
        for (failure, part) in [
            (WebhookFailure::Unreachable, "did not answer"),
            (WebhookFailure::PrivateAddress, "inside your network"),
            (WebhookFailure::Status { status: 302 }, "redirect (302)"),
            (
                WebhookFailure::Status { status: 500 },
                "did not accept it (500)",
            ),
        ] {
            let text = text(failure);
            assert!(
                text.starts_with("hook.example") && text.contains(part),
                "{text}"
            );
        }
    }
}

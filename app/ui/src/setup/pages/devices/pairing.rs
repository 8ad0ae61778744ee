//! Pairing of a device with a tablet, and the tablet's status.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_api::device::{DeviceStatus, PAIRING_CODE_LIFE, PairingCode};
use yobirin_domain::model::id::DeviceId;

use crate::api::response::ClientError;
use crate::browser::{self, clock, navigation};
use crate::components::{Alert, Confirm, Qr, Tone};
use crate::i18n::fill;
use crate::i18n::setup::counted;
use crate::router::Page;

use super::approval::{Approval, ApprovalTarget};
use super::engine_gaps::EngineGaps;
use super::status::{StatusBadge, StatusFacts};
use super::test_call::TestCall;
use super::waiting::{TabletInvitation, WaitingTablets};
use crate::api::admin::AdminClient;
use crate::setup::draft_store::DraftStore;
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::page_frame::Section;

/// A pairing code, and its expiry by this machine's clock.
#[derive(Clone, PartialEq)]
struct IssuedCode {
    code: PairingCode,
    /// Expiry, in milliseconds since 1970.
    until: u64,
}

/// A remaining time in milliseconds as `m:ss`, rounded up to whole seconds.
fn minutes_and_seconds(millis: u64) -> String {
    let seconds = millis.div_ceil(1000);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[component]
pub(crate) fn Pairing(
    /// The device.
    id: DeviceId,
    /// Status of the device's tablet.
    status: Memo<Option<DeviceStatus>>,
    /// True in the guided set-up: the test call is a step of its own, and no tablet is replaced yet.
    #[prop(optional)]
    is_guided: bool,
    /// True where another button is the next step.
    #[prop(optional, into)]
    is_secondary: Signal<bool>,
) -> impl IntoView {
    let words = words();
    let texts = &words.devices;
    let admin = expect_context::<AdminClient>();
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let is_paired = Memo::new(move |_| {
        status.with(|status| {
            status
                .as_ref()
                .is_some_and(|status| status.paired_at.is_some())
        })
    });
    let is_saved = {
        let id = id.clone();
        Memo::new(move |_| {
            store.with_saved(|saved| saved.devices.iter().any(|device| device.id == id))
        })
    };
    let device_id = StoredValue::new(id);
    let issued_code = RwSignal::new(None::<IssuedCode>);
    let failure = RwSignal::new(None::<ClientError>);
    let is_reload_requested = RwSignal::new(false);
    let is_confirming_unpair = RwSignal::new(false);
    // Hides a code once it has been used.
    Effect::new(move |_| {
        if is_paired.get() {
            issued_code.set(None);
        }
    });
    let request_code = move || {
        failure.set(None);
        spawn_local_scoped_with_cancellation(async move {
            match admin.pairing_code(device_id.get_value()).await {
                Ok(code) => {
                    let until = clock::now() + PAIRING_CODE_LIFE;
                    let _ = issued_code.try_set(Some(IssuedCode { code, until }));
                    browser::focus_after_render("[data-code]");
                }
                Err(error) => {
                    let _ = failure.try_set(Some(error));
                }
            }
        });
    };
    // A new device is saved here only in order to pair it, so the next button gets the focus.
    Effect::new(move |was_saved: Option<bool>| {
        let is_saved = is_saved.get();
        if was_saved == Some(false) && is_saved {
            // The invitation above the button is rendered first.
            browser::focus_and_scroll_to_after_render("[data-section=pairing] [data-action=pair]");
        }
        is_saved
    });
    let approval = Approval::new(ApprovalTarget::Device(device_id.get_value()), None);
    let is_loaded = Memo::new(move |_| status.with(Option::is_some));
    let test_call =
        (!is_guided).then(|| view! { <TestCall id=device_id.get_value() status=status /> });
    let unpair = move |()| {
        spawn_local_scoped_with_cancellation(async move {
            let error = admin.unpair(device_id.get_value()).await.err();
            let _ = failure.try_set(error);
        });
    };
    let reload = move |_| {
        spawn_local_scoped_with_cancellation(async move {
            let error = admin.reload_device(device_id.get_value()).await.err();
            let _ = is_reload_requested.try_set(error.is_none());
            let _ = failure.try_set(error);
        });
    };
    let queued_calls = Memo::new(move |_| {
        let heartbeat = status.with(|status| status.as_ref()?.heartbeat.clone())?;
        (heartbeat.queued > 0).then_some(heartbeat.queued)
    });
    let title = Signal::derive(move || {
        fill(
            texts.unpair_question,
            &[("name", &device_id.with_value(|id| names.device(id)))],
        )
    });
    let actions = move || {
        match (is_saved.get(), is_paired.get()) {
        (false, _) => view! { <Alert kind="save-first">{texts.save_first}</Alert> }.into_any(),
        (true, true) => view! {
            <div class="row">
                <button type="button" class="button" data-action="reload-device" on:click=reload>{texts.reload}</button>
                <button type="button" class="button danger" data-action="unpair" on:click=move |_| is_confirming_unpair.set(true)>
                    {texts.unpair}
                </button>
            </div>
            {(!is_guided).then(|| view! { <p class="muted small" data-replace="">{texts.replace_hint}</p> })}
        }
        .into_any(),
        (true, false) => {
            let waiting = WaitingTablets::poll();
            let has_code = move || issued_code.with(Option::is_some);
            let button_label = move || if has_code() { texts.pair_again } else { texts.pair };
            // With a code or a waiting tablet, the next step is another one.
            let is_next = move || !is_secondary.get() && !has_code() && !waiting.are_asking();
            view! {
                {move || is_loaded.get().then(|| view! {
                    <TabletInvitation approval=approval waiting=waiting is_secondary=is_secondary />
                })}
                {move || issued_code.get().map(|issued_code| view! { <PairingCodeView issued_code=issued_code /> })}
                <button
                    type="button"
                    class="button"
                    class:primary=is_next
                    data-action="pair"
                    on:click=move |_| request_code()
                >{button_label}</button>
            }
            .into_any()
        }
    }
    };
    view! {
        <Section title=texts.status name="pairing">
            <p class="row"><StatusBadge status=status /> <StatusFacts status=status /></p>
            <EngineGaps status=status />
            {move || failure.get().map(|error| view! {
                <Alert tone=Tone::Bad kind="failed">{errors::text(words, &error)}</Alert>
            })}
            {move || is_reload_requested.get().then(|| view! { <Alert tone=Tone::Good kind="reloaded">{texts.reload_requested}</Alert> })}
            {actions}
            {test_call}
        </Section>
        <Confirm
            open=is_confirming_unpair
            title=title
            ok=texts.unpair
            cancel=words.controls.cancel
            danger=true
            kind="unpair"
            on_ok=unpair
        >
            <p>{texts.unpair_explanation}</p>
            {move || queued_calls.get().map(|count| {
                let warning = counted(texts.unpair_queued_calls, count as usize);
                view! { <Alert tone=Tone::Warn kind="waiting">{warning}</Alert> }
            })}
        </Confirm>
    }
}

#[component]
fn PairingCodeView(issued_code: IssuedCode) -> impl IntoView {
    let texts = &words().devices;
    let now = RwSignal::new(clock::now());
    let timer = set_interval_with_handle(
        move || {
            let _ = now.try_set(clock::now());
        },
        std::time::Duration::from_secs(1),
    );
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
    let millis_left = Memo::new(move |_| issued_code.until.saturating_sub(now.get()));
    let is_copied = RwSignal::new(false);
    let link = StoredValue::new(issued_code.code.link.clone());
    let copy = move |_| {
        spawn_local_scoped_with_cancellation(async move {
            let has_worked = browser::copy_to_clipboard(&link.get_value()).await;
            let _ = is_copied.try_set(has_worked);
        });
    };
    let expiry = move || match millis_left.get() {
        0 => texts.expired.to_owned(),
        millis_left => fill(
            texts.expires,
            &[("time", &minutes_and_seconds(millis_left))],
        ),
    };
    let page = format!("{}{}", navigation::origin(), Page::Pair.path());
    view! {
        <div class="pairing" data-expired=move || (millis_left.get() == 0).then_some("true")>
            <div class="pairing-scan">
                <Qr text=issued_code.code.link.clone() label=texts.qr_label />
                <p>{texts.pair_scan}</p>
            </div>
            <p>{texts.pair_without_camera}</p>
            <p class="label">{texts.pair_page}</p>
            <p class="digits">{page}</p>
            <p class="label">{texts.code}</p>
            <p class="code digits" data-code tabindex="-1">{issued_code.code.code}</p>
            <p class="muted">{expiry}</p>
            <p class="label">{texts.link}</p>
            <p class="row">
                <a class="digits" data-pairing-link href=issued_code.code.link target="_blank" rel="noopener">{issued_code.code.link.clone()}</a>
                <button type="button" class="button small" data-action="copy-link" on:click=copy>
                    {move || if is_copied.get() { texts.copied } else { texts.copy }}
                </button>
            </p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::minutes_and_seconds;

    #[test]
    fn remaining_time_is_written_in_minutes_and_seconds() {
        assert_eq!(minutes_and_seconds(600_000), "10:00");
        assert_eq!(minutes_and_seconds(59_001), "1:00");
        assert_eq!(minutes_and_seconds(5_000), "0:05");
    }
}

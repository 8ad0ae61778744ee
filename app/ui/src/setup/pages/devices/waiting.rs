//! Unpaired tablets that wait for approval: the admin compares the code, chooses the device and approves.

use leptos::prelude::*;
use yobirin_api::device::WaitingPairingRequest;
use yobirin_domain::model::id::DeviceId;

use super::approval::{Approval, ApprovalTarget, NEW_DEVICE, device_options};
use super::open_kiosk::OpenKiosk;
use crate::api::admin::AdminClient;
use crate::components::{Alert, SelectField, Tone};
use crate::i18n::fill;
use crate::router::SetupPage;
use crate::setup::errors;
use crate::setup::nav::{Link, Nav, words};
use crate::setup::progress::SetupProgress;
use crate::setup::remote::{Remote, poll};
use crate::setup::shared::page_frame::PageFrame;

/// Polling interval of the waiting tablets, in milliseconds.
const POLL_INTERVAL_MS: u64 = 2_000;

/// Polls the waiting tablets until the current owner is disposed of.
fn poll_waiting_tablets() -> RwSignal<Remote<Vec<WaitingPairingRequest>>> {
    let admin = expect_context::<AdminClient>();
    let waiting = RwSignal::new(Remote::Loading);
    poll(waiting, POLL_INTERVAL_MS, move || admin.pairing_requests());
    waiting
}

/// The waiting tablets; while none waits, instructions for opening the kiosk on a tablet.
#[component]
pub(crate) fn TabletInvitation(approval: Approval) -> impl IntoView {
    let texts = &words().devices;
    let waiting = poll_waiting_tablets();
    let is_empty =
        Memo::new(move |_| waiting.with(|remote| remote.loaded().is_none_or(Vec::is_empty)));
    view! {
        <div class="pairing">
            {move || is_empty.get().then(|| view! {
                <OpenKiosk />
                <p class="waiting" role="status"><span class="spinner"></span>{texts.none_waiting}</p>
            })}
            <WaitingTablets waiting=waiting approval=approval />
        </div>
    }
}

/// Lists the waiting tablets above the list of devices. Renders nothing while none waits.
#[component]
pub(crate) fn WaitingTabletsAlert() -> impl IntoView {
    let nav = expect_context::<Nav>();
    let show = Callback::new(move |device| nav.go(SetupPage::Device(device)));
    let approval = Approval::new(ApprovalTarget::ChosenByAdmin, Some(show));
    view! { <WaitingTablets waiting=poll_waiting_tablets() approval=approval /> }
}

/// The tablet that shows a code, among the waiting tablets.
#[derive(Clone, PartialEq)]
enum FoundTablet {
    /// The waiting tablets are not loaded yet.
    Loading,
    /// The tablet waits.
    Waiting(WaitingPairingRequest),
    /// No waiting tablet shows the code: it was approved, or its code has expired.
    NotWaiting,
}

/// Page to which the QR code of a waiting tablet leads.
#[component]
pub(crate) fn WaitingTabletPage(code: String) -> impl IntoView {
    let texts = &words().devices;
    let nav = expect_context::<Nav>();
    let waiting = poll_waiting_tablets();
    let show = Callback::new(move |device| nav.go(SetupPage::Device(device)));
    let approval = Approval::new(ApprovalTarget::ChosenByAdmin, Some(show));
    let code = StoredValue::new(code);
    let found = Memo::new(move |_| {
        waiting.with(|remote| {
            let Some(tablets) = remote.loaded() else {
                return FoundTablet::Loading;
            };
            let mut tablets = tablets.iter();
            let tablet = tablets.find(|tablet| code.with_value(|code| tablet.code == *code));
            match tablet {
                Some(tablet) => FoundTablet::Waiting(tablet.clone()),
                None => FoundTablet::NotWaiting,
            }
        })
    });
    let content = move || {
        match found.get() {
        FoundTablet::Loading => {
            view! { <p class="waiting" role="status"><span class="spinner"></span>{texts.none_waiting}</p> }
                .into_any()
        }
        FoundTablet::Waiting(tablet) => view! {
            <ApprovalState approval=approval />
            <WaitingTabletCard tablet=tablet approval=approval />
        }.into_any(),
        FoundTablet::NotWaiting if approval.has_started() => view! { <ApprovalState approval=approval /> }.into_any(),
        FoundTablet::NotWaiting => {
            let text = code.with_value(|code| fill(texts.not_waiting, &[("code", code)]));
            view! {
                <Alert tone=Tone::Warn kind="not-waiting">
                    <p><strong>{text}</strong></p>
                    <p>{texts.not_waiting_explanation}</p>
                    <Link to=SetupPage::Devices>{texts.title}</Link>
                </Alert>
            }
            .into_any()
        }
    }
    };
    view! {
        <PageFrame name="waiting-tablet" title=texts.approve_title up=(SetupPage::Devices, texts.title)>
            {content}
        </PageFrame>
    }
}

#[component]
fn WaitingTablets(
    waiting: RwSignal<Remote<Vec<WaitingPairingRequest>>>,
    approval: Approval,
) -> impl IntoView {
    let tablets =
        Memo::new(move |_| waiting.with(|remote| remote.loaded().cloned().unwrap_or_default()));
    view! {
        <ApprovalState approval=approval />
        <For each=move || tablets.get() key=|tablet| tablet.code.clone() let:tablet>
            <WaitingTabletCard tablet=tablet approval=approval />
        </For>
    }
}

/// Result of the last approval.
#[component]
fn ApprovalState(approval: Approval) -> impl IntoView {
    let words = words();
    move || {
        if let Some(error) = approval.failure() {
            let text = errors::text(words, &error);
            return Some(view! { <Alert tone=Tone::Bad kind="failed">{text}</Alert> }.into_any());
        }
        approval.is_approved().then(|| {
            view! { <Alert tone=Tone::Good kind="approved">{words.devices.approved}</Alert> }
                .into_any()
        })
    }
}

/// One waiting tablet: code, address, choice of the device and the button that approves.
#[component]
fn WaitingTabletCard(tablet: WaitingPairingRequest, approval: Approval) -> impl IntoView {
    let texts = &words().devices;
    let WaitingPairingRequest { code, address, .. } = tablet;
    let (before, after) = texts
        .waiting_tablet
        .split_once("{code}")
        .unwrap_or_default();
    let check = fill(texts.waiting_check, &[("address", &address)]);
    let options = device_options();
    let chosen = RwSignal::new(None::<String>);
    // Until the admin chooses, the first option: a device without a tablet if there is one.
    let choice = Memo::new(move |_| {
        let first = || options.with(|options| options.first().map(|option| option.key.clone()));
        chosen
            .get()
            .or_else(first)
            .unwrap_or_else(|| NEW_DEVICE.to_owned())
    });
    let progress = expect_context::<SetupProgress>();
    let replaces = Memo::new(move |_| {
        let device = choice.with(|key| key.parse::<DeviceId>().ok());
        device.is_some_and(|device| progress.paired().contains(&device))
    });
    let device_field = (!approval.is_fixed()).then(|| {
        view! {
            {move || options.with(|options| options.len() > 1).then(|| view! {
                <SelectField
                    name="waiting-device"
                    label=texts.becomes
                    value=choice
                    options=options
                    on_change=move |key| chosen.set(Some(key))
                />
            })}
            {move || replaces.get().then(|| view! { <Alert tone=Tone::Warn kind="replaces">{texts.become_instead_note}</Alert> })}
        }
    });
    let shown_code = code.clone();
    let approve = move |_| approval.approve(&code, &choice.get_untracked());
    view! {
        <section class="waiting-tablet card" data-waiting=shown_code>
            <p class="waiting-title"><strong>{before}<span class="digits">{shown_code.clone()}</span>{after}</strong></p>
            <p class="muted">{check}</p>
            {device_field}
            <button type="button" class="button primary" data-action="approve" on:click=approve>{texts.approve}</button>
        </section>
    }
}

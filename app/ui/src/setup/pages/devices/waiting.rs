//! Unpaired tablets that wait for approval: the admin compares the code, chooses the device and approves.

use leptos::prelude::*;
use yobirin_api::device::{DeviceStatus, PAIRING_CODE_LIFE, WaitingPairingRequest};
use yobirin_domain::model::id::DeviceId;
use yobirin_domain::tablet_presence::{has_stopped_asking, needs_confirmation};

use super::approval::{Approval, ApprovalTarget, NEW_DEVICE, device_options};
use super::open_kiosk::OpenKiosk;
use super::replacement::ConfirmReplacement;
use crate::api::admin::AdminClient;
use crate::components::{Alert, SelectField, Tone};
use crate::i18n::fill;
use crate::router::SetupPage;
use crate::setup::draft_store::DraftStore;
use crate::setup::errors;
use crate::setup::nav::{Link, Nav, words};
use crate::setup::progress::SetupProgress;
use crate::setup::remote::{Remote, poll};
use crate::setup::shared::moment::{elapsed_text, moment_text};
use crate::setup::shared::page_frame::PageFrame;

/// Polling interval of the waiting tablets, in milliseconds.
const POLL_INTERVAL_MS: u64 = 2_000;

/// Polled pairing requests of the waiting tablets, newest first.
#[derive(Clone, Copy)]
pub(crate) struct WaitingTablets(RwSignal<Remote<Vec<WaitingPairingRequest>>>);

impl WaitingTablets {
    /// Polls until the current owner is disposed of.
    pub(super) fn poll() -> Self {
        let admin = expect_context::<AdminClient>();
        let waiting = RwSignal::new(Remote::Loading);
        poll(waiting, POLL_INTERVAL_MS, move || admin.pairing_requests());
        Self(waiting)
    }

    /// The tablets that still ask for approval; or with `stopped` the others, whose kiosk was closed.
    fn listed(self, stopped: bool) -> Vec<WaitingPairingRequest> {
        self.0.with(|remote| {
            let tablets = remote.loaded().into_iter().flatten();
            let listed = tablets.filter(|tablet| has_stopped_asking(tablet.silent_for) == stopped);
            listed.cloned().collect()
        })
    }

    /// True while a tablet asks for approval; tracked.
    pub(super) fn are_asking(self) -> bool {
        !self.listed(false).is_empty()
    }
}

/// The waiting tablets; while none waits, instructions for opening the kiosk on a tablet.
#[component]
pub(crate) fn TabletInvitation(
    /// State of the approval.
    approval: Approval,
    /// The waiting tablets; polled here where the caller does not need them.
    #[prop(optional)]
    waiting: Option<WaitingTablets>,
    /// True where another button is the next step.
    #[prop(optional, into)]
    is_secondary: Signal<bool>,
) -> impl IntoView {
    let texts = &words().devices;
    let waiting = waiting.unwrap_or_else(WaitingTablets::poll);
    let is_empty = Memo::new(move |_| !waiting.are_asking());
    view! {
        <div class="pairing">
            {move || is_empty.get().then(|| view! {
                <OpenKiosk />
                <p class="waiting" role="status"><span class="spinner"></span>{texts.none_waiting}</p>
            })}
            <WaitingTabletList waiting=waiting approval=approval is_secondary=is_secondary />
        </div>
    }
}

/// Lists the waiting tablets above the list of devices. Renders nothing while none waits.
#[component]
pub(super) fn WaitingTabletsAlert(waiting: WaitingTablets) -> impl IntoView {
    let nav = expect_context::<Nav>();
    let show = Callback::new(move |device| nav.go(SetupPage::Device(device)));
    let approval = Approval::new(ApprovalTarget::ChosenByAdmin, Some(show));
    view! { <WaitingTabletList waiting=waiting approval=approval is_secondary=Signal::stored(false) /> }
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
    let waiting = WaitingTablets::poll();
    let show = Callback::new(move |device| nav.go(SetupPage::Device(device)));
    let approval = Approval::new(ApprovalTarget::ChosenByAdmin, Some(show));
    let code = StoredValue::new(code);
    let found = Memo::new(move |_| {
        waiting.0.with(|remote| {
            let Some(tablets) = remote.loaded() else {
                return FoundTablet::Loading;
            };
            let mut tablets = tablets.iter();
            let tablet = tablets.find(|tablet| code.with_value(|code| tablet.code == *code));
            match tablet {
                // Without the time that each poll changes, which would render the card again.
                Some(tablet) => FoundTablet::Waiting(WaitingPairingRequest {
                    silent_for: 0,
                    ..tablet.clone()
                }),
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
            <WaitingTabletCard tablet=tablet approval=approval is_secondary=Signal::stored(false) />
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

/// The tablets that ask for approval, newest first; then those that have stopped asking. One button at most is
/// primary: that of the newest tablet.
#[component]
fn WaitingTabletList(
    waiting: WaitingTablets,
    approval: Approval,
    is_secondary: Signal<bool>,
) -> impl IntoView {
    let words = words();
    let newest = Memo::new(move |_| {
        let tablets = waiting.listed(false).into_iter();
        tablets.map(|tablet| tablet.code).next()
    });
    let card = move |tablet: WaitingPairingRequest| {
        let code = tablet.code.clone();
        let is_secondary = Signal::derive(move || {
            is_secondary.get() || newest.with(|newest| newest.as_ref() != Some(&code))
        });
        view! { <WaitingTabletCard tablet=tablet approval=approval is_secondary=is_secondary /> }
    };
    let stopped = Memo::new(move |_| {
        let tablets = waiting.listed(true).into_iter();
        let text = |tablet: WaitingPairingRequest| {
            let ago = elapsed_text(words, tablet.silent_for);
            let values = [("code", tablet.code.as_str()), ("ago", ago.as_str())];
            fill(words.devices.stopped_asking, &values)
        };
        tablets.map(text).collect::<Vec<_>>()
    });
    let stopped_lines = move || {
        let lines = stopped.get().into_iter();
        lines
            .map(|text| view! { <p class="muted small" data-stopped-asking="">{text}</p> })
            .collect_view()
    };
    view! {
        <ApprovalState approval=approval />
        <For each=move || waiting.listed(false) key=|tablet| tablet.code.clone() children=card />
        {stopped_lines}
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

/// One waiting tablet: code, address, choice of the device and the button that approves. Replacing a tablet that was
/// heard of lately is confirmed first.
#[component]
fn WaitingTabletCard(
    tablet: WaitingPairingRequest,
    approval: Approval,
    is_secondary: Signal<bool>,
) -> impl IntoView {
    let words = words();
    let texts = &words.devices;
    let WaitingPairingRequest {
        code,
        address,
        expires,
        ..
    } = tablet;
    let (before, after) = texts
        .waiting_tablet
        .split_once("{code}")
        .unwrap_or_default();
    let zone = expect_context::<DraftStore>().peek(|document| document.site.time_zone.clone());
    let since = moment_text(words, expires.saturating_sub(PAIRING_CODE_LIFE), &zone);
    let check = fill(
        texts.waiting_check,
        &[("address", &address), ("time", &since)],
    );
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
    let replaced = replaced_tablet(choice);
    let is_replacing = Memo::new(move |_| replaced.with(Option::is_some));
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
            {move || is_replacing.get().then(|| view! { <Alert tone=Tone::Warn kind="replaces">{texts.become_instead_note}</Alert> })}
        }
    });
    let shown_code = code.clone();
    let code = StoredValue::new(code);
    let approve = move || code.with_value(|code| approval.approve(code, &choice.get_untracked()));
    let is_confirming = RwSignal::new(false);
    let press = move |_| {
        let is_asked = !approval.is_fixed()
            && replaced.with_untracked(|tablet| {
                let tablet = tablet.as_ref();
                tablet.is_some_and(|tablet| needs_confirmation(tablet.silent_for))
            });
        if is_asked {
            is_confirming.set(true);
        } else {
            approve();
        }
    };
    view! {
        <section class="waiting-tablet card" data-waiting=shown_code>
            <p class="waiting-title"><strong>{before}<span class="digits">{shown_code.clone()}</span>{after}</strong></p>
            <p class="muted">{check}</p>
            {device_field}
            <button
                type="button"
                class="button"
                class:primary=move || !is_secondary.get()
                data-action="approve"
                on:click=press
            >
                {texts.approve}
            </button>
            <ConfirmReplacement open=is_confirming replaced=replaced on_ok=move |()| approve() />
        </section>
    }
}

/// Tablet that is paired as the device with this key; `None` when there is none, or the key is no device's.
fn replaced_tablet(choice: Memo<String>) -> Memo<Option<DeviceStatus>> {
    let tablets = expect_context::<SetupProgress>().tablets();
    Memo::new(move |_| {
        let device = choice.with(|key| key.parse::<DeviceId>().ok())?;
        tablets.with(|remote| {
            let mut statuses = remote.loaded()?.iter();
            let status = statuses.find(|status| status.id == device)?;
            status.paired_at.is_some().then(|| status.clone())
        })
    })
}

//! Start of the kiosk: with the cached settings at once, then identification by the relay, or pairing.

use yobirin_api::Millis;
use yobirin_api::device::PairingRequest;
use yobirin_domain::model::id::DeviceId;

use super::pairing::{ApprovalRequest, PairingError};
use super::{load_translations, settings_sync};
use crate::api::client;
use crate::browser::task::spawn;
use crate::browser::{clock, navigation, window_events};
use crate::i18n::kiosk::loaded;
use crate::kiosk::calls::{call_store, sync};
use crate::kiosk::navigation::Overlay;
use crate::kiosk::state::{KioskPhase, KioskState};
use crate::router::Page;

/// Polling interval while the tablet waits for an admin's approval.
const PAIRING_POLL_MS: Millis = 2_000;
/// Polling interval after a failed poll; the relay refuses requests for example while too many tablets wait.
const PAIRING_RETRY_MS: Millis = 30_000;

/// Opens the kiosk; pairs it if the address carries a pairing code.
pub(crate) fn open(kiosk: KioskState) {
    let cached = settings_sync::cached();
    let has_cached_settings = cached.is_some();
    if let Some((device, settings)) = cached {
        // Subscribes to the event stream, whose first event leads to newer settings.
        kiosk.device.set(Some(device));
        let lang = settings.office_language();
        if loaded::get_loaded(lang).is_some() {
            settings_sync::open_with(kiosk, settings);
            sync::run(kiosk);
        } else {
            spawn(async move {
                load_translations::load(lang).await;
                // Meanwhile newer settings or a pairing may have opened another screen.
                let is_loading = kiosk.phase.get_untracked() == KioskPhase::Loading;
                if is_loading && kiosk.settings.with_untracked(Option::is_none) {
                    settings_sync::open_with(kiosk, settings);
                    sync::run(kiosk);
                }
            });
        }
    }
    let code = navigation::fragment("code").filter(|_| navigation::is_current(&Page::Pair));
    if !navigation::is_current(&Page::Kiosk) {
        navigation::replace(&Page::Kiosk); // a step of the browser that takes as long as rendering the menu
    }
    match code {
        Some(code) => spawn(pair(kiosk, code)),
        None if has_cached_settings => {}
        None => check_in(kiosk),
    }
}

/// Asks the relay which device this browser is, and for fresh settings. If that fails, a loading screen shows the
/// reason.
pub(crate) fn check_in(kiosk: KioskState) {
    spawn(async move {
        if let Err(error) = settings_sync::refresh(kiosk).await
            && kiosk.phase.get_untracked() == KioskPhase::Loading
        {
            kiosk.set_language(settings_sync::preferred_language());
            kiosk.pairing_error.set(Some(PairingError::of(&error)));
        }
        kiosk.finish_boot();
        sync::run(kiosk); // calls that were restored with the settings
    });
}

/// Pairs this browser as a tablet; an error is shown on the pairing screen.
pub(crate) async fn pair(kiosk: KioskState, code: String) {
    // Read before the request: the session of an earlier pairing is revoked, perhaps before the response arrives.
    let earlier_device = kiosk.device.get_untracked();
    match client::pair(&code).await {
        Ok(paired) => on_paired(kiosk, paired.device, earlier_device).await,
        Err(error) => {
            kiosk.pairing_error.set(Some(PairingError::of(&error)));
            // Setting the same phase would render the form again, without the code that was typed.
            let is_shown = kiosk.phase.get_untracked() == KioskPhase::Pairing;
            if !is_shown && kiosk.device.with_untracked(Option::is_none) {
                kiosk.phase.set(KioskPhase::Pairing);
            }
        }
    }
    kiosk.finish_boot();
}

/// Opens the kiosk after a pairing with a device. Staff see the checklist first, unless this browser was paired as
/// the same device before.
async fn on_paired(kiosk: KioskState, device: DeviceId, earlier_device: Option<DeviceId>) {
    let is_new = earlier_device.as_ref() != Some(&device);
    call_store::remove_all(kiosk);
    kiosk.pairing_error.set(None);
    kiosk.approval_request.set(ApprovalRequest::default());
    kiosk.next_approval_poll.set(0);
    kiosk.phase.set(KioskPhase::Loading);
    settings_sync::set_device(kiosk, device);
    let _ = settings_sync::refresh(kiosk).await; // an error is retried by the next connection check
    if is_new {
        kiosk.show_overlay(Some(Overlay::Checklist));
    }
}

/// Requests an admin's approval while this browser is not paired, and polls the result; called every second.
pub(super) fn ask_for_pairing(kiosk: KioskState) {
    let is_due = kiosk.next_approval_poll.get_untracked() <= clock::now();
    let is_pairing = move || kiosk.phase.get_untracked() == KioskPhase::Pairing;
    if !is_due || !is_pairing() || !window_events::is_visible() {
        return;
    }
    let poll_after = move |millis| kiosk.next_approval_poll.set(clock::now() + millis);
    poll_after(PAIRING_RETRY_MS); // no second request while this one is under way
    spawn(async move {
        let response = client::ask_for_pairing().await;
        if !is_pairing() {
            return;
        }
        let request = match response {
            Ok(PairingRequest::Approved(device)) => return on_paired(kiosk, device, None).await,
            Ok(PairingRequest::Waiting { code, qr, .. }) => {
                poll_after(PAIRING_POLL_MS);
                ApprovalRequest::Waiting { code, qr }
            }
            Err(error) if error.code().is_some() => ApprovalRequest::Refused,
            Err(_) => return, // without network the code stays
        };
        // Setting an equal request would render the code again.
        if kiosk
            .approval_request
            .with_untracked(|shown| *shown != request)
        {
            kiosk.approval_request.set(request);
        }
    });
}

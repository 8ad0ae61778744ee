//! Start of the kiosk: with the cached settings at once, then identification by the relay, or pairing.

use super::pairing::PairingError;
use super::{load_translations, settings_sync};
use crate::api::client;
use crate::browser::navigation;
use crate::browser::task::spawn;
use crate::i18n::kiosk::loaded;
use crate::kiosk::calls::{call_store, sync};
use crate::kiosk::state::{KioskPhase, KioskState};
use crate::router::Page;

/// Opens the kiosk; pairs it if the address carries a pairing code.
pub(crate) fn open(kiosk: KioskState) {
    let cached = settings_sync::cached();
    let is_cached = cached.is_some();
    if let Some((device, settings)) = cached {
        // Subscribes to the event stream, whose first event leads to newer settings.
        kiosk.device.set(Some(device));
        let lang = settings.own_language();
        if loaded::get_loaded(lang).is_some() {
            settings_sync::open_with(kiosk, settings);
            sync::run(kiosk);
        } else {
            spawn(async move {
                load_translations::load(lang).await;
                let is_waiting = kiosk.phase.get_untracked() == KioskPhase::Loading;
                if is_waiting && kiosk.settings.with_untracked(Option::is_none) {
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
        None if is_cached => {}
        None => check_in(kiosk),
    }
}

/// Asks the relay which device this browser is, and for fresh settings. Without a response nothing changes.
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
    match client::pair(&code).await {
        Ok(paired) => {
            call_store::remove_all(kiosk);
            kiosk.pairing_error.set(None);
            kiosk.phase.set(KioskPhase::Loading);
            settings_sync::set_device(kiosk, paired.device);
            let _ = settings_sync::refresh(kiosk).await; // an error is retried by the next check
        }
        Err(error) => {
            kiosk.pairing_error.set(Some(PairingError::of(&error)));
            // Setting the same phase again would render the form anew, without the code that was typed.
            let is_shown = kiosk.phase.get_untracked() == KioskPhase::Pairing;
            if !is_shown && kiosk.device.with_untracked(Option::is_none) {
                kiosk.phase.set(KioskPhase::Pairing);
            }
        }
    }
    kiosk.finish_boot();
}

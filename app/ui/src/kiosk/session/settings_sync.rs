//! Keeps the tablet's settings up to date: fetched from the relay, cached in local storage for a start without network.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use yobirin_api::ErrorCode;
use yobirin_domain::model::id::DeviceId;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::menu::Accessibility;

use super::kiosk_settings::{KioskSettings, SettingsError};
use super::load_translations;
use super::pairing::PairingError;
use crate::api::client;
use crate::api::response::ApiResult;
use crate::browser::storage::KIOSK_SETTINGS_KEY;
use crate::browser::{self, storage, watchdog};
use crate::kiosk::calls::call_store;
use crate::kiosk::navigation::Navigation;
use crate::kiosk::state::{KioskPhase, KioskState};

/// The settings document as the relay sent it, and the device that it was sent to.
#[derive(Clone, Serialize, Deserialize)]
struct CachedSettings {
    device: DeviceId,
    etag: String,
    json: String,
}

/// The cached settings; `None` when there are none that this app can read.
pub(super) fn cached() -> Option<(DeviceId, Arc<KioskSettings>)> {
    let cached: CachedSettings = storage::get(KIOSK_SETTINGS_KEY)?;
    let settings = KioskSettings::parse(&cached.json, &cached.etag, &cached.device).ok()?;
    Some((cached.device, settings))
}

/// The first of the browser's languages that the kiosk has, else Japanese.
pub(super) fn preferred_language() -> Lang {
    let tags = browser::preferred_languages();
    let available = tags.iter().find_map(|tag| Lang::from_tag(tag));
    available.unwrap_or(Lang::Ja)
}

/// Opens the kiosk with settings. The caller loads the words of their language before, because a screen that changes
/// its language while it is read looks broken.
pub(super) fn open_with(kiosk: KioskState, settings: Arc<KioskSettings>) {
    let was_open = kiosk.phase.get_untracked() == KioskPhase::Open;
    let has_answers = settings.site().answers.is_on();
    kiosk.set_settings(settings);
    kiosk.phase.set(KioskPhase::Open);
    kiosk.finish_boot();
    if !was_open {
        call_store::restore(kiosk);
    }
    if !has_answers {
        call_store::stop_awaiting_answers(kiosk);
    }
}

/// Sets the device that this browser is paired as. The settings of another device are dropped.
pub(super) fn set_device(kiosk: KioskState, device: DeviceId) {
    if kiosk.device.get_untracked().as_ref() != Some(&device) {
        storage::remove(KIOSK_SETTINGS_KEY);
        kiosk.pending_settings.set(None);
        kiosk.settings.set(None);
        kiosk.phase.set(KioskPhase::Loading);
        kiosk.device.set(Some(device));
    }
}

/// Fetches the settings if they have changed, and the device that this browser is paired as.
pub(crate) async fn refresh(kiosk: KioskState) -> ApiResult<()> {
    let known_etag = kiosk
        .latest_settings()
        .map(|settings| settings.etag().to_owned());
    let (device, fresh) = match client::own_settings(known_etag.as_deref()).await {
        Ok(response) => response,
        Err(error) => {
            if error.code() == Some(ErrorCode::NotSignedIn) {
                on_unpaired(kiosk, None);
            }
            return Err(error);
        }
    };
    let Some(device) = device else {
        on_unpaired(kiosk, None);
        return Ok(());
    };
    set_device(kiosk, device.clone());
    kiosk.load_missing_words();
    // Without network the service worker responds, possibly with the settings that are in use already.
    let Some(fresh) = fresh.filter(|fresh| Some(&fresh.etag) != known_etag.as_ref()) else {
        if kiosk.phase.get_untracked() == KioskPhase::Loading
            && let Some(settings) = kiosk.latest_settings()
        {
            open_with(kiosk, settings); // paired again as the same device
        }
        return Ok(());
    };
    match KioskSettings::parse(&fresh.json, &fresh.etag, &device) {
        Ok(settings) => {
            load_translations::load(settings.office_language()).await;
            open_with(kiosk, settings);
            // Without storage the next start is slower.
            let _ = storage::set(
                KIOSK_SETTINGS_KEY,
                &CachedSettings {
                    device,
                    etag: fresh.etag,
                    json: fresh.json,
                },
            );
        }
        // The present menu stays until settings come that this app can read.
        Err(SettingsError::Unreadable) if kiosk.latest_settings().is_some() => {}
        Err(_) => {
            storage::remove(KIOSK_SETTINGS_KEY);
            kiosk.settings.set(None);
            kiosk.set_language(preferred_language());
            kiosk.phase.set(KioskPhase::NotSetUp);
        }
    }
    Ok(())
}

/// Drops calls and settings and shows the pairing screen, because the relay does not know this browser as a tablet.
pub(crate) fn on_unpaired(kiosk: KioskState, reason: Option<PairingError>) {
    if kiosk.phase.get_untracked() == KioskPhase::Pairing {
        return;
    }
    storage::remove(KIOSK_SETTINGS_KEY);
    watchdog::forget_cached_settings();
    call_store::remove_all(kiosk);
    kiosk.device.set(None);
    kiosk.pending_settings.set(None);
    kiosk.settings.set(None);
    let lang = preferred_language();
    kiosk
        .navigation
        .set(Navigation::new(lang, Accessibility::default()));
    kiosk.set_language(lang);
    kiosk.pairing_error.set(reason);
    kiosk.phase.set(KioskPhase::Pairing);
}

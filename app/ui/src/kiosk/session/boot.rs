//! From an opened page to a tablet that receives visitors: the cached settings at once, then who the
//! relay says we are, pairing if need be, and fresh settings.

use std::sync::Arc;

use crate::browser::task::spawn;
use serde::{Deserialize, Serialize};
use yobirin_api::ErrorCode;
use yobirin_domain::model::id::DeviceId;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::menu::Access;

use super::kiosk_settings::{KioskSettings, SettingsError};
use super::pairing::PairingError;
use crate::api::client;
use crate::api::response::ApiResult;
use crate::browser::{self, navigation, storage, watchdog};
use crate::i18n::kiosk::loaded;
use crate::kiosk::calls::sync;
use crate::kiosk::navigation::Navigation;
use crate::kiosk::state::{KioskPhase, KioskState};
use crate::router::Page;

const SETTINGS_KEY: &str = "yobirin.settings"; // guard.js looks for it, too

/// The last settings, for a start without waiting for the network.
#[derive(Clone, Serialize, Deserialize)]
struct CachedSettings {
    device: DeviceId,
    etag: String,
    json: String,
}

impl CachedSettings {
    fn parse(&self) -> Option<Arc<KioskSettings>> {
        KioskSettings::parse(&self.json, &self.etag, &self.device).ok()
    }
}

/// The first of the browser's languages that the kiosk speaks.
fn preferred_language() -> Lang {
    let wishes = browser::preferred_languages();
    let spoken = wishes.iter().find_map(|tag| Lang::from_tag(tag));
    spoken.unwrap_or(Lang::Ja)
}

/// Opens the kiosk: with a pairing code when the address carries one.
pub(crate) fn open(kiosk: KioskState) {
    let cached = storage::get::<CachedSettings>(SETTINGS_KEY);
    let office = cached.as_ref().and_then(CachedSettings::parse);
    let is_known = office.is_some();
    if let (Some(office), Some(cached)) = (office, cached) {
        // The event stream begins with the device, and its first word leads to newer settings.
        kiosk.device.set(Some(cached.device));
        if loaded::get_loaded(office.own_language()).is_some() {
            open_with(kiosk, office);
        } else {
            spawn(async move {
                loaded::load(office.own_language()).await;
                let is_wanted = kiosk.phase.get_untracked() == KioskPhase::Loading;
                if is_wanted && kiosk.settings.with_untracked(Option::is_none) {
                    open_with(kiosk, office);
                }
            });
        }
    }
    let code = navigation::fragment("code").filter(|_| navigation::is_current(&Page::Pair));
    navigation::replace(&Page::Kiosk);
    match code {
        Some(code) => spawn(pair(kiosk, code)),
        None if is_known => {}
        None => check_in(kiosk),
    }
}

/// Receives visitors with these settings. The office's own words are here by now, unless they cannot be
/// had: a screen that changes its language before anybody's eyes looks broken.
fn open_with(kiosk: KioskState, office: Arc<KioskSettings>) {
    let was_open = kiosk.phase.get_untracked() == KioskPhase::Open;
    kiosk.set_settings(office);
    kiosk.phase.set(KioskPhase::Open);
    kiosk.finish_boot();
    if !was_open {
        sync::restore(kiosk);
    }
}

/// Asks the relay who this browser is, and for fresh settings. Without an answer things stay as they
/// are.
pub(crate) fn check_in(kiosk: KioskState) {
    spawn(async move {
        if let Err(error) = refresh(kiosk).await
            && kiosk.phase.get_untracked() == KioskPhase::Loading
        {
            kiosk.set_language(preferred_language());
            kiosk.pairing_error.set(Some(PairingError::of(&error)));
        }
        kiosk.finish_boot();
    });
}

/// Makes this browser a tablet; what goes wrong is said on the pairing screen.
pub(crate) async fn pair(kiosk: KioskState, code: String) {
    match client::pair(&code).await {
        Ok(answer) => {
            sync::forget_all(kiosk);
            kiosk.pairing_error.set(None);
            kiosk.phase.set(KioskPhase::Loading);
            set_device(kiosk, answer.device);
            let _ = refresh(kiosk).await; // without an answer, the next check tries again
        }
        Err(error) => {
            kiosk.pairing_error.set(Some(PairingError::of(&error)));
            // To set it again would draw the screen anew, without what was typed.
            let is_shown = kiosk.phase.get_untracked() == KioskPhase::Pairing;
            if !is_shown && kiosk.device.with_untracked(Option::is_none) {
                kiosk.phase.set(KioskPhase::Pairing);
            }
        }
    }
    kiosk.finish_boot();
}

/// Another tablet's menu must not be shown, nor kept for the next start.
fn set_device(kiosk: KioskState, device: DeviceId) {
    if kiosk.device.get_untracked().as_ref() != Some(&device) {
        storage::remove(SETTINGS_KEY);
        kiosk.pending_settings.set(None);
        kiosk.settings.set(None);
        kiosk.phase.set(KioskPhase::Loading);
        kiosk.device.set(Some(device));
    }
}

/// Fetches the settings if they have changed, and learns which device this is.
pub(crate) async fn refresh(kiosk: KioskState) -> ApiResult<()> {
    let known = kiosk
        .latest_settings()
        .map(|office| office.etag().to_owned());
    let (device, fresh) = match client::own_settings(known.as_deref()).await {
        Ok(answer) => answer,
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
    // Without network the service worker answers with what it has, which may be what is in use.
    let Some(fresh) = fresh.filter(|fresh| Some(&fresh.etag) != known.as_ref()) else {
        if kiosk.phase.get_untracked() == KioskPhase::Loading
            && let Some(office) = kiosk.latest_settings()
        {
            open_with(kiosk, office); // paired once more as the same device
        }
        return Ok(());
    };
    match KioskSettings::parse(&fresh.json, &fresh.etag, &device) {
        Ok(office) => {
            loaded::load(office.own_language()).await;
            open_with(kiosk, office);
            // Storage that refuses only means a slower start.
            let _ = storage::set(
                SETTINGS_KEY,
                &CachedSettings {
                    device,
                    etag: fresh.etag,
                    json: fresh.json,
                },
            );
        }
        // A menu that works is better than none, until settings come that can be read.
        Err(SettingsError::Document) if kiosk.latest_settings().is_some() => {}
        Err(_) => {
            storage::remove(SETTINGS_KEY);
            kiosk.settings.set(None);
            kiosk.set_language(preferred_language());
            kiosk.phase.set(KioskPhase::NotSetUp);
        }
    }
    Ok(())
}

/// The relay does not know this browser as a tablet (any more).
pub(crate) fn on_unpaired(kiosk: KioskState, why: Option<PairingError>) {
    if kiosk.phase.get_untracked() == KioskPhase::Pairing {
        return;
    }
    storage::remove(SETTINGS_KEY);
    watchdog::forget_cached_settings();
    sync::forget_all(kiosk);
    kiosk.device.set(None);
    kiosk.pending_settings.set(None);
    kiosk.settings.set(None);
    let lang = preferred_language();
    kiosk
        .navigation
        .set(Navigation::new(lang, Access::default()));
    kiosk.set_language(lang);
    kiosk.pairing_error.set(why);
    kiosk.phase.set(KioskPhase::Pairing);
}

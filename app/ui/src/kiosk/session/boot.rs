//! From an opened page to a tablet that receives visitors: the cached settings at once, then who the
//! relay says we are, pairing if need be, and fresh settings.

use std::sync::Arc;

use crate::browser::task::spawn;
use serde::{Deserialize, Serialize};
use yobirin_api::ErrorCode;
use yobirin_domain::model::id::DeviceId;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::menu::Access;

use super::kiosk_settings::{KioskSettings, Unusable};
use super::pairing::Trouble;
use crate::api::client;
use crate::api::response::ApiResult;
use crate::browser::{self, navigation, storage, watchdog};
use crate::i18n::kiosk::loaded;
use crate::kiosk::calls::sync;
use crate::kiosk::navigation::Navigation;
use crate::kiosk::state::{KioskPhase, KioskState};
use crate::router::Page;

const KEY: &str = "yobirin.settings"; // guard.js looks for it, too

/// The last settings, for a start without waiting for the network.
#[derive(Clone, Serialize, Deserialize)]
struct Cached {
    device: DeviceId,
    etag: String,
    json: String,
}

impl Cached {
    fn office(&self) -> Option<Arc<KioskSettings>> {
        KioskSettings::read(&self.json, &self.etag, &self.device).ok()
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
    let cached = storage::get::<Cached>(KEY);
    let office = cached.as_ref().and_then(Cached::office);
    let is_known = office.is_some();
    if let (Some(office), Some(cached)) = (office, cached) {
        // The event stream begins with the device, and its first word leads to newer settings.
        kiosk.device.set(Some(cached.device));
        if loaded::get_loaded(office.own_language()).is_some() {
            receive(kiosk, office);
        } else {
            spawn(async move {
                loaded::load(office.own_language()).await;
                let is_wanted = kiosk.entry.get_untracked() == KioskPhase::Loading;
                if is_wanted && kiosk.office.with_untracked(Option::is_none) {
                    receive(kiosk, office);
                }
            });
        }
    }
    let code = navigation::fragment("code").filter(|_| navigation::is(&Page::Pair));
    navigation::replace(&Page::Kiosk);
    match code {
        Some(code) => spawn(pair(kiosk, code)),
        None if is_known => {}
        None => check(kiosk),
    }
}

/// Receives visitors with these settings. The office's own words are here by now, unless they cannot be
/// had: a screen that changes its language before anybody's eyes looks broken.
fn receive(kiosk: KioskState, office: Arc<KioskSettings>) {
    let was_open = kiosk.entry.get_untracked() == KioskPhase::Open;
    kiosk.adopt(office);
    kiosk.entry.set(KioskPhase::Open);
    kiosk.draw();
    if !was_open {
        sync::restore(kiosk);
    }
}

/// Asks the relay who this browser is, and for fresh settings. Without an answer things stay as they
/// are.
pub(crate) fn check(kiosk: KioskState) {
    spawn(async move {
        if let Err(error) = refresh(kiosk).await
            && kiosk.entry.get_untracked() == KioskPhase::Loading
        {
            kiosk.speak(preferred_language());
            kiosk.trouble.set(Some(Trouble::of(&error)));
        }
        kiosk.draw();
    });
}

/// Makes this browser a tablet; what goes wrong is said on the pairing screen.
pub(crate) async fn pair(kiosk: KioskState, code: String) {
    match client::pair(&code).await {
        Ok(answer) => {
            sync::forget_all(kiosk);
            kiosk.trouble.set(None);
            kiosk.entry.set(KioskPhase::Loading);
            become_device(kiosk, answer.device);
            let _ = refresh(kiosk).await; // without an answer, the next check tries again
        }
        Err(error) => {
            kiosk.trouble.set(Some(Trouble::of(&error)));
            // To set it again would draw the screen anew, without what was typed.
            let is_shown = kiosk.entry.get_untracked() == KioskPhase::Pairing;
            if !is_shown && kiosk.device.with_untracked(Option::is_none) {
                kiosk.entry.set(KioskPhase::Pairing);
            }
        }
    }
    kiosk.draw();
}

/// Another tablet's menu must not be shown, nor kept for the next start.
fn become_device(kiosk: KioskState, device: DeviceId) {
    if kiosk.device.get_untracked().as_ref() != Some(&device) {
        storage::remove(KEY);
        kiosk.newer.set(None);
        kiosk.office.set(None);
        kiosk.entry.set(KioskPhase::Loading);
        kiosk.device.set(Some(device));
    }
}

/// Fetches the settings if they have changed, and learns which device this is.
pub(crate) async fn refresh(kiosk: KioskState) -> ApiResult<()> {
    let known = kiosk.latest_office().map(|office| office.etag().to_owned());
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
    become_device(kiosk, device.clone());
    kiosk.learn();
    // Without network the service worker answers with what it has, which may be what is in use.
    let Some(fresh) = fresh.filter(|fresh| Some(&fresh.etag) != known.as_ref()) else {
        if kiosk.entry.get_untracked() == KioskPhase::Loading
            && let Some(office) = kiosk.latest_office()
        {
            receive(kiosk, office); // paired once more as the same device
        }
        return Ok(());
    };
    match KioskSettings::read(&fresh.json, &fresh.etag, &device) {
        Ok(office) => {
            loaded::load(office.own_language()).await;
            receive(kiosk, office);
            // Storage that refuses only means a slower start.
            let _ = storage::set(
                KEY,
                &Cached {
                    device,
                    etag: fresh.etag,
                    json: fresh.json,
                },
            );
        }
        // A menu that works is better than none, until settings come that can be read.
        Err(Unusable::Document) if kiosk.latest_office().is_some() => {}
        Err(_) => {
            storage::remove(KEY);
            kiosk.office.set(None);
            kiosk.speak(preferred_language());
            kiosk.entry.set(KioskPhase::NotSetUp);
        }
    }
    Ok(())
}

/// The relay does not know this browser as a tablet (any more).
pub(crate) fn on_unpaired(kiosk: KioskState, why: Option<Trouble>) {
    if kiosk.entry.get_untracked() == KioskPhase::Pairing {
        return;
    }
    storage::remove(KEY);
    watchdog::forget_settings();
    sync::forget_all(kiosk);
    kiosk.device.set(None);
    kiosk.newer.set(None);
    kiosk.office.set(None);
    let lang = preferred_language();
    kiosk
        .navigation
        .set(Navigation::new(lang, Access::default()));
    kiosk.speak(lang);
    kiosk.trouble.set(why);
    kiosk.entry.set(KioskPhase::Pairing);
}

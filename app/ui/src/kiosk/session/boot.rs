//! From an opened page to a tablet that receives visitors: the cached settings at once, then who the
//! relay says we are, pairing if need be, and fresh settings.

use std::sync::Arc;

use crate::browser::task::spawn;
use serde::{Deserialize, Serialize};
use yobirin_api::ErrorCode;
use yobirin_domain::model::id::DeviceId;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::menu::Access;

use super::kiosk_settings::{Office, Unusable};
use super::pairing::Trouble;
use crate::api::client::{self, Answered};
use crate::browser::{self, navigation, storage, watchdog};
use crate::i18n::kiosk::loaded;
use crate::kiosk::calls::sync;
use crate::kiosk::navigation::Flow;
use crate::kiosk::state::{Desk, Entry};
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
    fn office(&self) -> Option<Arc<Office>> {
        Office::read(&self.json, &self.etag, &self.device).ok()
    }
}

/// The first of the browser's languages that the kiosk speaks.
fn preferred_language() -> Lang {
    let wishes = browser::preferred_languages();
    let spoken = wishes.iter().find_map(|tag| Lang::from_tag(tag));
    spoken.unwrap_or(Lang::Ja)
}

/// Opens the kiosk: with a pairing code when the address carries one.
pub(crate) fn open(desk: Desk) {
    let cached = storage::get::<Cached>(KEY);
    let office = cached.as_ref().and_then(Cached::office);
    let is_known = office.is_some();
    if let (Some(office), Some(cached)) = (office, cached) {
        // The event stream begins with the device, and its first word leads to newer settings.
        desk.device.set(Some(cached.device));
        if loaded::at_hand(office.own_language()).is_some() {
            receive(desk, office);
        } else {
            spawn(async move {
                loaded::load(office.own_language()).await;
                let is_wanted = desk.entry.get_untracked() == Entry::Loading;
                if is_wanted && desk.office.with_untracked(Option::is_none) {
                    receive(desk, office);
                }
            });
        }
    }
    let code = navigation::fragment("code").filter(|_| navigation::is(&Page::Pair));
    navigation::replace(&Page::Kiosk);
    match code {
        Some(code) => spawn(pair(desk, code)),
        None if is_known => {}
        None => check(desk),
    }
}

/// Receives visitors with these settings. The office's own words are here by now, unless they cannot be
/// had: a screen that changes its language before anybody's eyes looks broken.
fn receive(desk: Desk, office: Arc<Office>) {
    let was_open = desk.entry.get_untracked() == Entry::Open;
    desk.adopt(office);
    desk.entry.set(Entry::Open);
    desk.draw();
    if !was_open {
        sync::restore(desk);
    }
}

/// Asks the relay who this browser is, and for fresh settings. Without an answer things stay as they
/// are.
pub(crate) fn check(desk: Desk) {
    spawn(async move {
        if let Err(error) = refresh(desk).await
            && desk.entry.get_untracked() == Entry::Loading
        {
            desk.speak(preferred_language());
            desk.trouble.set(Some(Trouble::of(&error)));
        }
        desk.draw();
    });
}

/// Makes this browser a tablet; what goes wrong is said on the pairing screen.
pub(crate) async fn pair(desk: Desk, code: String) {
    match client::pair(&code).await {
        Ok(answer) => {
            sync::forget_all(desk);
            desk.trouble.set(None);
            desk.entry.set(Entry::Loading);
            become_device(desk, answer.device);
            let _ = refresh(desk).await; // without an answer, the next check tries again
        }
        Err(error) => {
            desk.trouble.set(Some(Trouble::of(&error)));
            // To set it again would draw the screen anew, without what was typed.
            let is_shown = desk.entry.get_untracked() == Entry::Pairing;
            if !is_shown && desk.device.with_untracked(Option::is_none) {
                desk.entry.set(Entry::Pairing);
            }
        }
    }
    desk.draw();
}

/// Another tablet's menu must not be shown, nor kept for the next start.
fn become_device(desk: Desk, device: DeviceId) {
    if desk.device.get_untracked().as_ref() != Some(&device) {
        storage::remove(KEY);
        desk.newer.set(None);
        desk.office.set(None);
        desk.entry.set(Entry::Loading);
        desk.device.set(Some(device));
    }
}

/// Fetches the settings if they have changed, and learns which device this is.
pub(crate) async fn refresh(desk: Desk) -> Answered<()> {
    let known = desk.latest_office().map(|office| office.etag().to_owned());
    let (device, fresh) = match client::own_settings(known.as_deref()).await {
        Ok(answer) => answer,
        Err(error) => {
            if error.code() == Some(ErrorCode::NotSignedIn) {
                unpaired(desk, None);
            }
            return Err(error);
        }
    };
    let Some(device) = device else {
        unpaired(desk, None);
        return Ok(());
    };
    become_device(desk, device.clone());
    desk.learn();
    // Without network the service worker answers with what it has, which may be what is in use.
    let Some(fresh) = fresh.filter(|fresh| Some(&fresh.etag) != known.as_ref()) else {
        if desk.entry.get_untracked() == Entry::Loading
            && let Some(office) = desk.latest_office()
        {
            receive(desk, office); // paired once more as the same device
        }
        return Ok(());
    };
    match Office::read(&fresh.json, &fresh.etag, &device) {
        Ok(office) => {
            loaded::load(office.own_language()).await;
            receive(desk, office);
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
        Err(Unusable::Document) if desk.latest_office().is_some() => {}
        Err(_) => {
            storage::remove(KEY);
            desk.office.set(None);
            desk.speak(preferred_language());
            desk.entry.set(Entry::NotSetUp);
        }
    }
    Ok(())
}

/// The relay does not know this browser as a tablet (any more).
pub(crate) fn unpaired(desk: Desk, why: Option<Trouble>) {
    if desk.entry.get_untracked() == Entry::Pairing {
        return;
    }
    storage::remove(KEY);
    watchdog::forget_settings();
    sync::forget_all(desk);
    desk.device.set(None);
    desk.newer.set(None);
    desk.office.set(None);
    let lang = preferred_language();
    desk.flow.set(Flow::new(lang, Access::default()));
    desk.speak(lang);
    desk.trouble.set(why);
    desk.entry.set(Entry::Pairing);
}

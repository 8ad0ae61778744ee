//! Keeping the screen on. The browser drops the lock whenever the page is hidden, so it is asked for
//! again at each return.

use crate::platform::task::spawn;
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Asks for the screen to stay on; browsers without wake lock, or that refuse, stay as they are.
pub fn keep_screen_on() {
    // `web-sys` still counts the Screen Wake Lock API as unstable, so it is called by name.
    let Ok(lock) = Reflect::get(&window().navigator(), &"wakeLock".into()) else {
        return;
    };
    let request = Reflect::get(&lock, &"request".into()).and_then(JsCast::dyn_into::<Function>);
    let asked = request.and_then(|request| request.call1(&lock, &JsValue::from_str("screen")));
    if let Some(promise) = asked
        .ok()
        .and_then(|asked| asked.dyn_into::<Promise>().ok())
    {
        spawn(async move {
            let _ = JsFuture::from(promise).await; // a refusal changes nothing
        });
    }
}

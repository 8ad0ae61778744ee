//! The address bar and the history: path, query, fragment. All pages are of this origin, so navigation to them cannot
//! fail, and the results of the browser's functions are dropped.

use leptos::prelude::{RwSignal, Set, window};
use wasm_bindgen::JsValue;

use crate::router::Page;

/// The page of the current address; `None` for an unknown address.
#[must_use]
pub fn current() -> Option<Page> {
    let path = window().location().pathname().unwrap_or_default();
    Page::from_path(&path)
}

/// True when the current address is this page's.
#[must_use]
pub fn is_current(page: &Page) -> bool {
    window().location().pathname().ok() == Some(page.path())
}

/// A value of the address's fragment (`#code=…`), which browsers never send to a server. `None` when it is missing or
/// empty.
#[must_use]
pub fn fragment(name: &str) -> Option<String> {
    let hash = window().location().hash().ok()?;
    let values = web_sys::UrlSearchParams::new_with_str(hash.strip_prefix('#')?).ok()?;
    values.get(name).filter(|value| !value.is_empty())
}

/// A value of the address's query.
#[must_use]
pub fn query(name: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search)
        .ok()?
        .get(name)
}

/// Encodes names and values as a query, without the question mark.
#[must_use]
pub fn encode_query(pairs: &[(&str, &str)]) -> String {
    let Ok(query) = web_sys::UrlSearchParams::new() else {
        return String::new();
    };
    for (name, value) in pairs {
        query.append(name, value);
    }
    String::from(query.to_string())
}

/// Encodes a text as percent-encoded UTF-8, for a header.
#[must_use]
pub fn percent_encode(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// The page's origin, such as `https://reception.example`.
#[must_use]
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Shows a page of the same app and adds it to the history.
pub fn push(page: &Page) {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&page.path()));
    }
}

/// Shows a page of the same app in place of the present one; its fragment leaves the history.
pub fn replace(page: &Page) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&page.path()));
    }
}

/// Loads a page from the relay. Needed between kiosk and set-up, which are two apps.
pub fn load(page: &Page) {
    let _ = window().location().assign(&page.path());
}

/// Reloads the page.
pub fn reload() {
    let _ = window().location().reload();
}

/// Updates `page` when the browser's back and forward buttons are used, for the life of the page.
pub fn set_page_from_history(page: RwSignal<Option<Page>>) {
    crate::browser::window_events::listen("popstate", move || page.set(current()));
}

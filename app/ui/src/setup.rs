//! Set-up: the pages on which an admin sets the office up. All changes of the settings go through one draft (`draft`,
//! which `draft_store` makes reactive); all requests of an admin go through `api::admin`.

// `#[component]` makes its items `pub`, whatever the component's visibility.
#![allow(unreachable_pub)]

mod admin_app;
mod app;
mod auth;
mod draft;
mod draft_recovery;
mod draft_store;
mod editor_line;
mod editor_name;
mod errors;
mod language;
mod layout;
mod nav;
mod pages;
mod progress;
mod remote;
mod save_bar;
mod shared;
mod undo;

use leptos::prelude::*;

/// Starts set-up in the page's body.
pub fn start() {
    mount_to_body(app::SetupApp);
    crate::browser::remove_boot_screen();
}

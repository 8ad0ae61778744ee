//! Set-up: the pages of the office manager. Everything that changes the settings goes through one
//! draft (`draft`, shown by `store`); everything that asks the relay goes through a signed-in
//! session (`session`).

// What `#[component]` writes is `pub`, however little the component is.
#![allow(unreachable_pub)]

mod bot;
mod changes;
mod chatwork;
mod copy;
mod devices;
mod doctor;
mod draft;
mod entry;
mod errors;
mod finder;
mod first_run;
mod groups;
mod history;
mod hosts;
mod hours;
mod import;
mod kept;
mod leaving;
mod load;
mod me;
mod names;
mod nav;
mod office;
mod overview;
mod parts;
mod pick;
mod preview;
mod save_bar;
mod security;
mod session;
mod shell;
mod sign_in;
mod site;
mod store;
mod trace;
mod undo;
mod versions;

use leptos::prelude::*;

/// Starts set-up in the page's body.
pub fn start() {
    mount_to_body(entry::Entry);
    crate::platform::boot_done();
}

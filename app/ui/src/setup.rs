//! Set-up.

use leptos::mount;
use leptos::prelude::*;

/// Starts set-up in the page's body.
pub fn start() {
    mount::mount_to_body(|| view! { <main>"setup"</main> });
    crate::platform::boot_done();
}

//! The kiosk.

use leptos::mount;
use leptos::prelude::*;

/// Starts the kiosk in the page's body.
pub fn start() {
    mount::mount_to_body(|| view! { <main>"kiosk"</main> });
    crate::platform::boot_done();
}
